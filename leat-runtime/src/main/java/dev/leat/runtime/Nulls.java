package dev.leat.runtime;

import dev.leat.data.Vector;

/** Which rows are NULL, for kernels. */
final class Nulls {
  private Nulls() {}

  /** NULL where either is. */
  static boolean[] either(Vector a, Vector b, int size) {
    if (!a.hasNulls()) {
      return b.nulls();
    }
    if (!b.hasNulls()) {
      return a.nulls();
    }
    boolean[] x = a.nulls();
    boolean[] y = b.nulls();
    boolean[] either = new boolean[size];
    for (int i = 0; i < size; i++) {
      either[i] = x[i] | y[i];
    }
    return either;
  }

  /** NULL where any is. */
  static boolean[] any(Vector[] vectors, int size) {
    boolean[] any = Vector.NO_NULLS;
    for (Vector vector : vectors) {
      if (vector.hasNulls()) {
        boolean[] nulls = vector.nulls();
        if (any.length == 0) {
          any = nulls;
        } else {
          boolean[] both = new boolean[size];
          for (int i = 0; i < size; i++) {
            both[i] = any[i] | nulls[i];
          }
          any = both;
        }
      }
    }
    return any;
  }

  /** Puts 0 where NULL is, as vectors promise. */
  static void clear(long[] values, boolean[] nulls, int size) {
    if (nulls.length != 0) {
      for (int i = 0; i < size; i++) {
        values[i] = nulls[i] ? 0 : values[i];
      }
    }
  }

  static void clear(double[] values, boolean[] nulls, int size) {
    if (nulls.length != 0) {
      for (int i = 0; i < size; i++) {
        values[i] = nulls[i] ? 0 : values[i];
      }
    }
  }

  static boolean at(boolean[] nulls, int row) {
    return nulls.length != 0 && nulls[row];
  }
}
