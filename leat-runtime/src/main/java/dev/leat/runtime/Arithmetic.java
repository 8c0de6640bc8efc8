package dev.leat.runtime;

import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;

/**
 * Checked arithmetic of INTEGER and BIGINT, and of DECIMALs of one scale. The loops compute first
 * and gather a sign bit of anything that went wrong; only then is the row looked for.
 */
final class Arithmetic {
  private Arithmetic() {}

  static Kernel kernel(Expr.Call call) {
    Type type = call.type();
    return switch (type) {
      case Type.Float64 _ -> DoubleArithmetic.kernel(call.function());
      case Type.Decimal result -> Decimals.kernel(call, result);
      default -> whole(call.function(), type);
    };
  }

  /** Also right for DECIMAL where all scales are the same (TIMES and DIVIDE excepted). */
  static Kernel whole(Function function, Type type) {
    return switch (function) {
      case PLUS -> (a, n) -> plus((LongVector) a[0], (LongVector) a[1], n, type);
      case MINUS -> (a, n) -> minus((LongVector) a[0], (LongVector) a[1], n, type);
      case TIMES -> (a, n) -> times((LongVector) a[0], (LongVector) a[1], n, type);
      case DIVIDE -> (a, n) -> divide((LongVector) a[0], (LongVector) a[1], n, type);
      case MOD -> (a, n) -> mod((LongVector) a[0], (LongVector) a[1], n, type);
      case NEGATE -> (a, n) -> negate((LongVector) a[0], n, type);
      default -> throw new IllegalArgumentException(function.name());
    };
  }

  private static Vector plus(LongVector a, LongVector b, int n, Type type) {
    Range range = Range.of(type);
    long[] x = a.values();
    long[] y = b.values();
    long[] r = new long[n];
    long wrong = 0;
    for (int i = 0; i < n; i++) {
      long sum = x[i] + y[i];
      wrong |= ((x[i] ^ sum) & (y[i] ^ sum)) | outside(sum, range);
      r[i] = sum;
    }
    return checked(a, b, r, n, wrong, type, "+");
  }

  private static Vector minus(LongVector a, LongVector b, int n, Type type) {
    Range range = Range.of(type);
    long[] x = a.values();
    long[] y = b.values();
    long[] r = new long[n];
    long wrong = 0;
    for (int i = 0; i < n; i++) {
      long difference = x[i] - y[i];
      wrong |= ((x[i] ^ y[i]) & (x[i] ^ difference)) | outside(difference, range);
      r[i] = difference;
    }
    return checked(a, b, r, n, wrong, type, "-");
  }

  private static Vector times(LongVector a, LongVector b, int n, Type type) {
    Range range = Range.of(type);
    long[] x = a.values();
    long[] y = b.values();
    long[] r = new long[n];
    long wrong = 0;
    for (int i = 0; i < n; i++) {
      long product = x[i] * y[i];
      long high = Math.multiplyHigh(x[i], y[i]) ^ (product >> 63);
      wrong |= high | -high | outside(product, range);
      r[i] = product;
    }
    return checked(a, b, r, n, wrong, type, "*");
  }

  /** Negative for a value outside the range. */
  private static long outside(long value, Range range) {
    return value < range.minimum() || value > range.maximum() ? -1 : 0;
  }

  private static Vector checked(
      LongVector a, LongVector b, long[] r, int n, long wrong, Type type, String sign) {
    boolean[] nulls = Nulls.either(a, b, n);
    if (wrong < 0) {
      Range range = Range.of(type);
      for (int i = 0; i < n; i++) {
        if (!Nulls.at(nulls, i)) {
          check(a.values()[i], b.values()[i], range, type, sign);
        }
      }
    }
    Nulls.clear(r, nulls, n);
    return new LongVector(r, nulls, n);
  }

  private static void check(long x, long y, Range range, Type type, String sign) {
    try {
      long exact =
          switch (sign) {
            case "+" -> Math.addExact(x, y);
            case "-" -> Math.subtractExact(x, y);
            default -> Math.multiplyExact(x, y);
          };
      if (range.holds(exact)) {
        return;
      }
    } catch (ArithmeticException _) {
      // told below
    }
    throw ValueErrors.doesNotFit(
        Decimals.text(x, type) + " " + sign + " " + Decimals.text(y, type), type);
  }

  private static Vector divide(LongVector a, LongVector b, int n, Type type) {
    boolean[] nulls = Nulls.either(a, b, n);
    Range range = Range.of(type);
    long[] r = new long[n];
    for (int i = 0; i < n; i++) {
      if (!Nulls.at(nulls, i)) {
        long x = a.values()[i];
        long y = b.values()[i];
        if (y == 0) {
          throw ValueErrors.divisionByZero(x + " / 0");
        }
        r[i] = x / y;
        if (y == -1 && x == range.minimum()) {
          throw ValueErrors.doesNotFit(x + " / -1", type);
        }
      }
    }
    return new LongVector(r, nulls, n);
  }

  private static Vector mod(LongVector a, LongVector b, int n, Type type) {
    boolean[] nulls = Nulls.either(a, b, n);
    long[] r = new long[n];
    for (int i = 0; i < n; i++) {
      if (!Nulls.at(nulls, i)) {
        if (b.values()[i] == 0) {
          throw ValueErrors.divisionByZero(Decimals.text(a.values()[i], type) + " % 0");
        }
        r[i] = a.values()[i] % b.values()[i];
      }
    }
    return new LongVector(r, nulls, n);
  }

  private static Vector negate(LongVector a, int n, Type type) {
    Range range = Range.of(type);
    long[] r = new long[n];
    for (int i = 0; i < n; i++) {
      long x = a.values()[i];
      if (x == Long.MIN_VALUE || !range.holds(-x)) {
        throw ValueErrors.doesNotFit("-(" + x + ")", type);
      }
      r[i] = -x;
    }
    return new LongVector(r, a.nulls(), n);
  }
}
