package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that breaks a table's SQL: that table waits for another one, and nothing else does. */
final class BadValueTest {
  private static final String URL = "jdbc:hsqldb:mem:bad_values";

  @TempDir Path folder;
  private Connection database;

  @BeforeEach
  void shop() throws SQLException {
    database = DriverManager.getConnection(URL, "sa", "");
    sql("CREATE TABLE items (id BIGINT PRIMARY KEY, amount VARCHAR(20), parts BIGINT)");
    sql("INSERT INTO items VALUES (1, '5', 1), (2, '7', 1)");
    Folders.write(folder, "leat.yaml", "name: shop\nepoch: {every: 20ms}\n");
    Folders.write(
        folder,
        "sources/db.yaml",
        """
        kind: jdbc
        url: %s
        user: sa
        tables:
          items:
            table: ITEMS
            key: [id]
            every: 50ms
            columns: {id: bigint not null, amount: varchar, parts: bigint}
        """
            .formatted(URL));
    Folders.write(
        folder, "tables/marts/a/total.sql", "SELECT SUM(CAST(amount AS BIGINT)) AS s FROM items");
    Folders.write(folder, "tables/marts/a/doubled.sql", "SELECT s * 2 AS d FROM total");
    Folders.write(folder, "tables/marts/a/number.sql", "SELECT COUNT(*) AS n FROM items");
  }

  @AfterEach
  void close() throws SQLException {
    sql("SHUTDOWN");
    database.close();
  }

  private void sql(String statement) throws SQLException {
    try (Statement statements = database.createStatement()) {
      statements.execute(statement);
    }
  }

  private long value(String query) {
    return Folders.query(Folders.read(folder), query).longs(0).values()[0];
  }

  private static Optional<Problem> trouble(Running running, String table) {
    return running.mill.status().tables().stream()
        .filter(t -> t.table().equals(table))
        .findFirst()
        .orElseThrow()
        .trouble();
  }

  private void awaitStopped(Running running) throws InterruptedException {
    running.await(() -> trouble(running, "total").isPresent());
    assertThat(trouble(running, "total").orElseThrow().toString())
        .startsWith("tables/marts/a/total.sql:1:1 LEAT-6002");
    assertThat(trouble(running, "number")).isEmpty();
  }

  @Test
  void otherTablesGoOnAndItsOwnIsRightAgainWithTheValue() throws Exception {
    try (Running running = new Running(Folders.read(folder))) {
      running.awaitRows("items", 2);
      sql("UPDATE items SET amount = 'many' WHERE id = 2");
      sql("INSERT INTO items VALUES (3, '1', 1)");
      awaitStopped(running);
      running.await(() -> value("SELECT n FROM number") == 3);
      assertThat(value("SELECT s FROM total")).isEqualTo(12);
    }
    try (Running running = new Running(Folders.read(folder))) {
      sql("INSERT INTO items VALUES (4, '1', 1)");
      running.await(() -> value("SELECT n FROM number") == 4);
      awaitStopped(running);
      sql("UPDATE items SET amount = '8' WHERE id = 2");
      running.await(() -> value("SELECT d FROM doubled") == 30);
      assertThat(trouble(running, "total")).isEmpty();
      sql("UPDATE items SET amount = 'none' WHERE id = 1");
      awaitStopped(running);
    }
    sql("UPDATE items SET amount = '2' WHERE id = 1");
    try (Running running = new Running(Folders.read(folder))) {
      running.await(() -> value("SELECT d FROM doubled") == 24);
    }
    Folders.proven(folder);
  }

  /** Nothing else may come for long: who starts it again must hear of it all the same. */
  @Test
  void aStartTellsThatATableIsNotRight() throws Exception {
    try (Running running = new Running(Folders.read(folder))) {
      running.awaitRows("items", 2);
      sql("UPDATE items SET amount = 'many' WHERE id = 2");
      awaitStopped(running);
    }
    try (Running running = new Running(Folders.read(folder))) {
      awaitStopped(running);
    }
  }

  @Test
  void aRunFillsTheOthers() throws Exception {
    try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
      workspace.pullAll();
      workspace.fill();
      sql("INSERT INTO items VALUES (3, 'many', 1)");
      workspace.pullAll();
      Filled filled = workspace.fill();
      assertThat(filled.failures())
          .singleElement()
          .asString()
          .contains("tables/marts/a/total.sql:1:1 LEAT-6002");
    }
    assertThat(value("SELECT n FROM number")).isEqualTo(3);
    assertThat(value("SELECT s FROM total")).isEqualTo(12);
  }

  @Test
  void aTableWrittenNowIsRefused() throws Exception {
    sql("INSERT INTO items VALUES (3, 'many', 1)");
    try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
      workspace.pullAll();
      assertThatThrownBy(workspace::fill)
          .isInstanceOfSatisfying(
              LeatException.class,
              e ->
                  assertThat(e.problems())
                      .extracting(Problem::code)
                      .isEqualTo(List.of(ErrorCode.MILL_ARITHMETIC)))
          .hasMessageContaining("tables/marts/a/total.sql:1:1");
    }
  }

  /** While state is brought back, there are no parts yet to divide by. */
  @Test
  void aValueThatIsOnlyThereOnTheWayStopsNothing() throws Exception {
    Folders.write(
        folder,
        "tables/marts/a/share.sql",
        "SELECT id, CAST(id AS DECIMAL(10, 2)) / (SELECT SUM(parts) FROM items WHERE id > 1) AS x"
            + " FROM items");
    try (Running running = new Running(Folders.read(folder))) {
      running.awaitRows("share", 2);
    }
    new Snapshots(Folders.read(folder)).discard();
    try (Running running = new Running(Folders.read(folder))) {
      assertThat(running.mill.recoveredBy()).isEqualTo(Recovery.Way.REBUILT);
      sql("INSERT INTO items VALUES (3, '1', 1)");
      running.awaitRows("share", 3);
      assertThat(trouble(running, "share")).isEmpty();
    }
    Folders.proven(folder);
  }
}
