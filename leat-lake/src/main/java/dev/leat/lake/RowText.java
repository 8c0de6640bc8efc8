package dev.leat.lake;

import dev.leat.data.Batch;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import java.util.ArrayList;
import java.util.List;

/** A row for a message. */
final class RowText {
  private static final int MAX_BYTES = 60;

  private RowText() {}

  static String of(Batch batch, int row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < batch.schema().size(); i++) {
      values.add(batch.schema().column(i).name() + "=" + value(batch, i, row));
    }
    return "(" + String.join(", ", values) + ")";
  }

  private static String value(Batch batch, int column, int row) {
    if (batch.column(column).isNull(row)) {
      return "NULL";
    }
    return switch (batch.column(column)) {
      case LongVector v -> Long.toString(v.values()[row]);
      case DoubleVector v -> Double.toString(v.values()[row]);
      case BytesVector v when v.length(row) > MAX_BYTES -> v.length(row) + " bytes";
      case BytesVector v -> "'" + v.string(row) + "'";
    };
  }
}
