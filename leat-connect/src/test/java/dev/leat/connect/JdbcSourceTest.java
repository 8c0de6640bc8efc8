package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Position;
import dev.leat.model.Column;
import dev.leat.model.Location;
import dev.leat.model.Schema;
import dev.leat.model.Secret;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import dev.leat.model.Type;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcSourceTest {
  @TempDir Path folder;
  private String url;
  private Connection database;

  @BeforeEach
  void open() throws SQLException {
    url = "jdbc:hsqldb:mem:" + folder.getFileName();
    database = DriverManager.getConnection(url, "SA", "");
    run(
        "CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(20), price NUMERIC(8,2),"
            + " seen TIMESTAMP, zoned TIMESTAMP WITH TIME ZONE)");
  }

  @AfterEach
  void shutDown() throws SQLException {
    run("SHUTDOWN");
    database.close();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private BatchProject project(Optional<String> incremental) {
    SourceTable plain = BatchProject.table("items", Optional.empty(), List.of("ID"));
    SourceTable table =
        new SourceTable(
            plain.name(),
            plain.at(),
            Optional.of("public.items"),
            plain.columns(),
            plain.key(),
            plain.time(),
            plain.subject(),
            plain.classes(),
            plain.every(),
            incremental,
            plain.retain(),
            plain.encoding());
    return new BatchProject(folder, source(url, table));
  }

  private static Source.Jdbc source(String url, SourceTable table) {
    return new Source.Jdbc(
        "shop",
        Location.start("sources/shop.yaml"),
        url,
        Optional.of("SA"),
        Optional.of(new Secret("")),
        List.of(table));
  }

  private void item(int id, String name, String price) throws SQLException {
    run(
        "INSERT INTO items VALUES ("
            + id
            + ", "
            + name
            + ", "
            + price
            + ", TIMESTAMP '2026-01-0"
            + id
            + " 10:00:00.5',"
            + " TIMESTAMP '2026-01-01 10:00:00+2:00')");
  }

  @Test
  void whatChangedBetweenTwoExtractsBecomesChanges() throws SQLException {
    item(1, "'a'", "1.50");
    item(2, "NULL", "NULL");
    try (BatchProject project = project(Optional.empty())) {
      assertThat(project.intake().schema())
          .isEqualTo(
              Schema.of(
                  Column.required("ID", Type.INTEGER),
                  Column.optional("NAME", Type.VARCHAR),
                  Column.optional("PRICE", Type.decimal(8, 2)),
                  Column.optional("SEEN", Type.TIMESTAMP),
                  Column.optional("ZONED", Type.TIMESTAMP)));
      project.pull();
      project.read(100);
      assertThat(project.bag())
          .isEqualTo(
              Map.of(
                  "1|a|1.50|2026-01-01T10:00:00.5|2026-01-01T08:00:00", 1L,
                  "2|NULL|NULL|2026-01-02T10:00:00.5|2026-01-01T08:00:00", 1L));
      run("UPDATE items SET price = 9 WHERE id = 1");
      run("DELETE FROM items WHERE id = 2");
      item(3, "'c'", "3");
      project.restart();
      project.pull();
      project.pull(); // nothing new: no extract
      project.read(100);
      assertThat(project.position()).isEqualTo(Position.of(2));
      assertThat(project.bag())
          .isEqualTo(
              Map.of(
                  "1|a|9.00|2026-01-01T10:00:00.5|2026-01-01T08:00:00", 1L,
                  "3|c|3.00|2026-01-03T10:00:00.5|2026-01-01T08:00:00", 1L));
    }
  }

  @Test
  void anIncrementalExtractPutsRowsInThePlaceOfThoseOfTheirKey() throws SQLException {
    item(1, "'a'", "1");
    item(2, "'b'", "2");
    try (BatchProject project = project(Optional.of("seen"))) {
      project.pull();
      run("UPDATE items SET name = 'x', seen = TIMESTAMP '2026-02-01 00:00:00' WHERE id = 1");
      item(3, "'c'", "3");
      project.pull();
      project.restart();
      project.pull();
      project.read(100);
      assertThat(project.position()).isEqualTo(Position.of(2));
      assertThat(project.bag().keySet())
          .containsExactlyInAnyOrder(
              "1|x|1.00|2026-02-01T00:00:00|2026-01-01T08:00:00",
              "2|b|2.00|2026-01-02T10:00:00.5|2026-01-01T08:00:00",
              "3|c|3.00|2026-01-03T10:00:00.5|2026-01-01T08:00:00");
    }
  }

  @Test
  void aTableOrColumnThatIsGoneBreaksTheContractAndChangesNothing() throws SQLException {
    item(1, "'a'", "1");
    try (BatchProject project = project(Optional.empty())) {
      project.pull();
      run("ALTER TABLE items DROP COLUMN name");
      SourceTable declared =
          BatchProject.table("items", Optional.of(project.intake().schema()), List.of());
      assertThatThrownBy(project::pull)
          .hasMessageContaining("LEAT-3002")
          .hasMessageContaining("NAME");
      run("DROP TABLE items");
      assertThatThrownBy(project::pull).hasMessageContaining("LEAT-3002");
      project.read(100);
      assertThat(project.bag()).hasSize(1);
      assertThat(declared.columns()).isPresent();
    }
  }

  @Test
  void aDatabaseThatIsDownIsToldAndTriedAgain() {
    SourceTable table =
        BatchProject.table(
            "items", Optional.of(Schema.of(Column.required("id", Type.BIGINT))), List.of());
    try (BatchProject project =
        new BatchProject(folder, source("jdbc:postgresql://localhost:1/none", table))) {
      assertThatThrownBy(project::pull)
          .hasMessageContaining("LEAT-3001")
          .hasMessageContaining("shop");
      assertThat(project.intake().end()).isEqualTo(Position.of(0));
    }
  }

  @Test
  void aUrlIsToldWithoutItsSecrets() {
    SourceTable table =
        BatchProject.table(
            "items", Optional.of(Schema.of(Column.required("id", Type.BIGINT))), List.of());
    for (String address :
        List.of(
            "jdbc:nosuch://u:hunter2@localhost:1/none",
            "jdbc:nosuch://localhost:1/none?user=u&password=hunter2",
            "jdbc:nosuch://localhost:1;password=hunter2",
            "jdbc:postgresql://localhost:nine/none?password=hunter2")) {
      try (BatchProject project = new BatchProject(folder, source(address, table))) {
        assertThatThrownBy(project::pull)
            .hasMessageContaining("LEAT-3001")
            .hasMessageContaining("localhost")
            .hasMessageNotContaining("hunter2");
      }
    }
  }

  /** Others may have tables of that name, whichever comes first in the list. */
  @Test
  void aTableWithoutASchemaIsTheOneSqlWouldFind() throws SQLException {
    item(1, "'a'", "1");
    for (String schema : List.of("archive", "zoo")) {
      run("CREATE SCHEMA " + schema);
      run("CREATE TABLE " + schema + ".items (id INTEGER PRIMARY KEY)");
    }
    Schema columns = Schema.of(Column.required("id", Type.BIGINT));
    for (String spelled : List.of("items", "ITEMS")) {
      SourceTable table = BatchProject.table(spelled, Optional.of(columns), List.of());
      try (BatchProject project = new BatchProject(folder, source(url, table))) {
        project.pull();
        project.read(100);
        assertThat(project.bag()).isEqualTo(Map.of("1", 1L));
      }
    }
  }

  @Test
  void aTableOfSeveralOtherSchemasMustSayWhich() throws SQLException {
    for (String schema : List.of("archive", "zoo")) {
      run("CREATE SCHEMA " + schema);
      run("CREATE TABLE " + schema + ".orders (id INTEGER PRIMARY KEY)");
    }
    Schema columns = Schema.of(Column.required("id", Type.BIGINT));
    SourceTable table = BatchProject.table("orders", Optional.of(columns), List.of());
    try (BatchProject project = new BatchProject(folder, source(url, table))) {
      assertThatThrownBy(project::pull)
          .hasMessageContaining("LEAT-3002")
          .hasMessageContaining("ARCHIVE.ORDERS")
          .hasMessageContaining("ZOO.ORDERS");
    }
  }

  @Test
  void aColumnThatHasNoTypeIsToldWithItsTablesPlace() throws SQLException {
    run("CREATE TABLE lists (id INTEGER, tags INTEGER ARRAY)");
    SourceTable table = BatchProject.table("lists", Optional.empty(), List.of());
    assertThatThrownBy(() -> new BatchProject(folder, source(url, table)))
        .hasMessageContaining("sources/lists.yaml:1:1 LEAT-3002")
        .hasMessageContaining("TAGS");
  }

  @Test
  void anyNameOfAColumnIsReadOrTold() throws SQLException {
    run("CREATE TABLE odd (\"a \"\"b\"\"\" INTEGER, \"x.y\" INTEGER, \"select\" INTEGER)");
    run("INSERT INTO odd VALUES (1, 2, 3)");
    SourceTable table = BatchProject.table("odd", Optional.empty(), List.of());
    try (BatchProject project = new BatchProject(folder, source(url, table))) {
      project.pull();
      project.read(100);
      assertThat(project.bag()).isEqualTo(Map.of("1|2|3", 1L));
    }
    for (String taken : List.of("_weight", "_raw", "_corrected", "file_row_number")) {
      run("CREATE TABLE \"t" + taken + "\" (\"" + taken + "\" INTEGER)");
      SourceTable ours = BatchProject.table("t" + taken, Optional.empty(), List.of());
      assertThatThrownBy(() -> new BatchProject(folder, source(url, ours)))
          .hasMessageContaining("sources/t" + taken + ".yaml:1:1 LEAT-3002")
          .hasMessageContaining("has a column " + taken);
    }
  }

  @Test
  void theSteelWheelsDatabaseCanBeExtracted() {
    SourceTable plain = BatchProject.table("order_details", Optional.empty(), List.of());
    SourceTable table =
        new SourceTable(
            plain.name(),
            plain.at(),
            Optional.of("steelwheels.orderdetails"),
            plain.columns(),
            plain.key(),
            plain.time(),
            plain.subject(),
            plain.classes(),
            plain.every(),
            plain.incremental(),
            plain.retain(),
            plain.encoding());
    Source.Jdbc wheels =
        new Source.Jdbc(
            "wheels",
            Location.start("sources/wheels.yaml"),
            "jdbc:hsqldb:res:steelwheels",
            Optional.of("STEELWHEELS"),
            Optional.of(new Secret("STEELWHEELS")),
            List.of(table));
    try (BatchProject project = new BatchProject(folder, wheels)) {
      project.pull();
      project.read(100_000);
      assertThat(project.bag().values().stream().mapToLong(n -> n).sum()).isEqualTo(3_001);
    }
  }
}
