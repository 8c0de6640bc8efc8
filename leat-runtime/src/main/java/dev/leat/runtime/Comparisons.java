package dev.leat.runtime;

import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Comparisons of columns of one type; 1 is TRUE. */
final class Comparisons {
  private Comparisons() {}

  static Kernel kernel(Function function, List<Expr> arguments) {
    return switch (function) {
      case EQ -> (a, n) -> strict(a, n, equal(a[0], a[1], n));
      case NE -> (a, n) -> strict(a, n, turned(equal(a[0], a[1], n), n));
      case LT -> (a, n) -> strict(a, n, less(a[0], a[1], n));
      case GT -> (a, n) -> strict(a, n, less(a[1], a[0], n));
      case LE -> (a, n) -> strict(a, n, turned(less(a[1], a[0], n), n));
      case GE -> (a, n) -> strict(a, n, turned(less(a[0], a[1], n), n));
      case IS_DISTINCT_FROM -> (a, n) -> total(turned(same(a[0], a[1], n), n), n);
      case IS_NOT_DISTINCT_FROM -> (a, n) -> total(same(a[0], a[1], n), n);
      case IN -> in(arguments);
      default -> throw new IllegalArgumentException(function.name());
    };
  }

  private static Vector strict(Vector[] arguments, int n, long[] result) {
    boolean[] nulls = Nulls.either(arguments[0], arguments[1], n);
    Nulls.clear(result, nulls, n);
    return new LongVector(result, nulls, n);
  }

  private static Vector total(long[] result, int n) {
    return new LongVector(result, Vector.NO_NULLS, n);
  }

  private static long[] turned(long[] result, int n) {
    for (int i = 0; i < n; i++) {
      result[i] ^= 1;
    }
    return result;
  }

  private static long[] same(Vector a, Vector b, int n) {
    long[] result = equal(a, b, n);
    if (a.hasNulls() || b.hasNulls()) {
      for (int i = 0; i < n; i++) {
        boolean p = a.isNull(i);
        boolean q = b.isNull(i);
        result[i] = p | q ? (p & q ? 1 : 0) : result[i];
      }
    }
    return result;
  }

  static long[] equal(Vector a, Vector b, int n) {
    long[] result = new long[n];
    switch (a) {
      case LongVector x -> {
        long[] left = x.values();
        long[] right = ((LongVector) b).values();
        for (int i = 0; i < n; i++) {
          result[i] = left[i] == right[i] ? 1 : 0;
        }
      }
      case DoubleVector x -> {
        double[] left = x.values();
        double[] right = ((DoubleVector) b).values();
        for (int i = 0; i < n; i++) {
          double p = left[i];
          double q = right[i];
          result[i] = p == q || (Double.isNaN(p) && Double.isNaN(q)) ? 1 : 0;
        }
      }
      case BytesVector x -> {
        BytesVector y = (BytesVector) b;
        for (int i = 0; i < n; i++) {
          result[i] =
              Arrays.equals(
                      x.data(),
                      x.offsets()[i],
                      x.offsets()[i + 1],
                      y.data(),
                      y.offsets()[i],
                      y.offsets()[i + 1])
                  ? 1
                  : 0;
        }
      }
    }
    return result;
  }

  private static long[] less(Vector a, Vector b, int n) {
    long[] result = new long[n];
    switch (a) {
      case LongVector x -> {
        long[] left = x.values();
        long[] right = ((LongVector) b).values();
        for (int i = 0; i < n; i++) {
          result[i] = left[i] < right[i] ? 1 : 0;
        }
      }
      case DoubleVector x -> {
        double[] left = x.values();
        double[] right = ((DoubleVector) b).values();
        for (int i = 0; i < n; i++) {
          double p = left[i];
          double q = right[i];
          result[i] = p < q || (Double.isNaN(q) && !Double.isNaN(p)) ? 1 : 0;
        }
      }
      case BytesVector x -> {
        BytesVector y = (BytesVector) b;
        for (int i = 0; i < n; i++) {
          result[i] = compare(x, i, y, i) < 0 ? 1 : 0;
        }
      }
    }
    return result;
  }

  /** Sign of the order of two values of one type; NaN last. */
  static int compare(Vector a, int i, Vector b, int j) {
    return switch (a) {
      case LongVector x -> Long.compare(x.values()[i], ((LongVector) b).values()[j]);
      case DoubleVector x -> Double.compare(x.values()[i], ((DoubleVector) b).values()[j]);
      case BytesVector x -> {
        BytesVector y = (BytesVector) b;
        yield Arrays.compareUnsigned(
            x.data(),
            x.offsets()[i],
            x.offsets()[i + 1],
            y.data(),
            y.offsets()[j],
            y.offsets()[j + 1]);
      }
    };
  }

  private static Kernel in(List<Expr> arguments) {
    List<Object> constants =
        arguments.stream().skip(1).map(e -> ((Expr.Literal) e).value().orElseThrow()).toList();
    return switch (arguments.getFirst().type().physical()) {
      case LONG -> {
        long[] sorted = constants.stream().mapToLong(c -> (Long) c).sorted().toArray();
        yield (a, n) -> inLongs((LongVector) a[0], n, sorted);
      }
      case DOUBLE -> {
        double[] sorted = constants.stream().mapToDouble(c -> (Double) c).sorted().toArray();
        yield (a, n) -> inDoubles((DoubleVector) a[0], n, sorted);
      }
      case BYTES -> {
        byte[][] sorted =
            constants.stream()
                .map(c -> ((String) c).getBytes(StandardCharsets.UTF_8))
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);
        yield (a, n) -> inBytes((BytesVector) a[0], n, sorted);
      }
    };
  }

  private static Vector inLongs(LongVector a, int n, long[] sorted) {
    long[] result = new long[n];
    for (int i = 0; i < n; i++) {
      result[i] = Arrays.binarySearch(sorted, a.values()[i]) >= 0 ? 1 : 0;
    }
    Nulls.clear(result, a.nulls(), n);
    return new LongVector(result, a.nulls(), n);
  }

  private static Vector inDoubles(DoubleVector a, int n, double[] sorted) {
    long[] result = new long[n];
    for (int i = 0; i < n; i++) {
      result[i] = Arrays.binarySearch(sorted, a.values()[i]) >= 0 ? 1 : 0;
    }
    Nulls.clear(result, a.nulls(), n);
    return new LongVector(result, a.nulls(), n);
  }

  private static Vector inBytes(BytesVector a, int n, byte[][] sorted) {
    long[] result = new long[n];
    for (int i = 0; i < n; i++) {
      int low = 0;
      int high = sorted.length - 1;
      while (low <= high && result[i] == 0) {
        int middle = (low + high) >>> 1;
        byte[] constant = sorted[middle];
        int order =
            Arrays.compareUnsigned(
                a.data(), a.offsets()[i], a.offsets()[i + 1], constant, 0, constant.length);
        result[i] = order == 0 ? 1 : 0;
        low = order > 0 ? middle + 1 : low;
        high = order < 0 ? middle - 1 : high;
      }
    }
    Nulls.clear(result, a.nulls(), n);
    return new LongVector(result, a.nulls(), n);
  }
}
