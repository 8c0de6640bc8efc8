package dev.leat.connect;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of SQL. */
final class Sql {
  private Sql() {}

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String name(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }

  /** The rows of a Parquet file. */
  static String parquet(Path file) {
    return "read_parquet(" + literal(file.toString()) + ")";
  }

  /** DuckDB's name of a type. */
  static String type(Type type) {
    return type instanceof Type.Varbinary ? "BLOB" : type.sql();
  }

  static String names(Schema schema) {
    return schema.columns().stream().map(c -> name(c.name())).collect(Collectors.joining(", "));
  }

  /** With {@code _weight} as last column. */
  static Schema weighted(Schema schema) {
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.add(Column.required("_weight", Type.BIGINT));
    return new Schema(columns);
  }
}
