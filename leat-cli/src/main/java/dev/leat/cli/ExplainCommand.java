package dev.leat.cli;

import dev.leat.engine.Explanation;
import dev.leat.engine.Rule;
import dev.leat.mill.Compilation;
import dev.leat.mill.Workspace;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Nearest;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import dev.leat.sql.CompiledTable;
import dev.leat.sql.CompilerPass;
import dev.leat.sql.DuckDbPrinter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat explain DIR TABLE}: what a table is made of, and how it stays right. */
@Command(
    name = "explain",
    description = {
      "Shows a table's columns, types and lineage, and how it stays right, step by step.",
      "Example: leat explain shop pages_by_day"
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin Folder folder;

  @Parameters(index = "1", paramLabel = "TABLE", description = "The table.")
  String table;

  @Option(names = "--passes", description = "The plan after each pass of the compiler.")
  boolean passes;

  @Option(names = "--sql", description = "The batch query as DuckDB runs it.")
  boolean sql;

  @Option(names = "--json", description = "For machines: one object.")
  boolean json;

  @Override
  public Integer call() {
    Project project = folder.read();
    List<CompiledTable> tables = Compilation.of(project).compiled().tables();
    CompiledTable compiled =
        tables.stream()
            .filter(t -> t.name().equalsIgnoreCase(table))
            .findFirst()
            .orElseThrow(() -> missing(project, tables));
    Explanation explanation = Explanation.of(compiled.plan(), Workspace.engine(project));
    if (sql) {
      Terminal.OUT.println(DuckDbPrinter.print(compiled.plan()));
    } else if (passes) {
      compiled.passes().forEach(ExplainCommand::tell);
    } else if (json) {
      Terminal.OUT.println(JsonText.of(object(compiled, explanation)));
    } else {
      tell(compiled, explanation);
    }
    return Leat.DONE;
  }

  private LeatException missing(Project project, List<CompiledTable> tables) {
    for (Source source : project.sources()) {
      for (SourceTable read : source.tables()) {
        if (read.name().equalsIgnoreCase(table)) {
          return new LeatException(
              Problem.of(
                  ErrorCode.UNKNOWN_NAME,
                  read.name() + " is read from source " + source.name() + ": no SQL makes it.",
                  "Its contract stands at " + read.at() + "; its page shows its columns."));
        }
      }
    }
    List<String> names = tables.stream().map(CompiledTable::name).toList();
    return new LeatException(
        Problem.of(
            ErrorCode.UNKNOWN_NAME,
            "There is no table " + table + ".",
            Nearest.suggestion(table, names)));
  }

  private static void tell(CompilerPass pass) {
    String took = "%.1f ms".formatted(pass.took().toNanos() / 1e6);
    String outcome =
        pass.failure()
            .map(failure -> ", passed over: " + failure.lines().findFirst().orElse(""))
            .orElse(pass.tree().isEmpty() ? ", changed nothing" : "");
    Terminal.OUT.println(Ansi.AUTO.string("@|bold " + pass.name() + "|@  " + took) + outcome);
    pass.tree().ifPresent(tree -> Terminal.OUT.println(tree.stripTrailing().indent(2)));
  }

  private static void tell(CompiledTable table, Explanation explanation) {
    Terminal.OUT.println(Ansi.AUTO.string("@|bold " + table.name() + "|@"));
    table.definition().description().ifPresent(text -> Terminal.OUT.println("  " + text));
    Terminal.OUT.println("\nColumns");
    for (int i = 0; i < table.schema().size(); i++) {
      Column column = table.schema().column(i);
      List<String> from = origins(table, i);
      Terminal.OUT.printf(
          "  %-24s %-16s%s %s%n",
          column.name(),
          column.type().sql(),
          column.nullable() ? "         " : " not null",
          from.isEmpty() ? "" : "from " + String.join(", ", from));
    }
    Terminal.OUT.println("\nReads: " + String.join(", ", table.dependencies()));
    Terminal.OUT.println(
        "\nHow it stays right: " + coloured(explanation.rule().kind(), explanation.verdict()));
    Terminal.OUT.println();
    Terminal.OUT.println(explanation.text(kind -> coloured(kind, kind.label())).indent(2));
  }

  /** Green is cheap, red is dear. */
  private static String coloured(Rule.Kind kind, String text) {
    String colour =
        switch (kind) {
          case PASSING -> "faint";
          case KEYED -> "green";
          case GROUPS -> "yellow";
          case WHOLE -> "red";
        };
    return Ansi.AUTO.string("@|" + colour + " " + text + "|@");
  }

  private static List<String> origins(CompiledTable table, int column) {
    return table.lineage().get(column).origins().stream()
        .map(o -> o.relation() + "." + o.column())
        .sorted()
        .toList();
  }

  private static Map<String, Object> object(CompiledTable table, Explanation explanation) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("table", table.name());
    table.definition().description().ifPresent(text -> object.put("description", text));
    object.put("rule", explanation.rule().kind().label());
    object.put("how", explanation.verdict());
    object.put("reads", table.dependencies());
    object.put(
        "columns",
        IntStream.range(0, table.schema().size()).mapToObj(i -> column(table, i)).toList());
    object.put(
        "steps",
        explanation.steps().stream().map(ExplainCommand::step).collect(Collectors.toList()));
    return object;
  }

  private static Map<String, Object> column(CompiledTable table, int i) {
    Column column = table.schema().column(i);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", column.name());
    object.put("type", column.type().sql());
    object.put("nullable", column.nullable());
    object.put("from", origins(table, i));
    return object;
  }

  private static Map<String, Object> step(Explanation.Step step) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("depth", step.depth());
    object.put("operator", step.operator());
    object.put("rule", step.rule().kind().label());
    object.put("how", step.rule().how());
    return object;
  }
}
