package dev.leat.cli;

import dev.leat.duckdb.Proof;
import dev.leat.duckdb.ResultFormat;
import dev.leat.mill.Proofs;
import dev.leat.model.Project;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leat prove DIR [TABLE…]}: is every table what its SELECT says? */
@Command(
    name = "prove",
    description = {
      "Recomputes tables as plain batch queries over the epoch's inputs and compares the rows.",
      "Exit status 1, and the differing rows, when they are not equal.",
      "Example: leat prove shop pages_by_day"
    },
    mixinStandardHelpOptions = true)
final class ProveCommand implements Callable<Integer> {
  @Mixin Folder folder;

  @Parameters(index = "1..*", paramLabel = "TABLE", description = "Only these tables.")
  List<String> tables = List.of();

  @Mixin Talk talk;

  @Override
  public Integer call() throws IOException {
    Project project = folder.read();
    boolean equal = true;
    for (Map.Entry<String, Proof> entry : Proofs.of(project, tables).entrySet()) {
      Proof proof = entry.getValue();
      equal &= proof.equal();
      if (talk.json) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("table", entry.getKey());
        line.put("equal", proof.equal());
        line.put("rows", proof.rows());
        line.put("missing", proof.missingRows());
        line.put("surplus", proof.surplusRows());
        talk.answer(line);
      } else {
        tell(entry.getKey(), proof);
      }
    }
    return equal ? Leat.DONE : Leat.NO;
  }

  private void tell(String table, Proof proof) throws IOException {
    talk.out()
        .printf("%-28s %s  %,d rows%n", table, proof.equal() ? "equal" : "DIFFERS", proof.rows());
    if (!proof.equal()) {
      ResultFormat format = ResultFormat.named("table", Terminal.width()).orElseThrow();
      talk.out().printf("%,d rows the query gives and the table lacks:%n", proof.missingRows());
      format.write(proof.missing().schema(), List.of(proof.missing()).iterator(), talk.out());
      talk.out()
          .printf("%,d rows the table has and the query does not give:%n", proof.surplusRows());
      format.write(proof.surplus().schema(), List.of(proof.surplus()).iterator(), talk.out());
    }
  }
}
