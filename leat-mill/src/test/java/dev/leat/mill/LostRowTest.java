package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.BatchBuilder;
import dev.leat.lake.EpochWriter;
import dev.leat.model.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that lacks the row its circuit takes away is recomputed, and all that follow from it. */
final class LostRowTest {
  @TempDir Path folder;

  /**
   * What `each_total` is worked out from is right by itself, until `sums` turns out to be wrong:
   * then it must be worked out again in the same epoch.
   */
  @Test
  void whatWasWorkedOutFromItIsWorkedOutAnew() throws Exception {
    Folders.linesProject(folder, "amount: bigint");
    Folders.table(folder, "sums", "SELECT SUM(amount) AS s FROM lines");
    Folders.table(folder, "totals", "SELECT SUM(s) AS s FROM sums");
    Folders.table(
        folder,
        "each_total",
        "WITH RECURSIVE r AS (SELECT s FROM totals UNION SELECT s FROM r) SELECT s FROM r");
    Folders.table(folder, "of_those", "SELECT s FROM each_total");
    Folders.table(folder, "apart", "SELECT COUNT(*) AS n FROM lines");
    Folders.drop(folder, "drop/a.csv", "amount\n15\n");
    try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
      RandomProject.run(workspace);
      putAside(workspace, List.of("sums", "totals", "each_total", "of_those"));
    }
    long newest;
    try (Running running = new Running(Folders.read(folder))) {
      Folders.drop(folder, "drop/b.csv", "amount\n1\n");
      running.awaitRows("lines", 2);
      newest = running.workspace.lake().newest().orElseThrow().number();
      assertThat(running.mill.status().tables())
          .filteredOn(table -> table.upkeep() instanceof Upkeep.Live)
          .extracting(MillStatus.TableStatus::table)
          .containsExactly("apart");
    }
    Folders.proven(folder);
    try (Running running = new Running(Folders.read(folder))) {
      assertThat(running.workspace.lake().newest().orElseThrow().number())
          .as("all was right at once")
          .isEqualTo(newest);
      Folders.drop(folder, "drop/c.csv", "amount\n2\n");
      running.awaitRows("lines", 3);
      assertThat(running.mill.status().tables())
          .filteredOn(table -> table.upkeep() instanceof Upkeep.Live)
          .hasSize(4);
    }
    Folders.proven(folder);
  }

  /** Writes 16 for 15 into tables of one number. */
  private static void putAside(Workspace workspace, List<String> tables) {
    Map<String, Schema> schemas = workspace.schemas();
    try (EpochWriter writer = workspace.lake().begin()) {
      for (String table : tables) {
        Schema schema = Objects.requireNonNull(schemas.get(table));
        BatchBuilder rows = new BatchBuilder(schema);
        rows.appendValues(-1, 15L);
        rows.appendValues(1, 16L);
        writer.apply(table, schema, rows.build());
      }
      writer.commit(Instant.now(), Map.of());
    }
  }
}
