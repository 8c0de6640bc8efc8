package dev.leat.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What printed plans answer in DuckDB, by rows that were written down beforehand. */
class AnswersTest {
  private static Database database;

  @BeforeAll
  static void open() throws SQLException {
    database = new Database();
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  @Test
  void textIsNeverPadded() throws SQLException {
    check("SELECT id FROM orders WHERE status = 'open'", "1");
    check("SELECT id FROM orders WHERE status = 'open '", "5");
  }

  @Test
  void exactTypesStayExact() throws SQLException {
    check("SELECT AVG(quantity) AS q, AVG(price) AS p FROM orders", "1.500000 1.150000");
    check("SELECT quantity / 2 AS h FROM orders WHERE id IN (2, 4)", "3", "-3");
    check("SELECT price / 3 AS t FROM orders WHERE id = 5", "-0.3333333333");
  }

  @Test
  void countsInAllForms() throws SQLException {
    check(
        "SELECT COUNT(*) AS a, COUNT(price) AS p, COUNT(DISTINCT price) AS d,"
            + " COUNT(*) FILTER (WHERE price > 2) AS f FROM orders",
        "5 4 3 2");
  }

  @Test
  void notInKnowsNull() throws SQLException {
    check("SELECT id FROM orders WHERE customer NOT IN (SELECT id FROM customers)", "5");
    check("SELECT id FROM orders WHERE status NOT IN (SELECT name FROM customers)");
    check(
        "SELECT id FROM orders o WHERE NOT EXISTS"
            + " (SELECT 1 FROM customers c WHERE c.id = o.customer)",
        "4",
        "5");
  }

  @Test
  void outerJoinsAndWhatFoundNothing() throws SQLException {
    check(
        "SELECT o.id, c.name FROM orders o LEFT JOIN customers c ON o.customer = c.id AND c.vip",
        "1 Ann",
        "2 Ann",
        "3 null",
        "4 null",
        "5 null");
    check("SELECT id FROM orders WHERE customer IN (SELECT id FROM customers WHERE vip)", "1", "2");
  }

  @Test
  void aNumberOfRowsMayBeComparedWithAnything() throws SQLException {
    String numbered =
        "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS n FROM orders) t WHERE ";
    check(numbered + "n <= 1e19", "1", "2", "3", "4", "5");
    check(numbered + "n < -1e19");
    check(numbered + "CAST(n AS VARCHAR) <= '2'", "1", "2");
    check(
        "SELECT id FROM (SELECT id FROM orders ORDER BY id LIMIT 9223372036854775807 OFFSET 3) t",
        "4",
        "5");
  }

  @Test
  void firstRowsOfPartitions() throws SQLException {
    check(
        "SELECT id FROM orders QUALIFY"
            + " ROW_NUMBER() OVER (PARTITION BY customer ORDER BY price DESC) = 1",
        "2",
        "3",
        "4",
        "5");
    check(
        "SELECT id, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY price) AS n"
            + " FROM orders) t WHERE n = 2",
        "2 2");
  }

  @Test
  void windowsOfTime() throws SQLException {
    check(
        "SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ordered_at),"
            + " INTERVAL '10' MINUTE)) GROUP BY window_start",
        "1969-12-31 23:50:00.0 1",
        "2026-01-01 00:00:00.0 2",
        "2026-01-02 12:00:00.0 2");
    check(
        "SELECT id, window_end FROM TABLE(HOP(TABLE orders, DESCRIPTOR(ordered_at),"
            + " INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)) WHERE id = 1",
        "1 2026-01-01 00:01:00.0",
        "1 2026-01-01 00:02:00.0");
  }

  @Test
  void setsAndGroupingSets() throws SQLException {
    check("SELECT status FROM orders INTERSECT SELECT 'done'", "done");
    check(
        "SELECT status, SUM(price) AS p, GROUPING(status) AS g FROM orders"
            + " WHERE id < 3 GROUP BY ROLLUP(status)",
        "done 2.25 0",
        "null 3.35 1",
        "open 1.10 0");
  }

  @Test
  void theOrderAskedForIsKept() throws SQLException {
    assertThat(
            database.rows(
                DuckDbPrinter.print(
                    new Compiler(Fixtures.CATALOG)
                        .compileQuery(
                            "SELECT id FROM orders ORDER BY price DESC, id DESC LIMIT 4 OFFSET 1")
                        .plan())))
        .containsExactly("2", "1", "5", "4");
  }

  /** Rows in any order, and columns of exactly the types of the plan. */
  private static void check(String sql, String... rows) throws SQLException {
    CompiledQuery query = new Compiler(Fixtures.CATALOG).compileQuery(sql);
    String printed = DuckDbPrinter.print(query.plan());
    List<String> types = query.schema().columns().stream().map(c -> c.type().sql()).toList();
    assertThat(database.types(printed)).as(printed).isEqualTo(types);
    assertThat(database.rows(printed)).as(printed).containsExactlyInAnyOrder(rows);
  }
}
