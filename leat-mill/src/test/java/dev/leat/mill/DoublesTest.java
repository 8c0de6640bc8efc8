package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables of DOUBLE that were filled by the batch query, and go on live: the two engines may differ
 * in the last bits of a value, and what is taken away is what the lake has.
 */
final class DoublesTest {
  @TempDir Path folder;

  @BeforeEach
  void source() {
    Folders.linesProject(folder, "kind: varchar, amount: double, price: \"decimal(10,2)\"");
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

  private void run() throws Exception {
    try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
      RandomProject.run(workspace);
    }
  }

  private void sums() {
    Folders.table(
        folder,
        "sums",
        "SELECT kind, SUM(amount) AS s, AVG(amount) AS a, STDDEV(amount) AS d, VAR_SAMP(price) AS v"
            + " FROM lines GROUP BY kind");
    Folders.table(folder, "shares", "SELECT kind, s / a AS x, SQRT(s) AS r FROM sums");
    Folders.table(folder, "large", "SELECT s FROM sums GROUP BY s HAVING s > 1000.1");
    Folders.table(folder, "total", "SELECT SUM(s) AS s, MAX(d) AS d FROM sums");
  }

  private static void assertNoneGivenUp(Running running) {
    assertThat(running.mill.status().tables())
        .filteredOn(table -> !table.table().equals("every_sum"))
        .allSatisfy(table -> assertThat(table.upkeep()).isNotInstanceOf(Upkeep.Recomputed.class));
  }

  @Test
  void goOnFromWhatBatchHasFilled() throws Exception {
    sums();
    Folders.table(
        folder,
        "every_sum",
        "WITH RECURSIVE r AS (SELECT s FROM sums UNION SELECT s FROM r) SELECT s FROM r");
    Folders.table(folder, "of_those", "SELECT MAX(s) AS s FROM every_sum");
    file("a", 0, 5_000);
    run();
    try (Running running = new Running(Folders.read(folder))) {
      file("b", 5_000, 6_000);
      running.awaitRows("lines", 6_000);
      file("c", 6_000, 6_010);
      running.awaitRows("lines", 6_010);
      assertNoneGivenUp(running);
    }
    Folders.proven(folder);
  }

  /** A state of before the batch query filled the tables has other last bits than they. */
  @Test
  void goOnFromWhatBatchHasFilledAnew() throws Exception {
    sums();
    file("a", 0, 5_000);
    try (Running running = new Running(Folders.read(folder))) {
      running.awaitRows("lines", 5_000);
    }
    file("b", 5_000, 6_000);
    run();
    for (int from = 6_000; from < 6_020; from += 10) {
      try (Running running = new Running(Folders.read(folder))) {
        file("c" + from, from, from + 10);
        running.awaitRows("lines", from + 10);
        assertNoneGivenUp(running);
      }
    }
    Folders.proven(folder);
  }

  /** Of 0.1 + 0.2 - 0.3 nothing is left but what was rounded, and each engine rounds elsewhere. */
  @Test
  void areProvedWhereTheyCancel() throws Exception {
    Folders.table(
        folder,
        "sums",
        "SELECT kind, SUM(amount) AS s, STDDEV(price) AS d FROM lines GROUP BY kind");
    Folders.table(
        folder,
        "moving",
        "SELECT price, SUM(amount) OVER (PARTITION BY kind ORDER BY price) AS s FROM lines");
    Folders.table(folder, "shares", "SELECT kind, s * 3 AS s FROM sums");
    Folders.drop(
        folder,
        "drop/a.csv",
        IntStream.range(0, 300)
            .mapToObj(
                i -> "k%d,%s,%d\n".formatted(i / 3, List.of("0.1", "0.2", "-0.3").get(i % 3), i))
            .collect(Collectors.joining("", "kind,amount,price\n", "")));
    run();
    try (Running running = new Running(Folders.read(folder))) {
      assertNoneGivenUp(running);
    }
    Folders.proven(folder);
  }

  /** Nothing is written where a circuit gives what the lake has. */
  @Test
  void areWrittenAnewOnlyOnce() throws Exception {
    sums();
    file("a", 0, 5_000);
    run();
    long first = rebuilt();
    Folders.delete(folder.resolve(".leat/state"));
    assertThat(rebuilt()).isEqualTo(first);
  }

  private long rebuilt() {
    try (Running running = new Running(Folders.read(folder))) {
      assertThat(running.mill.recoveredBy()).isEqualTo(Recovery.Way.REBUILT);
      return running.workspace.lake().newest().orElseThrow().number();
    }
  }
}
