package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The columns of a database's table are changed between two runs: its rows are what they are there.
 */
final class DatabaseContractTest {
  private static final long LARGE = 3_000_000_000L;

  @TempDir Path folder;
  private SalesProject shop;

  @BeforeEach
  void project() {
    shop = new SalesProject(folder);
  }

  private void ofDatabase(String more) {
    shop.contract(
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
      shop.run();
      sql.execute("UPDATE sales SET amount = 8 WHERE id = 2");
      try (Workspace workspace = shop.open()) {
        assertThat(workspace.pullAll()).isEmpty(); // staged, and not published
      }
      ofDatabase("columns: {id: bigint, amount: bigint}");
      sql.execute("DELETE FROM sales WHERE id = 1");
      sql.execute("INSERT INTO sales VALUES (3, " + LARGE + ", 'Bath')");
      shop.run();
      shop.totalIs(2, 8 + LARGE);
      ofDatabase("columns: {id: integer, amount: double, shop: varchar not null}");
      shop.run();
      shop.totalIs(2, 8 + LARGE);
      assertThat(shop.number("SELECT COUNT(*) FROM sales WHERE shop IN ('Rome', 'Bath')"))
          .isEqualTo(2);
    });
  }

  @Test
  void anIncrementalTableIsReadWholeForAColumnThatCame() throws SQLException {
    inDatabase(sql -> {
      ofDatabase("incremental: id, columns: {id: bigint, amount: integer}");
      shop.run();
      sql.execute("DELETE FROM sales WHERE id = 1");
      ofDatabase("incremental: id, columns: {id: bigint, amount: integer, shop: varchar}");
      shop.run();
      shop.totalIs(2, 12);
      assertThat(shop.number("SELECT COUNT(*) FROM sales WHERE shop = 'Rome'")).isEqualTo(1);
      sql.execute("INSERT INTO sales VALUES (3, 1, 'Bath')");
      shop.run();
      shop.totalIs(3, 13);
    });
  }

  /** The lake's rows lost that column's values when it went, so the differences must have too. */
  @Test
  void aColumnOfADatabaseMayGoAndComeBackWithNothingReadBetween() throws SQLException {
    inDatabase(sql -> {
      ofDatabase("columns: {id: bigint, amount: integer, shop: varchar}");
      shop.run();
      sql.execute("UPDATE sales SET amount = 6 WHERE id = 1");
      try (Workspace workspace = shop.open()) {
        assertThat(workspace.pullAll()).isEmpty(); // staged, and not published
      }
      ofDatabase("columns: {id: bigint, amount: integer}");
      try (Workspace workspace = shop.open()) {
        workspace.fillWhatIsNew();
      }
      sql.execute("UPDATE sales SET amount = 8 WHERE id = 2");
      ofDatabase("columns: {id: bigint, amount: integer, shop: varchar}");
      try (Workspace workspace = shop.open()) {
        workspace.fillWhatIsNew();
      }
      assertThat(shop.number("SELECT COUNT(*) FROM sales WHERE shop IS NULL")).isEqualTo(2);
      shop.run();
      shop.totalIs(2, 14);
      assertThat(shop.number("SELECT COUNT(*) FROM sales WHERE shop IN ('Oslo', 'Rome')"))
          .isEqualTo(2);
      sql.execute("DELETE FROM sales WHERE id = 2");
      Folders.delete(folder.resolve(".leat/lake"));
      shop.run();
      shop.totalIs(1, 6);
    });
  }

  /** What stands in for a row that breaks the contract does so under the next contract too. */
  @Test
  void aCorrectedRowOfADatabaseStandsInAfterTheChange() throws SQLException {
    inDatabase(sql -> {
      ofDatabase("columns: {id: bigint, amount: integer not null}");
      sql.execute("INSERT INTO sales VALUES (3, NULL, NULL)");
      shop.run();
      try (Workspace workspace = shop.open()) {
        byte[] record = SalesProject.sale(3, 4).getBytes(StandardCharsets.UTF_8);
        new QuarantineDesk(workspace).correct(shop.quarantined(), record);
        workspace.fill();
      }
      shop.totalIs(3, 16);
      ofDatabase("columns: {id: bigint, amount: bigint not null}");
      shop.run();
      shop.totalIs(3, 16);
    });
  }

  /** How far one column has been read says nothing of another one. */
  @Test
  void anotherColumnThatGrowsIsReadFromItsStart() throws SQLException {
    inDatabase(sql -> {
      sql.execute(
          "ALTER TABLE sales ADD COLUMN seen TIMESTAMP DEFAULT TIMESTAMP '2026-01-01 00:00:00'");
      String columns = "columns: {id: bigint, amount: bigint, seen: timestamp}";
      ofDatabase("incremental: amount, " + columns);
      shop.run();
      sql.execute("INSERT INTO sales VALUES (3, 1, 'Bath', TIMESTAMP '2026-01-01 00:00:00')");
      ofDatabase("incremental: id, " + columns);
      shop.run();
      shop.totalIs(3, 13);
      ofDatabase("incremental: seen, " + columns);
      sql.execute("INSERT INTO sales VALUES (-1, 1, 'Bath', TIMESTAMP '2026-01-01 00:00:00')");
      shop.run();
      shop.totalIs(4, 14);
    });
  }

  @Test
  void anotherTableIsReadFromItsStart() throws SQLException {
    inDatabase(sql -> {
      String columns = "columns: {id: bigint, amount: bigint}";
      ofDatabase("incremental: id, " + columns);
      shop.run();
      sql.execute("CREATE TABLE newer AS (SELECT * FROM sales) WITH DATA");
      sql.execute("INSERT INTO newer VALUES (0, 1, 'Bath')");
      shop.contract(
          "jdbc\nurl: jdbc:hsqldb:mem:" + folder.getFileName() + "\nuser: SA",
          "table: NEWER, key: [id], incremental: id, " + columns);
      shop.run();
      shop.totalIs(3, 13);
    });
  }

  /** Such as a time of the last change that a row only has once it was changed. */
  @Test
  void rowsWithoutAValueInTheColumnThatGrowsAreRead() throws SQLException {
    inDatabase(sql -> {
      ofDatabase("incremental: amount, columns: {id: bigint, amount: bigint, shop: varchar}");
      shop.run();
      sql.execute("INSERT INTO sales VALUES (3, NULL, 'Bath'), (4, NULL, 'Oslo')");
      shop.run();
      assertThat(shop.number("SELECT COUNT(*) FROM sales")).isEqualTo(4);
      sql.execute("UPDATE sales SET amount = 9 WHERE id = 3");
      shop.run();
      shop.totalIs(4, 21);
    });
  }

  @ParameterizedTest
  @EnumSource
  void filesAreNoOriginForRowsOfADatabase(Until until) throws SQLException {
    inDatabase(sql -> {
      String columns = "columns: {id: bigint, amount: bigint}";
      shop.contract("files\npath: inbox/*.csv", columns);
      Folders.drop(folder, "inbox/a.csv", "id,amount\n1,5\n9,7\n");
      switch (until) {
        case PUBLISHED -> shop.run();
        case STAGED -> {
          try (Workspace workspace = shop.open()) {
            assertThat(workspace.pullAll()).isEmpty();
          }
        }
      }
      ofDatabase(columns);
      assertThatThrownBy(shop::run)
          .hasMessageContaining("LEAT-3002 Rows of sales were read from extracts of files")
          .hasMessageContaining("extracts of a database")
          .hasMessageContaining("another name");
      shop.contract("files\npath: inbox/*.csv", columns);
      shop.run();
      shop.totalIs(2, 12);
    });
  }

  /** How far rows had come when their source became another one. */
  enum Until {
    STAGED,
    PUBLISHED
  }
}
