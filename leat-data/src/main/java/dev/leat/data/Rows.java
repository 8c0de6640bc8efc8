package dev.leat.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Hashes and compares rows of batches. NULL equals NULL here, NaN equals NaN. */
public final class Rows {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long NULL_HASH = 0x5851F42D4C957F2DL;

  private Rows() {}

  /** A hash of each row over the columns named; equal rows have equal hashes in every process. */
  public static long[] hash(Batch batch, int[] columns) {
    long[] hashes = new long[batch.size()];
    for (int column : columns) {
      mixIn(batch.column(column), hashes, batch.size());
    }
    return hashes;
  }

  /** A hash of each row over all columns. */
  public static long[] hash(Batch batch) {
    return hash(batch, allColumns(batch));
  }

  public static int[] allColumns(Batch batch) {
    int[] all = new int[batch.columns().size()];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private static void mixIn(Vector vector, long[] hashes, int size) {
    boolean[] nulls = vector.nulls();
    boolean some = nulls.length != 0;
    switch (vector) {
      case LongVector v -> {
        long[] values = v.values();
        for (int i = 0; i < size; i++) {
          hashes[i] = combine(hashes[i], some && nulls[i] ? NULL_HASH : values[i]);
        }
      }
      case DoubleVector v -> {
        double[] values = v.values();
        for (int i = 0; i < size; i++) {
          hashes[i] =
              combine(hashes[i], some && nulls[i] ? NULL_HASH : Double.doubleToLongBits(values[i]));
        }
      }
      case BytesVector v -> {
        for (int i = 0; i < size; i++) {
          hashes[i] =
              combine(
                  hashes[i],
                  some && nulls[i] ? NULL_HASH : hashBytes(v.data(), v.start(i), v.length(i)));
        }
      }
    }
  }

  static long combine(long hash, long value) {
    long h = (hash ^ value) * GOLDEN;
    h ^= h >>> 32;
    return h * 0xC2B2AE3D27D4EB4FL + 1;
  }

  /** A hash of a slice; reads up to seven bytes past its end, within the padding. */
  public static long hashBytes(byte[] data, int start, int length) {
    long h = length * GOLDEN;
    int i = start;
    int end = start + (length & ~7);
    for (; i < end; i += 8) {
      h ^= (long) EIGHT.get(data, i);
      h *= 0xFF51AFD7ED558CCDL;
      h ^= h >>> 32;
    }
    int rest = length & 7;
    if (rest != 0) {
      h ^= (long) EIGHT.get(data, i) & (-1L >>> (64 - 8 * rest));
    }
    h *= 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 29);
  }

  /** Whether two rows hold the same values in the columns named of each. */
  public static boolean same(
      Batch left, int leftRow, int[] leftColumns, Batch right, int rightRow, int[] rightColumns) {
    for (int i = 0; i < leftColumns.length; i++) {
      if (!same(left.column(leftColumns[i]), leftRow, right.column(rightColumns[i]), rightRow)) {
        return false;
      }
    }
    return true;
  }

  /** Whether two values of the same physical form are the same, or both missing. */
  public static boolean same(Vector left, int leftRow, Vector right, int rightRow) {
    boolean leftNull = left.isNull(leftRow);
    if (leftNull || right.isNull(rightRow)) {
      return leftNull && right.isNull(rightRow);
    }
    return switch (left) {
      case LongVector v -> v.values()[leftRow] == ((LongVector) right).values()[rightRow];
      case DoubleVector v ->
          Double.doubleToLongBits(v.values()[leftRow])
              == Double.doubleToLongBits(((DoubleVector) right).values()[rightRow]);
      case BytesVector v -> {
        BytesVector w = (BytesVector) right;
        yield Arrays.equals(
            v.data(),
            v.start(leftRow),
            v.start(leftRow) + v.length(leftRow),
            w.data(),
            w.start(rightRow),
            w.start(rightRow) + w.length(rightRow));
      }
    };
  }
}
