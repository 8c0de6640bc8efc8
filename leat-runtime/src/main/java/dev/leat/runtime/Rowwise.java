package dev.leat.runtime;

import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.data.VectorBuilder;
import dev.leat.model.Type;

/**
 * Kernels made of a function of one row: for what costs more than the call of it. A row with a NULL
 * argument gives NULL without a call.
 */
final class Rowwise {
  private Rowwise() {}

  @FunctionalInterface
  interface ToLong {
    long apply(Vector[] arguments, int row);
  }

  @FunctionalInterface
  interface ToDouble {
    double apply(Vector[] arguments, int row);
  }

  @FunctionalInterface
  interface ToText {
    String apply(Vector[] arguments, int row);
  }

  /** Appends exactly one value, or NULL. */
  @FunctionalInterface
  interface Appending {
    void apply(Vector[] arguments, int row, VectorBuilder result);
  }

  static Kernel longs(ToLong function) {
    return (arguments, n) -> {
      boolean[] nulls = Nulls.any(arguments, n);
      long[] result = new long[n];
      for (int i = 0; i < n; i++) {
        if (!Nulls.at(nulls, i)) {
          result[i] = function.apply(arguments, i);
        }
      }
      return new LongVector(result, nulls, n);
    };
  }

  static Kernel doubles(ToDouble function) {
    return (arguments, n) -> {
      boolean[] nulls = Nulls.any(arguments, n);
      double[] result = new double[n];
      for (int i = 0; i < n; i++) {
        if (!Nulls.at(nulls, i)) {
          result[i] = function.apply(arguments, i) + 0.0;
        }
      }
      return new DoubleVector(result, nulls, n);
    };
  }

  static Kernel text(ToText function) {
    return appending(
        Type.VARCHAR, (arguments, row, result) -> result.append(function.apply(arguments, row)));
  }

  static Kernel appending(Type type, Appending function) {
    return (arguments, n) -> {
      boolean[] nulls = Nulls.any(arguments, n);
      VectorBuilder result = VectorBuilder.of(type);
      for (int i = 0; i < n; i++) {
        if (Nulls.at(nulls, i)) {
          result.appendNull();
        } else {
          function.apply(arguments, i, result);
        }
      }
      return result.build();
    };
  }

  static long number(Vector[] arguments, int index, int row) {
    return ((LongVector) arguments[index]).values()[row];
  }

  static double real(Vector[] arguments, int index, int row) {
    return ((DoubleVector) arguments[index]).values()[row];
  }

  static String string(Vector[] arguments, int index, int row) {
    return ((BytesVector) arguments[index]).string(row);
  }
}
