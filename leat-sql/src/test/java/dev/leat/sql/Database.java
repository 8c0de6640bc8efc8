package dev.leat.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The shop of {@link Fixtures} in DuckDB, with a few rows. */
final class Database implements AutoCloseable {
  private static final List<String> SET_UP =
      List.of(
          "CREATE TABLE orders (id BIGINT, customer INTEGER, price DECIMAL(10,2), quantity INTEGER,"
              + " weight DOUBLE, status VARCHAR, ordered_at TIMESTAMP, \"date\" DATE)",
          "CREATE TABLE \"Customers\" (id INTEGER, name VARCHAR, country VARCHAR, vip BOOLEAN)",
          "INSERT INTO orders VALUES"
              + " (1, 10, 1.10, 2, 0.5, 'open', '2026-01-01 00:00:30', '2026-01-01'),"
              + " (2, 10, 2.25, 7, 1.5, 'done', '2026-01-01 00:01:30', '2026-01-01'),"
              + " (3, 20, 2.25, NULL, NULL, 'done', '1969-12-31 23:59:59.5', NULL),"
              + " (4, NULL, NULL, -7, 'nan', NULL, '2026-01-02 12:00:00', '2026-01-02'),"
              + " (5, 99, -1.00, 4, 2.0, 'open ', '2026-01-02 12:00:00', '2026-01-02')",
          "INSERT INTO \"Customers\" VALUES (10, 'Ann', 'DE', TRUE), (20, 'Bob', 'FR', FALSE),"
              + " (30, NULL, NULL, NULL)");

  private final Connection connection;

  Database() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      for (String sql : SET_UP) {
        statement.execute(sql);
      }
    }
  }

  /** The rows of a query, as text. */
  List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }

  /** The types of a query's columns, as DuckDB writes them. */
  List<String> types(String sql) throws SQLException {
    List<String> types = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE " + sql)) {
      while (result.next()) {
        types.add(result.getString(2));
      }
    }
    return types;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
