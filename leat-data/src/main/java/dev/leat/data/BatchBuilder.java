package dev.leat.data;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a {@link Batch} row by row: append a value to every column, then end the row with its
 * weight; or take a half-made row back.
 */
public final class BatchBuilder {
  private final Schema schema;
  private final List<VectorBuilder> columns = new ArrayList<>();
  private long[] weights = new long[16];
  private int size;

  public BatchBuilder(Schema schema) {
    this.schema = schema;
    for (Column column : schema.columns()) {
      columns.add(VectorBuilder.of(column.type()));
    }
  }

  public Schema schema() {
    return schema;
  }

  public int size() {
    return size;
  }

  public VectorBuilder column(int index) {
    return columns.get(index);
  }

  /** Ends the row that has been appended to every column. */
  public void endRow(long weight) {
    if (size == weights.length) {
      weights = Arrays.copyOf(weights, size * 2);
    }
    weights[size++] = weight;
  }

  /** Takes back what has been appended since the last {@link #endRow}. */
  public void cancelRow() {
    for (VectorBuilder column : columns) {
      if (column.size() > size) {
        column.truncate(size);
      }
    }
  }

  /** Appends a copy of a row of a batch of the same types. */
  public void appendRow(Batch source, int row, long weight) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).appendFrom(source.column(i), row);
    }
    endRow(weight);
  }

  /**
   * Appends a row of plain values: Long, Integer, Boolean, Double, String, byte[] or {@link #NULL}.
   */
  public void appendValues(long weight, Object... values) {
    for (int i = 0; i < values.length; i++) {
      VectorBuilder column = columns.get(i);
      switch (values[i]) {
        case Null.NULL -> column.appendNull();
        case Long v -> column.append(v.longValue());
        case Integer v -> column.append(v.longValue());
        case Boolean v -> column.append(v ? 1L : 0L);
        case Double v -> column.append(v.doubleValue());
        case String v -> column.append(v);
        case byte[] v -> column.append(v, 0, v.length);
        default -> throw new IllegalArgumentException("value " + values[i]);
      }
    }
    endRow(weight);
  }

  /** The missing value, for {@link #appendValues}. */
  public enum Null {
    NULL
  }

  public static final Null NULL = Null.NULL;

  public Batch build() {
    return Batch.of(
        schema,
        columns.stream().map(VectorBuilder::build).toList(),
        Arrays.copyOf(weights, size),
        size);
  }
}
