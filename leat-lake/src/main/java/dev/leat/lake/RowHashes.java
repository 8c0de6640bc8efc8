package dev.leat.lake;

import dev.leat.data.Batch;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * 96 bits for each row of a batch, from a seed that only this process knows: enough to tell rows
 * apart (among 10^7 rows a wrong one is met once in 10^21 looks), and nobody can prepare rows that
 * collide.
 */
record RowHashes(long[] hashes, int[] checks) {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long SEED_A = RANDOM.nextLong();
  private static final long SEED_B = RANDOM.nextLong();
  private static final long ODD_A = 0x9E3779B97F4A7C15L;
  private static final long ODD_B = 0xD6E8FEB86659FD93L;
  private static final long NULL_VALUE = 0x5851F42D4C957F2DL;

  static RowHashes of(Batch batch) {
    int size = batch.size();
    long[] a = new long[size];
    long[] b = new long[size];
    Arrays.fill(a, SEED_A);
    Arrays.fill(b, SEED_B);
    for (Vector column : batch.columns()) {
      mixIn(column, a, b, size);
    }
    int[] checks = new int[size];
    for (int i = 0; i < size; i++) {
      checks[i] = (int) (b[i] >>> 32);
    }
    return new RowHashes(a, checks);
  }

  private static void mixIn(Vector column, long[] a, long[] b, int size) {
    for (int i = 0; i < size; i++) {
      if (column.isNull(i)) {
        mix(a, b, i, NULL_VALUE);
        mix(a, b, i, 1);
      } else {
        switch (column) {
          case LongVector v -> mix(a, b, i, v.values()[i]);
          case DoubleVector v -> mix(a, b, i, Double.doubleToLongBits(v.values()[i]));
          case BytesVector v -> mixBytes(a, b, i, v.data(), v.start(i), v.length(i));
        }
      }
    }
  }

  private static void mixBytes(long[] a, long[] b, int row, byte[] data, int start, int length) {
    int whole = start + (length & ~7);
    for (int i = start; i < whole; i += 8) {
      mix(a, b, row, (long) EIGHT.get(data, i));
    }
    int rest = length & 7;
    if (rest != 0) {
      mix(a, b, row, (long) EIGHT.get(data, whole) & (-1L >>> (64 - 8 * rest)));
    }
    mix(a, b, row, length);
  }

  private static void mix(long[] a, long[] b, int row, long value) {
    long x = (a[row] ^ value) * ODD_A;
    x ^= x >>> 32;
    a[row] = (x ^ SEED_B) * ODD_B;
    long y = (b[row] + value) * ODD_B;
    y ^= y >>> 29;
    b[row] = (y ^ SEED_A) * ODD_A;
  }
}
