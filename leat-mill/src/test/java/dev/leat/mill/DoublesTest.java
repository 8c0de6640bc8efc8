package dev.leat.mill;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables of DOUBLE that were filled by the batch query, and go on live: the two engines may differ
 * in the last bits of a value, and what is taken away is what the lake has.
 */
final class DoublesTest {
  @TempDir Path folder;

  @Test
  void goOnFromWhatBatchHasFilled() throws Exception {
    Folders.write(folder, "leat.yaml", "name: doubles\nepoch: {every: 20ms}\n");
    Folders.write(
        folder,
        "sources/drop.yaml",
        """
        kind: files
        path: drop/*.csv
        tables:
          lines:
            every: 50ms
            columns: {kind: varchar, amount: double, price: "decimal(10,2)"}
        """);
    Folders.write(
        folder,
        "tables/marts/a/sums.sql",
        "SELECT kind, SUM(amount) AS s, AVG(amount) AS a, STDDEV(amount) AS d, VAR_SAMP(price) AS v"
            + " FROM lines GROUP BY kind");
    Folders.write(
        folder, "tables/marts/a/shares.sql", "SELECT kind, s / a AS x, SQRT(s) AS r FROM sums");
    Folders.write(folder, "tables/marts/a/total.sql", "SELECT SUM(s) AS s, MAX(d) AS d FROM sums");
    file("a", 0, 5_000);
    try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
      RandomProject.run(workspace);
    }
    try (Running running = new Running(Folders.read(folder))) {
      file("b", 5_000, 6_000);
      running.awaitRows("lines", 6_000);
      file("c", 6_000, 6_010);
      running.awaitRows("lines", 6_010);
    }
    Folders.proven(folder);
  }

  private void file(String name, int from, int until) {
    Folders.drop(
        folder,
        "drop/" + name + ".csv",
        IntStream.range(from, until)
            .mapToObj(
                i -> "k%d,%s,%d.%02d\n".formatted(i % 40, i * 0.1 + 1e-3 * (i % 7), i, i % 97))
            .collect(Collectors.joining("", "kind,amount,price\n", "")));
  }
}
