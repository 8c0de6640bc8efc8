package dev.leat.runtime;

import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Exact decimals of 64 bits: rounded half away from zero, checked. */
final class Decimals {
  /** A DOUBLE has every whole number up to here, so that a division rounds but once. */
  private static final long WHOLE = 1L << 53;

  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private Decimals() {}

  /** 10 to the exponent, which is 0 to 18. */
  static long power(int exponent) {
    return POWERS[exponent];
  }

  static int scale(Type type) {
    return type instanceof Type.Decimal d ? d.scale() : 0;
  }

  /** As people write it. */
  static String text(long unscaled, Type type) {
    return type instanceof Type.Decimal d
        ? BigDecimal.valueOf(unscaled, d.scale()).toPlainString()
        : Long.toString(unscaled);
  }

  /** The nearest DOUBLE. */
  static double real(long unscaled, int scale) {
    return unscaled <= WHOLE && unscaled >= -WHOLE
        ? (double) unscaled / POWERS[scale]
        : BigDecimal.valueOf(unscaled, scale).doubleValue();
  }

  static Kernel kernel(Expr.Call call, Type.Decimal result) {
    Function function = call.function();
    int left = scale(call.arguments().getFirst().type());
    if (function == Function.NEGATE) {
      return Arithmetic.whole(function, result);
    }
    int right = scale(call.arguments().get(1).type());
    boolean direct =
        function == Function.TIMES
            ? left + right == result.scale()
            : function != Function.DIVIDE && left == right && left == result.scale();
    if (direct) {
      return Arithmetic.whole(function, result);
    }
    return (a, n) -> rows(function, (LongVector) a[0], (LongVector) a[1], n, left, right, result);
  }

  private static Vector rows(
      Function function,
      LongVector a,
      LongVector b,
      int n,
      int left,
      int right,
      Type.Decimal type) {
    boolean[] nulls = Nulls.either(a, b, n);
    long[] r = new long[n];
    for (int i = 0; i < n; i++) {
      if (!Nulls.at(nulls, i)) {
        r[i] = exact(function, a.values()[i], left, b.values()[i], right, type);
      }
    }
    return new LongVector(r, nulls, n);
  }

  private static long exact(
      Function function, long x, int left, long y, int right, Type.Decimal type) {
    return switch (function) {
      case TIMES -> product(x, left, y, right, type);
      case DIVIDE -> quotient(x, left, y, right, type);
      default -> {
        BigDecimal p = BigDecimal.valueOf(x, left);
        BigDecimal q = BigDecimal.valueOf(y, right);
        yield unscaled(
            switch (function) {
              case PLUS -> p.add(q);
              case MINUS -> p.subtract(q);
              case MOD -> {
                if (y == 0) {
                  throw ValueErrors.divisionByZero(p.toPlainString() + " % 0");
                }
                yield p.remainder(q);
              }
              default -> throw new IllegalArgumentException(function.name());
            },
            type);
      }
    };
  }

  private static long product(long x, int left, long y, int right, Type.Decimal type) {
    long low = x * y;
    int surplus = left + right - type.scale();
    if (Math.multiplyHigh(x, y) == low >> 63 && surplus > 0 && surplus <= 18) {
      long rounded = dividedHalfUp(low, POWERS[surplus]);
      if (Range.of(type).holds(rounded)) {
        return rounded;
      }
    }
    return unscaled(BigDecimal.valueOf(x, left).multiply(BigDecimal.valueOf(y, right)), type);
  }

  private static long quotient(long x, int left, long y, int right, Type.Decimal type) {
    if (y == 0) {
      throw ValueErrors.divisionByZero(BigDecimal.valueOf(x, left).toPlainString() + " / 0");
    }
    int shift = type.scale() - left + right;
    if (shift >= 0 && shift <= 18) {
      long shifted = x * POWERS[shift];
      if (Math.multiplyHigh(x, POWERS[shift]) == shifted >> 63 && shifted != Long.MIN_VALUE) {
        long rounded = dividedHalfUp(shifted, y);
        if (Range.of(type).holds(rounded)) {
          return rounded;
        }
      }
    }
    BigDecimal exact =
        BigDecimal.valueOf(x, left)
            .divide(BigDecimal.valueOf(y, right), type.scale(), RoundingMode.HALF_UP);
    return unscaled(exact, type);
  }

  /** Rounded half away from zero. */
  static long dividedHalfUp(long value, long divisor) {
    long quotient = value / divisor;
    long rest = Math.abs(value % divisor);
    boolean away = rest >= Math.abs(divisor) - rest;
    return away ? quotient + ((value ^ divisor) < 0 ? -1 : 1) : quotient;
  }

  /** The value in an exact type, rounded half away from zero; LEAT-6002 if it does not fit. */
  static long unscaled(BigDecimal value, Type type) {
    BigInteger unscaled = value.setScale(scale(type), RoundingMode.HALF_UP).unscaledValue();
    if (unscaled.bitLength() > 63 || !Range.of(type).holds(unscaled.longValue())) {
      throw ValueErrors.doesNotFit(value.toPlainString(), type);
    }
    return unscaled.longValue();
  }
}
