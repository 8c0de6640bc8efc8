package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.duckdb.Values;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the tables of a real Postgres through the mill; in the end every table is right. */
final class PostgresTest {
  private static final String NOW =
      "'2026-01-01Z'::timestamptz + nextval('clock') * interval '1 s'";

  private static EmbeddedPostgres postgres;

  @TempDir Path folder;
  private Connection database;

  @BeforeAll
  static void startPostgres() throws IOException {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    database = postgres.getPostgresDatabase().getConnection();
    run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    Folders.write(folder, "leat.yaml", "name: shop\nepoch: {every: 20ms}\n");
  }

  @AfterEach
  void disconnect() throws SQLException {
    database.close();
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = database.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void source(String tables) {
    Folders.write(
        folder,
        "sources/shop.yaml",
        "kind: jdbc\nurl: %s\nuser: postgres\ntables:\n%s"
            .formatted(
                postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", ""), tables));
  }

  @Test
  void everyUsualTypeComesThrough() throws SQLException {
    run(
        "CREATE TYPE mood AS ENUM ('sad', 'glad')",
        "CREATE TABLE things (id BIGINT PRIMARY KEY, small SMALLINT, n INTEGER NOT NULL, price"
            + " NUMERIC(10,2), big NUMERIC(30,4), ratio DOUBLE PRECISION, tenth REAL, at"
            + " TIMESTAMPTZ, local TIMESTAMP, day DATE, clock TIME, name TEXT, code CHAR(3), u"
            + " UUID, doc JSONB, ok BOOLEAN, raw BYTEA, feels mood, bits BIT(4))",
        "INSERT INTO things VALUES (1, 2, -3, 4.50, 12345678901234.5678, 0.1, 0.5, '2026-03-29"
            + " 03:30:00+02', '2026-03-29 02:30:00.123456', '1600-02-29', '12:34:56', 'Zoë', 'abc',"
            + " '3f333df6-90a4-4fda-8dd3-9485d27cee36', '{\"a\": [1]}', true, '\\x00ff', 'glad',"
            + " B'1010')",
        "INSERT INTO things (id, n, ratio) VALUES (2, 0, 'NaN'), (3, 0, '-Infinity')");
    source("  things: {table: public.things, key: [id], every: 1h}\n");
    Folders.write(
        folder, "tables/marts/a/kept.sql", "SELECT ok, COUNT(*) AS n FROM things GROUP BY ok");
    fill();
    assertThat(rows("SELECT * FROM things ORDER BY id"))
        .containsExactly(
            "1|2|-3|4.50|12345678901234.5678|0.1|0.5|2026-03-29T01:30:00|2026-03-29T02:30:00.123456"
                + "|1600-02-29|12:34:56|Zoë|abc|3f333df6-90a4-4fda-8dd3-9485d27cee36|{\"a\":"
                + " [1]}|true|AP8=|glad|1010",
            "2|NULL|0|NULL|NULL|NaN" + "|NULL".repeat(13),
            "3|NULL|0|NULL|NULL|-Infinity" + "|NULL".repeat(13));
    Folders.proven(folder);
  }

  @Test
  void anArrayIsRefusedUntilItIsDeclaredAsText() throws SQLException {
    run(
        "CREATE TABLE posts (id BIGINT PRIMARY KEY, tags TEXT[])",
        "INSERT INTO posts VALUES (1, '{a,b}')");
    source("  posts: {table: public.posts, every: 1h}\n");
    assertThatThrownBy(() -> Workspace.open(Folders.read(folder), MillOptions.DEFAULT))
        .hasMessageContaining("LEAT-3002")
        .hasMessageContaining("Column tags of public.posts is an array");
    source("  posts: {table: public.posts, columns: {id: bigint, tags: varchar}, every: 1h}\n");
    fill();
    assertThat(rows("SELECT * FROM posts")).containsExactly("1|{a,b}");
  }

  /** One bad value rejects its row, once, and the row stays what it last was. */
  @ParameterizedTest
  @ValueSource(strings = {"", ", incremental: version"})
  void whatNoTypeHoldsIsKeptAside(String incremental) throws SQLException {
    run(
        "CREATE TABLE items (id BIGINT PRIMARY KEY, n BIGINT, price NUMERIC(20,2), at TIMESTAMPTZ,"
            + " local TIMESTAMP, day DATE, version BIGINT NOT NULL, whole NUMERIC DEFAULT 7.00)",
        "INSERT INTO items SELECT i, i, i, '2026-01-01Z', '2026-01-01', '2026-01-01', i FROM"
            + " generate_series(1, 10) i");
    source(
        "  items: {table: public.items, key: [id], every: 1h%s, columns: {id: bigint not null,"
                .formatted(incremental)
            + " n: integer, price: \"decimal(10,2)\", at: timestamp, local: timestamp, day: date,"
            + " version: bigint not null, whole: integer}}\n");
    Folders.write(
        folder, "tables/marts/a/total.sql", "SELECT SUM(n) AS n, COUNT(*) AS rows FROM items");
    fill();
    run(
        "UPDATE items SET version = version + 100",
        "UPDATE items SET n = 3000000000 WHERE id = 1",
        "UPDATE items SET price = 'NaN' WHERE id = 2",
        "UPDATE items SET price = 1e17 WHERE id = 3",
        "UPDATE items SET at = 'infinity' WHERE id = 4",
        "UPDATE items SET local = '-infinity' WHERE id = 5",
        "UPDATE items SET day = 'infinity' WHERE id = 6",
        "UPDATE items SET day = '0044-03-15 BC' WHERE id = 7",
        "UPDATE items SET n = 80 WHERE id = 8",
        "UPDATE items SET whole = 1.5 WHERE id = 10");
    fill();
    fill();
    assertThat(rows("SELECT field, COUNT(*) FROM leat_quarantine GROUP BY field ORDER BY field"))
        .containsExactly("at|1", "day|2", "local|1", "n|1", "price|2", "whole|1");
    assertThat(rows("SELECT raw FROM leat_quarantine WHERE field = 'at'")).hasSize(1);
    assertThat(rows("SELECT id, n, price, version FROM items WHERE id < 4 OR id > 7 ORDER BY id"))
        .containsExactly(
            "1|1|1.00|1",
            "2|2|2.00|2",
            "3|3|3.00|3",
            "8|80|8.00|108",
            "9|9|9.00|109",
            "10|10|10.00|10");
    assertThat(rows("SELECT whole FROM items WHERE id >= 9")).containsExactly("7", "7");
    assertThat(rows("SELECT * FROM total")).containsExactly("127|10");

    run("UPDATE items SET n = 10, version = 200 WHERE id = 1");
    run("UPDATE items SET price = 20, version = 200 WHERE id = 2");
    run("UPDATE items SET price = 'NaN', version = 201 WHERE id = 9");
    fill();
    assertThat(rows("SELECT id, n, price FROM items WHERE id IN (1, 2, 9) ORDER BY id"))
        .containsExactly("1|10|1.00", "2|2|20.00", "9|9|9.00");
    assertThat(rows("SELECT COUNT(*) FROM leat_quarantine")).containsExactly("9");
    Folders.proven(folder);
  }

  @Test
  void aRowThatIsGoneGoesEvenIfItWasBad() throws SQLException {
    run("CREATE TABLE items (id BIGINT PRIMARY KEY, n BIGINT)", "INSERT INTO items VALUES (1, 1)");
    source(
        "  items: {table: public.items, key: [id], every: 1h, columns: {id: bigint, n: integer}}\n");
    fill();
    run("UPDATE items SET n = 3000000000");
    fill();
    assertThat(rows("SELECT * FROM items")).containsExactly("1|1");
    run("DELETE FROM items");
    fill();
    assertThat(rows("SELECT * FROM items")).isEmpty();
    assertThat(rows("SELECT COUNT(*) FROM leat_quarantine")).containsExactly("1");
  }

  /** The mark of an incremental extract is the same moment wherever the process runs. */
  @Test
  void theMarkDoesNotDependOnTheTimeZone() throws SQLException {
    TimeZone home = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      run(
          "CREATE TABLE items (id BIGINT PRIMARY KEY, at TIMESTAMPTZ, local TIMESTAMP)",
          "INSERT INTO items VALUES (1, '2026-01-01 12:00Z', '2026-01-01 12:00')");
      source(
          """
            zoned: {table: public.items, key: [id], every: 1h, incremental: at}
            plain: {table: public.items, key: [id], every: 1h, incremental: local}
          """);
      fill();
      run("INSERT INTO items VALUES (2, '2026-01-01 13:00Z', '2026-01-01 13:00')");
      fill();
      assertThat(rows("SELECT id, at FROM zoned ORDER BY id"))
          .containsExactly("1|2026-01-01T12:00:00", "2|2026-01-01T13:00:00");
      assertThat(rows("SELECT id, local FROM plain ORDER BY id"))
          .containsExactly("1|2026-01-01T12:00:00", "2|2026-01-01T13:00:00");
    } finally {
      TimeZone.setDefault(home);
    }
  }

  /** Rows come, change and go while the mill runs, is stopped and started again. */
  @Test
  void whatHappensInTheDatabaseHappensInEveryTable() throws Exception {
    run(
        "CREATE TABLE orders (id BIGINT PRIMARY KEY, customer INTEGER, amount NUMERIC(10,2),"
            + " changed TIMESTAMPTZ NOT NULL)",
        "CREATE TABLE customers (id INTEGER PRIMARY KEY, country TEXT)",
        "CREATE SEQUENCE clock");
    source(
        """
          orders: {table: public.orders, key: [id], every: 50ms, incremental: changed}
          customers: {table: public.customers, key: [id], every: 50ms}
        """);
    Folders.write(
        folder,
        "tables/marts/a/revenue.sql",
        "SELECT c.country, SUM(o.amount) AS revenue, COUNT(*) AS orders, MAX(o.changed) AS last FROM"
            + " orders o LEFT JOIN customers c ON o.customer = c.id GROUP BY c.country");
    SplittableRandom random = new SplittableRandom(20_261_125);
    for (int session = 0; session < 2; session++) {
      try (Running running = new Running(Folders.read(folder))) {
        for (int i = 0; i < 15; i++) {
          change(random);
          Thread.sleep(random.nextInt(40));
        }
        run("INSERT INTO customers VALUES (%d, 'last')".formatted(1_000 + session));
        run("INSERT INTO orders VALUES (%d, 1, 1, %s)".formatted(1_000_000 + session, NOW));
        running.await(() -> same("orders", "id, customer, amount") && same("customers", "*"));
      }
      Folders.proven(folder);
    }
    assertThat(rows("SELECT COUNT(*) FROM revenue").getFirst()).isNotEqualTo("0");
    assertThat(rows("SELECT COUNT(*) FROM leat_quarantine")).containsExactly("0");
  }

  /** Orders are not deleted: an incremental extract would not see it. */
  private void change(SplittableRandom random) throws SQLException {
    run(
        "INSERT INTO orders SELECT nextval('clock'), %d, %d, %s FROM generate_series(1, %d)"
            .formatted(random.nextInt(8), random.nextInt(100), NOW, random.nextInt(50)),
        "UPDATE orders SET amount = amount + 1.25, changed = %s WHERE id %% 7 = %d"
            .formatted(NOW, random.nextInt(7)),
        "INSERT INTO customers VALUES (%d, 'c%d') ON CONFLICT (id) DO UPDATE SET country = 'd%d'"
            .formatted(random.nextInt(8), random.nextInt(3), random.nextInt(3)),
        "DELETE FROM customers WHERE id = %d".formatted(random.nextInt(8)));
  }

  private boolean same(String table, String columns) {
    try (Statement statement = database.createStatement();
        ResultSet there =
            statement.executeQuery("SELECT %s FROM %s ORDER BY id".formatted(columns, table))) {
      List<String> rows = new ArrayList<>();
      while (there.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= there.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(there.getString(i)));
        }
        rows.add(String.join("|", cells));
      }
      return rows.equals(rows("SELECT %s FROM %s ORDER BY id".formatted(columns, table)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void fill() {
    try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
      assertThat(workspace.pullAll()).isEmpty();
      workspace.fill();
    }
  }

  private List<String> rows(String sql) {
    Batch rows = Folders.query(Folders.read(folder), sql);
    return IntStream.range(0, rows.size())
        .mapToObj(row ->
            IntStream.range(0, rows.columns().size())
                .mapToObj(c -> rows.column(c).isNull(row) ? "NULL" : Values.text(rows, c, row))
                .collect(Collectors.joining("|")))
        .toList();
  }
}
