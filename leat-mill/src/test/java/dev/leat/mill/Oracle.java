package dev.leat.mill;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * DuckDB over the same rows: what every table must equal. Plain JDBC, nothing of ours in between.
 */
final class Oracle implements AutoCloseable {
  private final Connection connection;

  Oracle() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET threads = 1");
        for (Map.Entry<String, Schema> source : Sources.SCHEMAS.entrySet()) {
          statement.execute(
              source.getValue().columns().stream()
                  .map(column -> '"' + column.name() + "\" " + column.type().sql())
                  .collect(
                      Collectors.joining(", ", "CREATE TABLE " + source.getKey() + " (", ")")));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Bag answer(String sql, Schema schema, Sources sources) {
    try {
      return asked(sql, schema, sources);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Empty when DuckDB has no answer to it. */
  Optional<Bag> answerIfAny(String sql, Schema schema, Sources sources) {
    try {
      return Optional.of(asked(sql, schema, sources));
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private Bag asked(String sql, Schema schema, Sources sources) throws SQLException {
    for (Map.Entry<String, Bag> source : sources.content.entrySet()) {
      load(source.getKey(), source.getValue());
    }
    Bag answer = new Bag(schema);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        answer.add(row(rows, schema), 1);
      }
    }
    return answer;
  }

  /** The rows as text, sorted. */
  List<String> lines(String sql, Sources sources) {
    try {
      for (Map.Entry<String, Bag> source : sources.content.entrySet()) {
        load(source.getKey(), source.getValue());
      }
      List<String> lines = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            values.add(String.valueOf(rows.getString(i)));
          }
          lines.add(String.join(" | ", values));
        }
      }
      Collections.sort(lines);
      return lines;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** One statement a source: a prepared insert a row would take most of the test's time. */
  private void load(String source, Bag content) throws SQLException {
    Schema schema = Sources.schema(source);
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM " + source);
      if (!content.isEmpty()) {
        statement.execute(
            content.expanded().stream()
                .map(row -> literals(row, schema))
                .collect(Collectors.joining(", ", "INSERT INTO " + source + " VALUES ", "")));
      }
    }
  }

  private static String literals(List<Optional<Object>> row, Schema schema) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> row.get(i).map(v -> literal(v, schema.column(i).type())).orElse("NULL"))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String literal(Object value, Type type) {
    return switch (type) {
      case Type.Bool _ -> (Long) value != 0 ? "TRUE" : "FALSE";
      case Type.Int _, Type.BigInt _ -> value.toString();
      case Type.Float64 _ -> value + "::DOUBLE";
      case Type.Varchar _, Type.Varbinary _ -> "'" + value.toString().replace("'", "''") + "'";
      case Type.Decimal decimal ->
          BigDecimal.valueOf((Long) value, decimal.scale()).toPlainString();
      case Type.Date _ -> "DATE '" + LocalDate.ofEpochDay((Long) value) + "'";
      case Type.Timestamp _ -> "make_timestamp(" + value + ")";
    };
  }

  private static List<Optional<Object>> row(ResultSet rows, Schema schema) throws SQLException {
    List<Optional<Object>> row = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      Column column = schema.column(i);
      Object value = rows.getObject(i + 1);
      row.add(value == null ? Optional.empty() : Optional.of(ours(rows, i + 1, column.type())));
    }
    return row;
  }

  private static Object ours(ResultSet rows, int at, Type type) throws SQLException {
    return switch (type) {
      case Type.Bool _ -> rows.getBoolean(at) ? 1L : 0L;
      case Type.Int _, Type.BigInt _ -> rows.getLong(at);
      case Type.Float64 _ -> Bag.rounded(rows.getDouble(at)) + 0.0;
      case Type.Varchar _ -> rows.getString(at);
      case Type.Varbinary _ -> new String(rows.getBytes(at), StandardCharsets.UTF_8);
      case Type.Decimal decimal ->
          rows.getBigDecimal(at)
              .setScale(decimal.scale(), RoundingMode.HALF_UP)
              .unscaledValue()
              .longValueExact();
      case Type.Date _ -> rows.getObject(at, LocalDate.class).toEpochDay();
      case Type.Timestamp _ ->
          ChronoUnit.MICROS.between(
              LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC),
              rows.getObject(at, LocalDateTime.class));
    };
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
