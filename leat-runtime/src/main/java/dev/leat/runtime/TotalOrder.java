package dev.leat.runtime;

import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.sql.Plan.SortKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An order in which only equal rows are level, between rows of a batch and stored rows. The first
 * key is also turned into a number, the prefix, that decides most comparisons by itself.
 */
final class TotalOrder {
  private final SortKey[] keys;
  private final RowBag bag;

  /** The order given, and by every column after that. */
  TotalOrder(List<SortKey> order, RowBag bag) {
    List<SortKey> all = new ArrayList<>(order);
    for (int column = 0; column < bag.layout.kinds.length; column++) {
      all.add(new SortKey(column, false, false));
    }
    keys = all.toArray(new SortKey[0]);
    this.bag = bag;
  }

  /** The prefixes of rows of a batch: {@code prefix(a) < prefix(b)} only if a is before b. */
  void prefixes(Vector[] batch, int from, int count, long[] prefixes) {
    SortKey key = keys[0];
    Vector vector = batch[key.column()];
    switch (vector) {
      case LongVector v -> System.arraycopy(v.values(), from, prefixes, 0, count);
      case DoubleVector v -> {
        for (int i = 0; i < count; i++) {
          long bits = Double.doubleToLongBits(v.values()[from + i]);
          prefixes[i] = bits ^ ((bits >> 63) & Long.MAX_VALUE);
        }
      }
      case BytesVector v -> {
        for (int i = 0; i < count; i++) {
          prefixes[i] = firstBytes(v, from + i);
        }
      }
    }
    if (key.descending()) {
      for (int i = 0; i < count; i++) {
        prefixes[i] = ~prefixes[i];
      }
    }
    if (vector.hasNulls()) {
      for (int i = 0; i < count; i++) {
        if (vector.nulls()[from + i]) {
          prefixes[i] = key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
      }
    }
  }

  /** The prefix of a stored row. */
  long prefix(int address) {
    int[] one = {address};
    int column = keys[0].column();
    Vector[] row = new Vector[bag.layout.kinds.length];
    row[column] = bag.layout.column(column, bag.rows, RowBag.ROW, bag.heap, one, 1);
    long[] prefix = new long[1];
    prefixes(row, 0, 1, prefix);
    return prefix[0];
  }

  private static long firstBytes(BytesVector vector, int row) {
    long value = 0;
    int length = Math.min(8, vector.length(row));
    for (int i = 0; i < length; i++) {
      value |= (vector.data()[vector.start(row) + i] & 0xFFL) << (56 - 8 * i);
    }
    return value ^ Long.MIN_VALUE;
  }

  /** Orders two rows of a batch. */
  int compare(Vector[] batch, int left, int right) {
    for (SortKey key : keys) {
      Vector vector = batch[key.column()];
      int order = nulls(vector.isNull(left), vector.isNull(right), key);
      if (order == 0 && !vector.isNull(left)) {
        order =
            switch (vector) {
              case LongVector v -> Long.compare(v.values()[left], v.values()[right]);
              case DoubleVector v -> Double.compare(v.values()[left], v.values()[right]);
              case BytesVector v ->
                  Arrays.compareUnsigned(
                      v.data(),
                      v.start(left),
                      v.start(left) + v.length(left),
                      v.data(),
                      v.start(right),
                      v.start(right) + v.length(right));
            };
        order = key.descending() ? -Integer.signum(order) : order;
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Orders a row of a batch and a stored one. */
  int compareStored(Vector[] batch, int row, int address) {
    long[] chunk = bag.rows.chunk(address);
    int at = Slab.offset(address) + RowBag.ROW;
    for (SortKey key : keys) {
      Vector vector = batch[key.column()];
      int order = nulls(vector.isNull(row), bag.layout.isNull(chunk, at, key.column()), key);
      if (order == 0 && !vector.isNull(row)) {
        long word = chunk[at + bag.layout.word(key.column())];
        order =
            switch (vector) {
              case LongVector v -> Long.compare(v.values()[row], word);
              case DoubleVector v -> Double.compare(v.values()[row], Double.longBitsToDouble(word));
              case BytesVector v -> {
                int start = start(chunk, at, key.column());
                yield Arrays.compareUnsigned(
                    v.data(),
                    v.start(row),
                    v.start(row) + v.length(row),
                    bytes(chunk, at),
                    start,
                    start + (int) word);
              }
            };
        order = key.descending() ? -Integer.signum(order) : order;
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Orders two stored rows. */
  int compareStored(int left, int right) {
    long[] a = bag.rows.chunk(left);
    long[] b = bag.rows.chunk(right);
    int aAt = Slab.offset(left) + RowBag.ROW;
    int bAt = Slab.offset(right) + RowBag.ROW;
    for (SortKey key : keys) {
      int column = key.column();
      boolean missing = bag.layout.isNull(a, aAt, column);
      int order = nulls(missing, bag.layout.isNull(b, bAt, column), key);
      if (order == 0 && !missing) {
        long x = a[aAt + bag.layout.word(column)];
        long y = b[bAt + bag.layout.word(column)];
        order =
            switch (bag.layout.kinds[column]) {
              case LONG -> Long.compare(x, y);
              case DOUBLE -> Double.compare(Double.longBitsToDouble(x), Double.longBitsToDouble(y));
              case BYTES -> {
                int start = start(a, aAt, column);
                int other = start(b, bAt, column);
                yield Arrays.compareUnsigned(
                    bytes(a, aAt), start, start + (int) x, bytes(b, bAt), other, other + (int) y);
              }
            };
        order = key.descending() ? -Integer.signum(order) : order;
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private byte[] bytes(long[] chunk, int at) {
    return bag.heap.chunk(bag.layout.reference(chunk, at));
  }

  private int start(long[] chunk, int at, int column) {
    return ByteHeap.offset(bag.layout.reference(chunk, at))
        + bag.layout.byteStart(chunk, at, column);
  }

  private static int nulls(boolean left, boolean right, SortKey key) {
    return left == right ? 0 : left == key.nullsFirst() ? -1 : 1;
  }
}
