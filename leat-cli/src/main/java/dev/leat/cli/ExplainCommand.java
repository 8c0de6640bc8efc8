package dev.leat.cli;

import dev.leat.mill.Compilation;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.runtime.MaintenanceEngine;
import dev.leat.sql.CompiledTable;
import dev.leat.sql.DuckDbPrinter;
import dev.leat.sql.PlanText;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat explain DIR TABLE}: what a table is made of, and how it stays live. */
@Command(
    name = "explain",
    description = "Shows a table's columns, types and lineage, and how it stays live.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin Folder folder;

  @Parameters(index = "1", paramLabel = "TABLE", description = "The table.")
  String table;

  @Option(names = "--passes", description = "The plan after each pass of the compiler.")
  boolean passes;

  @Option(names = "--sql", description = "The batch query as DuckDB runs it.")
  boolean sql;

  @Override
  public Integer call() {
    CompiledTable compiled =
        Compilation.of(folder.read()).compiled().tables().stream()
            .filter(t -> t.name().equalsIgnoreCase(table))
            .findFirst()
            .orElseThrow(() ->
                new LeatException(
                    Problem.of(ErrorCode.UNKNOWN_NAME, "There is no table " + table + ".", "")));
    if (sql) {
      Terminal.OUT.println(DuckDbPrinter.print(compiled.plan()));
    } else if (passes) {
      compiled
          .passes()
          .forEach(
              pass -> Terminal.OUT.printf("-- %s%n%s%n", pass.name(), pass.tree().stripTrailing()));
    } else {
      tell(compiled);
    }
    return Leat.DONE;
  }

  private static void tell(CompiledTable table) {
    Terminal.OUT.println(table.name());
    table.definition().description().ifPresent(text -> Terminal.OUT.println("  " + text));
    Terminal.OUT.println("\nColumns");
    for (int i = 0; i < table.schema().size(); i++) {
      Column column = table.schema().column(i);
      String from =
          table.lineage().get(i).origins().stream()
              .map(o -> o.relation() + "." + o.column())
              .sorted()
              .collect(Collectors.joining(", "));
      Terminal.OUT.printf(
          "  %-24s %-16s%s %s%n",
          column.name(),
          column.type().sql(),
          column.nullable() ? "         " : " not null",
          from.isEmpty() ? "" : "from " + from);
    }
    Terminal.OUT.println("\nReads: " + String.join(", ", table.dependencies()));
    Optional<String> refusal = new MaintenanceEngine().refusal(table.plan());
    Terminal.OUT.println(
        "\nHow it stays live: "
            + refusal
                .map(reason -> "recomputed at each epoch in which an input changed: " + reason)
                .orElse("kept live, each step's changes worked out from its inputs' changes"));
    Terminal.OUT.println();
    Terminal.OUT.println(PlanText.of(table.plan()));
  }
}
