package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A relation for the reference: rows of plain values with their weights, in a map. */
record Bag(Map<List<Object>, Long> rows) {
  static final Object NULL = BatchBuilder.NULL;

  Bag() {
    this(new HashMap<>());
  }

  Bag add(List<Object> row, long weight) {
    rows.merge(row, weight, Long::sum);
    rows.remove(row, 0L);
    return this;
  }

  void addAll(Batch batch) {
    for (int row = 0; row < batch.size(); row++) {
      add(row(batch, row), batch.weights()[row]);
    }
  }

  long weight(List<Object> row) {
    return rows.getOrDefault(row, 0L);
  }

  boolean isValid() {
    return rows.values().stream().allMatch(w -> w > 0);
  }

  static List<Object> row(Batch batch, int row) {
    List<Object> values = new ArrayList<>();
    for (Vector column : batch.columns()) {
      if (column.isNull(row)) {
        values.add(NULL);
      } else {
        values.add(
            switch (column) {
              case LongVector v -> (Object) v.values()[row];
              case DoubleVector v -> v.values()[row];
              case BytesVector v -> v.string(row);
            });
      }
    }
    return values;
  }

  static Batch batch(Schema schema, List<Map.Entry<List<Object>, Long>> rows) {
    BatchBuilder builder = new BatchBuilder(schema);
    rows.forEach(r -> builder.appendValues(r.getValue(), r.getKey().toArray()));
    return builder.build();
  }
}
