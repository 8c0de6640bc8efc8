package dev.leat.data;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes to a relation: rows in columns, each with a weight. Not changed once made.
 *
 * @param weights at least {@code size} long; never 0 in a consolidated batch
 * @param insertOnly whether no weight is negative
 */
public record Batch(
    Schema schema, List<Vector> columns, long[] weights, int size, boolean insertOnly) {

  public Batch {
    columns = List.copyOf(columns);
    if (columns.size() != schema.size()) {
      throw new IllegalArgumentException(columns.size() + " columns for " + schema);
    }
  }

  /** A batch of these columns, that finds out itself whether it only inserts. */
  public static Batch of(Schema schema, List<Vector> columns, long[] weights, int size) {
    boolean insertOnly = true;
    for (int i = 0; i < size && insertOnly; i++) {
      insertOnly = weights[i] >= 0;
    }
    return new Batch(schema, columns, weights, size, insertOnly);
  }

  public static Batch empty(Schema schema) {
    List<Vector> columns = new ArrayList<>();
    for (Column column : schema.columns()) {
      columns.add(Vector.empty(column.type()));
    }
    return new Batch(schema, columns, new long[0], 0, true);
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public Vector column(int index) {
    return columns.get(index);
  }

  public LongVector longs(int index) {
    return (LongVector) columns.get(index);
  }

  public DoubleVector doubles(int index) {
    return (DoubleVector) columns.get(index);
  }

  public BytesVector bytes(int index) {
    return (BytesVector) columns.get(index);
  }

  /** About how much memory it takes, in bytes. */
  public long bytes() {
    return columns.stream().mapToLong(Vector::bytes).sum() + (long) size * Long.BYTES;
  }

  /** The rows named, in that order, with their weights. */
  public Batch gather(int[] rows, int count) {
    List<Vector> gathered = new ArrayList<>(columns.size());
    for (Vector column : columns) {
      gathered.add(column.gather(rows, count));
    }
    long[] weight = new long[count];
    for (int i = 0; i < count; i++) {
      weight[i] = weights[rows[i]];
    }
    return insertOnly
        ? new Batch(schema, gathered, weight, count, true)
        : of(schema, gathered, weight, count);
  }

  /** The same rows under other names. */
  public Batch as(Schema renamed) {
    return new Batch(renamed, columns, weights, size, insertOnly);
  }

  /** The same rows, each taken away where it was put and put where it was taken away. */
  public Batch negate() {
    long[] negated = new long[size];
    for (int i = 0; i < size; i++) {
      negated[i] = -weights[i];
    }
    return of(schema, columns, negated, size);
  }
}
