package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.log.Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A project whose source changes: sales, and what is counted of them. */
record SalesProject(Path folder) {

  SalesProject {
    Folders.write(folder, "leat.yaml", "name: shop\n");
    Folders.write(
        folder, "tables/marts/a/total.sql", "SELECT COUNT(*) AS n, SUM(amount) AS sum FROM sales");
    Folders.write(folder, "tables/marts/a/counted.sql", "SELECT COUNT(*) AS n FROM sales");
  }

  /** Gives the table {@code sales} another source or other columns. */
  void contract(String kind, String columns) {
    Folders.write(
        folder,
        "sources/shop.yaml",
        """
        kind: %s
        tables:
          sales: {%s}
        """
            .formatted(kind, columns));
  }

  Workspace open() {
    return Workspace.open(Folders.read(folder), MillOptions.DEFAULT);
  }

  static void append(Workspace workspace, String... events) {
    List<Entry> entries =
        Arrays.stream(events)
            .map(event -> Entry.of(event.getBytes(StandardCharsets.UTF_8)))
            .toList();
    workspace.log().orElseThrow().append("sales", entries).join();
  }

  static String sale(long id, long amount) {
    return "{\"id\": " + id + ", \"amount\": " + amount + "}";
  }

  /** As {@code leat run} does. */
  void run(String... events) {
    try (Workspace workspace = open()) {
      if (events.length > 0) {
        append(workspace, events);
      }
      assertThat(workspace.pullAll()).isEmpty();
      workspace.fill();
    }
  }

  /** Checks what the live table says, and every table against its query. */
  void totalIs(long count, long sum) {
    Batch total = Folders.query(Folders.read(folder), "SELECT n, CAST(sum AS BIGINT) FROM total");
    assertThat(total.longs(0).values()[0]).as("count").isEqualTo(count);
    assertThat(total.longs(1).values()[0]).as("sum").isEqualTo(sum);
    Folders.proven(folder);
  }

  long number(String sql) {
    return Folders.query(Folders.read(folder), sql).longs(0).values()[0];
  }

  /** The one row in quarantine. */
  String quarantined() {
    Batch ids = Folders.query(Folders.read(folder), "SELECT id FROM leat_quarantine");
    assertThat(ids.size()).isEqualTo(1);
    return ids.bytes(0).string(0);
  }
}
