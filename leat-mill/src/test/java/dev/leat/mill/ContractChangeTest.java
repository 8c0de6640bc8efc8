package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.log.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project runs, the columns of a source are changed, and it runs again: no row is lost. */
final class ContractChangeTest {
  private static final long LARGE = 3_000_000_000L;

  @TempDir Path folder;

  @BeforeEach
  void project() {
    Folders.write(folder, "leat.yaml", "name: shop\n");
    Folders.write(
        folder, "tables/marts/a/total.sql", "SELECT COUNT(*) AS n, SUM(amount) AS sum FROM sales");
    Folders.write(folder, "tables/marts/a/counted.sql", "SELECT COUNT(*) AS n FROM sales");
  }

  private void contract(String kind, String columns) {
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

  private Workspace open() {
    return Workspace.open(Folders.read(folder), MillOptions.DEFAULT);
  }

  private static void append(Workspace workspace, String... events) {
    List<Entry> entries =
        Arrays.stream(events)
            .map(event -> Entry.of(event.getBytes(StandardCharsets.UTF_8)))
            .toList();
    workspace.log().orElseThrow().append("sales", entries).join();
  }

  private static String sale(long id, long amount) {
    return "{\"id\": " + id + ", \"amount\": " + amount + "}";
  }

  /** As {@code leat run} does. */
  private void run(String... events) {
    try (Workspace workspace = open()) {
      if (events.length > 0) {
        append(workspace, events);
      }
      assertThat(workspace.pullAll()).isEmpty();
      workspace.fill();
    }
  }

  private void totalIs(long count, long sum) {
    Batch total = Folders.query(Folders.read(folder), "SELECT n, CAST(sum AS BIGINT) FROM total");
    assertThat(total.longs(0).values()[0]).as("count").isEqualTo(count);
    assertThat(total.longs(1).values()[0]).as("sum").isEqualTo(sum);
    Folders.proven(folder);
  }

  private long number(String sql) {
    return Folders.query(Folders.read(folder), sql).longs(0).values()[0];
  }

  private String quarantined() {
    Batch ids = Folders.query(Folders.read(folder), "SELECT id FROM leat_quarantine");
    assertThat(ids.size()).isEqualTo(1);
    return ids.bytes(0).string(0);
  }

  // ---- files

  private void ofFiles(String columns) {
    contract("files\npath: inbox/*.csv", columns);
  }

  private void inbox(String name, String text) {
    Folders.drop(folder, "inbox/" + name, text);
  }

  @Test
  void rowsOfFilesAreKeptWhenATypeGrows() {
    ofFiles("columns: {id: integer, amount: integer}");
    inbox("a.csv", "id,amount\n1,5\n2,7\n3," + LARGE + "\n");
    run();
    totalIs(2, 12);

    ofFiles("columns: {id: integer, amount: bigint}");
    try (Workspace workspace = open()) {
      new QuarantineDesk(workspace).replay(List.of(quarantined()));
      workspace.fill();
    }
    totalIs(3, 12 + LARGE);

    ofFiles("columns: {id: bigint, amount: 'decimal(18,2)'}");
    inbox("b.csv", "id,amount\n4,1\n");
    run();
    totalIs(4, 13 + LARGE);
  }

  /** Files that were staged under the contract of before, and are not in the lake yet. */
  @Test
  void whatWasStagedBeforeTheChangeIsReadAfterIt() {
    ofFiles("columns: {id: integer, amount: integer}");
    inbox("a.csv", "id,amount\n1,5\n");
    try (Workspace workspace = open()) {
      workspace.pullAll();
    }
    ofFiles("columns: {amount: double, shop: varchar, id: bigint}");
    inbox("b.csv", "id,amount,shop\n2,7,Oslo\n");
    run();
    totalIs(2, 12);
    assertThat(number("SELECT COUNT(*) FROM sales WHERE shop IS NULL")).isEqualTo(1);
  }

  @Test
  void columnsMayGoComeAndChangePlaces() {
    ofFiles("columns: {id: integer, amount: integer, shop: varchar}");
    inbox("a.csv", "id,amount,shop\n1,5,Oslo\n2,7,Rome\n");
    run();
    ofFiles("columns: {amount: integer, id: integer, till: integer}");
    inbox("b.csv", "id,amount,till\n3,1,9\n");
    run();
    totalIs(3, 13);
    assertThat(number("SELECT SUM(id) FROM sales WHERE till IS NULL")).isEqualTo(3);
  }

  // ---- streams

  @Test
  void aStreamThatRunsOnKeepsItsRowsWhenATypeGrows() throws Exception {
    contract("http", "columns: {id: integer, amount: integer}");
    try (Running running = new Running(Folders.read(folder))) {
      running.append("sales", List.of(sale(1, 5), sale(2, 7)));
      running.awaitRows("sales", 2);
    }
    contract("http", "columns: {id: integer, amount: bigint}");
    try (Running running = new Running(Folders.read(folder))) {
      assertThat(running.rows("sales")).isEqualTo(2);
      running.append("sales", List.of(sale(3, LARGE)));
      running.awaitRows("sales", 3);
    }
    totalIs(3, 12 + LARGE);
  }

  @Test
  void aKeyedStreamKnowsItsKeysAfterAColumnCameAndItsKeyGrew() {
    contract("http", "key: [id], columns: {id: integer not null, amount: integer}");
    run(sale(1, 5), sale(2, 7));
    contract("http", "key: [id], columns: {shop: varchar, id: bigint not null, amount: bigint}");
    run(sale(2, 100), sale(LARGE, LARGE), sale(LARGE, 100));
    totalIs(3, 12 + LARGE);
  }

  /**
   * Here no table reads the stream, whose saved state would tell that it is of another contract.
   */
  @Test
  void keysSavedUnderTheContractOfBeforeAreNotUsedAfterIt() throws Exception {
    Files.delete(folder.resolve("tables/marts/a/total.sql"));
    Files.delete(folder.resolve("tables/marts/a/counted.sql"));
    contract("http", "key: [id], columns: {id: integer not null, amount: integer}");
    try (Running running = new Running(Folders.read(folder))) {
      running.append("sales", List.of(sale(1, 5), sale(2, 7)));
      running.awaitRows("sales", 2);
    }
    contract("http", "key: [id], columns: {id: bigint not null, amount: integer}");
    try (Workspace workspace = open()) {
      workspace.fillWhatIsNew(); // and stops before state is saved
    }
    try (Running running = new Running(Folders.read(folder))) {
      assertThat(running.mill.recoveredBy()).isEqualTo(Recovery.Way.REBUILT);
      running.append("sales", List.of(sale(2, 100), sale(3, 1)));
      running.awaitRows("sales", 3);
    }
  }

  // ---- databases

  private void ofDatabase(String more) {
    contract(
        "jdbc\nurl: jdbc:hsqldb:mem:" + folder.getFileName() + "\nuser: SA",
        "table: SALES, key: [id], " + more);
  }

  private interface Work {
    void with(Statement sql) throws SQLException;
  }

  private void inDatabase(Work work) throws SQLException {
    String url = "jdbc:hsqldb:mem:" + folder.getFileName();
    try (Connection database = DriverManager.getConnection(url, "SA", "");
        Statement sql = database.createStatement()) {
      sql.execute("CREATE TABLE sales (id BIGINT PRIMARY KEY, amount BIGINT, shop VARCHAR(9))");
      sql.execute("INSERT INTO sales VALUES (1, 5, 'Oslo'), (2, 7, 'Rome')");
      work.with(sql);
      sql.execute("SHUTDOWN");
    }
  }

  @Test
  void rowsOfADatabaseAreRightAfterATypeGrew() throws SQLException {
    inDatabase(sql -> {
      ofDatabase("columns: {id: bigint, amount: integer}");
      run();
      sql.execute("UPDATE sales SET amount = 8 WHERE id = 2");
      try (Workspace workspace = open()) {
        assertThat(workspace.pullAll()).isEmpty(); // staged, and not published
      }
      ofDatabase("columns: {id: bigint, amount: bigint}");
      sql.execute("DELETE FROM sales WHERE id = 1");
      sql.execute("INSERT INTO sales VALUES (3, " + LARGE + ", 'Bath')");
      run();
      totalIs(2, 8 + LARGE);
      ofDatabase("columns: {id: integer, amount: double, shop: varchar not null}");
      run();
      totalIs(2, 8 + LARGE);
      assertThat(number("SELECT COUNT(*) FROM sales WHERE shop IN ('Rome', 'Bath')")).isEqualTo(2);
    });
  }

  @Test
  void anIncrementalTableIsReadWholeForAColumnThatCame() throws SQLException {
    inDatabase(sql -> {
      ofDatabase("incremental: id, columns: {id: bigint, amount: integer}");
      run();
      sql.execute("DELETE FROM sales WHERE id = 1");
      ofDatabase("incremental: id, columns: {id: bigint, amount: integer, shop: varchar}");
      run();
      totalIs(2, 12);
      assertThat(number("SELECT COUNT(*) FROM sales WHERE shop = 'Rome'")).isEqualTo(1);
      sql.execute("INSERT INTO sales VALUES (3, 1, 'Bath')");
      run();
      totalIs(3, 13);
    });
  }

  /** The lake's rows lost that column's values when it went, so the differences must have too. */
  @Test
  void aColumnOfADatabaseMayGoAndComeBackWithNothingReadBetween() throws SQLException {
    inDatabase(sql -> {
      ofDatabase("columns: {id: bigint, amount: integer, shop: varchar}");
      run();
      sql.execute("UPDATE sales SET amount = 6 WHERE id = 1");
      try (Workspace workspace = open()) {
        assertThat(workspace.pullAll()).isEmpty(); // staged, and not published
      }
      ofDatabase("columns: {id: bigint, amount: integer}");
      try (Workspace workspace = open()) {
        workspace.fillWhatIsNew();
      }
      sql.execute("UPDATE sales SET amount = 8 WHERE id = 2");
      ofDatabase("columns: {id: bigint, amount: integer, shop: varchar}");
      try (Workspace workspace = open()) {
        workspace.fillWhatIsNew();
      }
      assertThat(number("SELECT COUNT(*) FROM sales WHERE shop IS NULL")).isEqualTo(2);
      run();
      totalIs(2, 14);
      assertThat(number("SELECT COUNT(*) FROM sales WHERE shop IN ('Oslo', 'Rome')")).isEqualTo(2);
      sql.execute("DELETE FROM sales WHERE id = 2");
      Folders.delete(folder.resolve(".leat/lake"));
      run();
      totalIs(1, 6);
    });
  }

  /** What stands in for a row that breaks the contract does so under the next contract too. */
  @Test
  void aCorrectedRowOfADatabaseStandsInAfterTheChange() throws SQLException {
    inDatabase(sql -> {
      ofDatabase("columns: {id: bigint, amount: integer not null}");
      sql.execute("INSERT INTO sales VALUES (3, NULL, NULL)");
      run();
      try (Workspace workspace = open()) {
        byte[] record = sale(3, 4).getBytes(StandardCharsets.UTF_8);
        new QuarantineDesk(workspace).correct(quarantined(), record);
        workspace.fill();
      }
      totalIs(3, 16);
      ofDatabase("columns: {id: bigint, amount: bigint not null}");
      run();
      totalIs(3, 16);
    });
  }

  // ---- other origins

  private void streams(String tables) {
    Folders.write(folder, "sources/shop.yaml", "kind: kafka\ntables:\n" + tables);
  }

  @Test
  void anotherTopicIsRefusedForRowsThatWereReadFromOne() {
    String columns = "columns: {id: integer, amount: integer}";
    streams("  sales: {%s}\n  more: {%s}\n".formatted(columns, columns));
    try (Workspace workspace = open()) {
      append(workspace, sale(1, 5));
      workspace.fill();
      Entry event = Entry.of(sale(2, 1).getBytes(StandardCharsets.UTF_8));
      workspace.log().orElseThrow().append("more", List.of(event, event)).join();
    }
    streams("  sales: {topic: more, %s}\n".formatted(columns));
    assertThatThrownBy(this::run)
        .hasMessageContaining("sources/shop.yaml:3:3 LEAT-3002 Rows of sales were read from topic")
        .hasMessageContaining("topic more")
        .hasMessageContaining("another name");
    streams("  sales: {topic: sales, %s}\n".formatted(columns));
    run(sale(4, 7));
    totalIs(2, 12);
    streams("  sales: {%s}\n  other: {topic: more, %s}\n".formatted(columns, columns));
    run();
    assertThat(number("SELECT COUNT(*) FROM other")).isEqualTo(2);
  }

  @Test
  void aStreamIsNoOriginForRowsThatWereReadFromFiles() {
    ofFiles("columns: {id: integer, amount: integer}");
    inbox("a.csv", "id,amount\n1,5\n2,7\n");
    run();
    contract("http", "columns: {id: integer, amount: integer}");
    assertThatThrownBy(() -> run(sale(3, 1)))
        .hasMessageContaining("sources/shop.yaml:3:3 LEAT-3002 Rows of sales were read from")
        .hasMessageContaining("extracts");
    ofFiles("columns: {id: integer, amount: integer}");
    run();
    totalIs(2, 12);
  }

  /** What a query gave under a name is nothing that a source has read. */
  @Test
  void aSourceWithTheNameOfATableThatWasDoesNotKeepItsRows() throws IOException {
    Folders.write(
        folder,
        "sources/shop.yaml",
        "kind: files\npath: inbox/*.csv\n"
            + "tables:\n  raw: {columns: {id: integer, amount: integer}}\n");
    Folders.write(folder, "tables/core/sales.sql", "SELECT id, amount FROM raw");
    inbox("a.csv", "id,amount\n1,5\n2,7\n");
    run();
    totalIs(2, 12);
    Files.delete(folder.resolve("tables/core/sales.sql"));
    ofFiles("columns: {id: integer, amount: integer}");
    run();
    totalIs(2, 12);
    run();
    totalIs(2, 12);
  }

  @Test
  void anotherKeyIsKnownOfTheRowsThatAreThere() throws Exception {
    String columns = "columns: {id: integer not null, amount: integer not null}";
    contract("http", "key: [id], " + columns);
    try (Running running = new Running(Folders.read(folder))) {
      running.append("sales", List.of(sale(1, 5), sale(2, 7)));
      running.awaitRows("sales", 2);
    }
    contract("http", "key: [amount], " + columns);
    try (Running running = new Running(Folders.read(folder))) {
      running.append("sales", List.of(sale(3, 5), sale(1, 9), sale(4, 1)));
      running.awaitRows("sales", 4);
    }
    totalIs(4, 22);
  }

  // ---- refused

  @Test
  void aValueThatDoesNotFitItsNewTypeRefusesTheChangeAndNothingIsTouched() {
    ofFiles("columns: {id: integer, amount: bigint}");
    inbox("a.csv", "id,amount\n1,5\n2," + LARGE + "\n");
    run();
    for (String type : List.of("integer", "decimal(4,2)", "boolean", "date", "varbinary")) {
      ofFiles("columns: {id: integer, amount: '" + type + "'}");
      assertThatThrownBy(this::run)
          .as(type)
          .hasMessageContaining("sources/shop.yaml:4:3 LEAT-3002 Column amount of sales was BIGINT")
          .hasMessageContaining("such as ");
    }
    ofFiles("columns: {id: integer, amount: bigint}");
    run();
    totalIs(2, 5 + LARGE);
  }

  @Test
  void aColumnThatMustHaveAValueNowIsRefusedWhereRowsHaveNone() {
    ofFiles("columns: {id: integer, amount: integer}");
    inbox("a.csv", "id,amount\n1,5\n2,\n");
    run();
    ofFiles("columns: {id: integer not null, amount: integer not null}");
    inbox("b.csv", "id,amount\n3,1\n");
    try (Workspace workspace = open()) {
      workspace.pullAll();
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(workspace::fill)
            .hasMessageContaining("sources/shop.yaml:4:3 LEAT-3002 Column amount of sales is `not")
            .hasMessageContaining("no value there: 1 of them");
      }
    }
    ofFiles("columns: {id: integer not null, amount: integer}");
    run();
    totalIs(3, 6);
  }
}
