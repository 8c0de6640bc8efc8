package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.model.Schema;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bag of rows in plain Java, the slow and obvious way: row → how many times it is there. */
final class Bag {
  private final Schema schema;
  private final Map<List<Optional<Object>>, Long> rows = new HashMap<>();

  Bag(Schema schema) {
    this.schema = schema;
  }

  void add(Batch changes) {
    for (int row = 0; row < changes.size(); row++) {
      add(row(changes, row), changes.weights()[row]);
    }
  }

  void add(List<Optional<Object>> row, long weight) {
    if (rows.merge(row, weight, Long::sum) == 0) {
      rows.remove(row);
    }
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  Map<List<Optional<Object>>, Long> rows() {
    return Collections.unmodifiableMap(rows);
  }

  /** Each row as often as it is there. */
  List<List<Optional<Object>>> expanded() {
    List<List<Optional<Object>>> all = new ArrayList<>();
    rows.forEach((row, weight) -> {
      for (long i = 0; i < weight; i++) {
        all.add(row);
      }
    });
    return all;
  }

  Batch batch() {
    BatchBuilder builder = new BatchBuilder(schema);
    rows.forEach((row, weight) -> append(builder, row, weight));
    return builder.build();
  }

  static void append(BatchBuilder builder, List<Optional<Object>> row, long weight) {
    builder.appendValues(
        weight, row.stream().map(value -> value.orElse(BatchBuilder.NULL)).toArray());
  }

  static List<Optional<Object>> row(Batch batch, int row) {
    List<Optional<Object>> values = new ArrayList<>();
    for (int column = 0; column < batch.schema().size(); column++) {
      values.add(value(batch, column, row));
    }
    return values;
  }

  private static Optional<Object> value(Batch batch, int column, int row) {
    if (batch.column(column).isNull(row)) {
      return Optional.empty();
    }
    return switch (batch.column(column)) {
      case LongVector v -> Optional.of(v.values()[row]);
      case DoubleVector v -> Optional.of(rounded(v.values()[row]));
      case BytesVector v -> Optional.of(v.string(row));
    };
  }

  /** Sums of doubles agree to twelve digits between engines, not to the last bit. */
  static double rounded(double value) {
    return Double.isFinite(value) && value != 0
        ? new BigDecimal(value).round(new MathContext(12)).doubleValue()
        : value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bag bag && bag.rows.equals(rows);
  }

  @Override
  public int hashCode() {
    return rows.hashCode();
  }

  @Override
  public String toString() {
    return rows.toString();
  }
}
