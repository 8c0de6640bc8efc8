package dev.leat.duckdb;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Pieces of DuckDB's SQL. */
final class SqlText {
  private SqlText() {}

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String name(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }

  /** DuckDB's name of a type. */
  static String type(Type type) {
    return switch (type) {
      case Type.Varbinary _ -> "BLOB";
      case Type.Bool _,
          Type.Int _,
          Type.BigInt _,
          Type.Float64 _,
          Type.Decimal _,
          Type.Varchar _,
          Type.Date _,
          Type.Timestamp _ ->
          type.sql();
    };
  }

  /** The names of all columns. */
  static String names(Schema schema) {
    return each(schema, column -> name(column.name()));
  }

  /** Something for each column, with commas between. */
  static String each(Schema schema, Function<Column, String> text) {
    return schema.columns().stream().map(text).collect(Collectors.joining(", "));
  }

  /** The inside of {@code FIELD_IDS {…}}. */
  static String fieldIds(Schema schema, Map<String, Integer> ids) {
    return each(schema, column -> name(column.name()) + ": " + ids.get(column.name()));
  }
}
