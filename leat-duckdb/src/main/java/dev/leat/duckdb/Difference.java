package dev.leat.duckdb;

import dev.leat.data.Batch;
import dev.leat.data.Vector;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.ArrayList;
import java.util.List;

/** {@code new - old} of two bags of rows, by columns: rows with the weight they differ by. */
final class Difference {
  private Difference() {}

  static String sql(Schema schema, String newRows, String oldRows) {
    String names = SqlText.names(schema);
    return "SELECT "
        + names
        + ", CAST(sum(_weight) AS BIGINT) AS _weight FROM (SELECT "
        + names
        + ", 1 AS _weight FROM "
        + newRows
        + " AS n UNION ALL SELECT "
        + names
        + ", -1 AS _weight FROM "
        + oldRows
        + " AS o) AS b GROUP BY "
        + names
        + " HAVING sum(_weight) <> 0";
  }

  /** The columns of such a query. */
  static Schema weighted(Schema schema) {
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.add(Column.required("_weight", Type.BIGINT));
    return new Schema(columns);
  }

  /** Rows whose last column is their weight, as changes. */
  static Batch changes(Schema schema, Batch weighted) {
    List<Vector> columns = weighted.columns().subList(0, schema.size());
    return Batch.of(schema, columns, weighted.longs(schema.size()).values(), weighted.size());
  }
}
