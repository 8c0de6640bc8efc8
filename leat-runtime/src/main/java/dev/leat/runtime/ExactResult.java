package dev.leat.runtime;

import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Type;
import java.math.BigInteger;

/** Turns exact sums, held in 128 bits, into SUM and AVG. */
final class ExactResult {
  private static final long DECIMAL_LIMIT = 999_999_999_999_999_999L;
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

  private ExactResult() {}

  /** How much larger the unscaled value of an average is than that of what is averaged. */
  static long averageFactor(Type argument, Type result) {
    int from = argument instanceof Type.Decimal d ? d.scale() : 0;
    int to = result instanceof Type.Decimal d ? d.scale() : 0;
    long factor = 1;
    for (int i = from; i < to; i++) {
      factor *= 10;
    }
    return factor;
  }

  /**
   * A column of sums or averages.
   *
   * @param word of the number of values; after it the low and the high word of the sum
   * @param factor 0 for the sum itself, else by what the average is scaled
   */
  static Vector read(Result.States states, int word, Type type, long factor) {
    int count = states.count();
    long[] values = new long[count];
    boolean[] nulls = Vector.NO_NULLS;
    long[] words = states.words();
    for (int i = 0; i < count; i++) {
      int at = states.at(i, word);
      long number = words[at];
      if (number == 0) {
        nulls = nulls.length == 0 ? new boolean[count] : nulls;
        nulls[i] = true;
      } else if (factor == 0) {
        values[i] = sum(words[at + 1], words[at + 2], type);
      } else {
        values[i] = average(words[at + 1], words[at + 2], number, factor, type);
      }
    }
    return new LongVector(values, nulls, count);
  }

  private static long sum(long low, long high, Type type) {
    if (high != low >> 63) {
      throw overflow("SUM", wide(low, high), type);
    }
    return checked("SUM", low, type);
  }

  private static long average(long low, long high, long number, long factor, Type type) {
    if (high == low >> 63 && Math.multiplyHigh(low, factor) == (low * factor) >> 63) {
      long scaled = low * factor;
      long quotient = scaled / number;
      long rest = Math.abs(scaled % number);
      if (rest >= number - rest) {
        quotient += scaled < 0 ? -1 : 1;
      }
      return checked("AVG", quotient, type);
    }
    BigInteger scaled = wide(low, high).multiply(BigInteger.valueOf(factor));
    BigInteger divisor = BigInteger.valueOf(number);
    BigInteger[] parts = scaled.abs().divideAndRemainder(divisor);
    BigInteger rounded =
        parts[1].shiftLeft(1).compareTo(divisor) >= 0 ? parts[0].add(BigInteger.ONE) : parts[0];
    BigInteger signed = scaled.signum() < 0 ? rounded.negate() : rounded;
    if (signed.bitLength() > 63) {
      throw overflow("AVG", signed, type);
    }
    return checked("AVG", signed.longValueExact(), type);
  }

  private static BigInteger wide(long low, long high) {
    BigInteger unsigned = BigInteger.valueOf(low);
    if (low < 0) {
      unsigned = unsigned.add(TWO_64);
    }
    return BigInteger.valueOf(high).shiftLeft(64).add(unsigned);
  }

  private static long checked(String function, long value, Type type) {
    if (type instanceof Type.Decimal && (value > DECIMAL_LIMIT || value < -DECIMAL_LIMIT)) {
      throw overflow(function, BigInteger.valueOf(value), type);
    }
    return value;
  }

  private static LeatException overflow(String function, BigInteger value, Type type) {
    return new LeatException(
        Problem.of(
            ErrorCode.MILL_ARITHMETIC,
            function + " gives " + value + " (unscaled), which does not fit " + type.sql() + ".",
            "Cast the argument to DOUBLE, or to a DECIMAL of smaller scale."));
  }
}
