package dev.leat.runtime;

import dev.leat.data.DoubleVector;
import dev.leat.data.Vector;
import dev.leat.sql.Function;

/** Arithmetic of DOUBLE: IEEE 754, with -0.0 stored as 0.0. */
final class DoubleArithmetic {
  private DoubleArithmetic() {}

  static Kernel kernel(Function function) {
    return switch (function) {
      case PLUS -> (a, n) -> finished(a, n, plus(values(a, 0), values(a, 1), n));
      case MINUS -> (a, n) -> finished(a, n, minus(values(a, 0), values(a, 1), n));
      case TIMES -> (a, n) -> finished(a, n, times(values(a, 0), values(a, 1), n));
      case DIVIDE -> (a, n) -> finished(a, n, divide(values(a, 0), values(a, 1), n));
      case MOD -> (a, n) -> finished(a, n, mod(values(a, 0), values(a, 1), n));
      case NEGATE -> (a, n) -> finished(a, n, negate(values(a, 0), n));
      default -> throw new IllegalArgumentException(function.name());
    };
  }

  private static double[] values(Vector[] arguments, int index) {
    return ((DoubleVector) arguments[index]).values();
  }

  private static Vector finished(Vector[] arguments, int n, double[] result) {
    boolean[] nulls = Nulls.any(arguments, n);
    for (int i = 0; i < n; i++) {
      result[i] += 0.0; // -0.0 becomes 0.0
    }
    Nulls.clear(result, nulls, n);
    return new DoubleVector(result, nulls, n);
  }

  private static double[] plus(double[] x, double[] y, int n) {
    double[] r = new double[n];
    for (int i = 0; i < n; i++) {
      r[i] = x[i] + y[i];
    }
    return r;
  }

  private static double[] minus(double[] x, double[] y, int n) {
    double[] r = new double[n];
    for (int i = 0; i < n; i++) {
      r[i] = x[i] - y[i];
    }
    return r;
  }

  private static double[] times(double[] x, double[] y, int n) {
    double[] r = new double[n];
    for (int i = 0; i < n; i++) {
      r[i] = x[i] * y[i];
    }
    return r;
  }

  private static double[] divide(double[] x, double[] y, int n) {
    double[] r = new double[n];
    for (int i = 0; i < n; i++) {
      r[i] = x[i] / y[i];
    }
    return r;
  }

  private static double[] mod(double[] x, double[] y, int n) {
    double[] r = new double[n];
    for (int i = 0; i < n; i++) {
      r[i] = x[i] % y[i];
    }
    return r;
  }

  private static double[] negate(double[] x, int n) {
    double[] r = new double[n];
    for (int i = 0; i < n; i++) {
      r[i] = -x[i];
    }
    return r;
  }
}
