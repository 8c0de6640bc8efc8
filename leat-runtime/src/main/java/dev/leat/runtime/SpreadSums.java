package dev.leat.runtime;

import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Variance and standard deviation of an exact type: number of values, their sum in 128 bits and the
 * sum of their squares in 192. {@code n * Σx² - (Σx)²} is then exact, however far from zero the
 * values lie, and is rounded once.
 *
 * @param word of the number; then the sum, low word first; then the squares
 * @param argument negative when values come by {@link #add} only
 * @param scale digits after the point of the values
 */
record SpreadSums(int word, int argument, int filter, int scale, Spread spread)
    implements Accumulator, Result {
  private static final int SQUARES = 3;
  private static final MathContext DIGITS = new MathContext(25);

  @Override
  public int words() {
    return 6;
  }

  @Override
  public void update(Groups groups) {
    if (argument < 0) {
      return;
    }
    LongVector vector = groups.batch.longs(argument);
    long[] weights = groups.weights(filter);
    for (int i = 0; i < groups.count; i++) {
      int row = groups.from + i;
      if (weights[i] != 0 && !vector.isNull(row)) {
        add(groups.chunk(i), groups.offset(i) + word, vector.values()[row], weights[i]);
      }
    }
  }

  /** Adds a value some times to the words that begin at a place. */
  static void add(long[] chunk, int at, long value, long weight) {
    SumAccumulator.add(chunk, at, value, weight);
    long low = value * value;
    long high = Math.multiplyHigh(value, value);
    // (high, low), which is no more than 2^126, times the weight, in three words
    long product = low * weight;
    long middle = Math.unsignedMultiplyHigh(low, weight) - (weight < 0 ? low : 0);
    long highLow = high * weight;
    long top = Math.multiplyHigh(high, weight) + (middle >> 63);
    long second = middle + highLow;
    top += Long.compareUnsigned(second, middle) < 0 ? 1 : 0;
    long first = chunk[at + SQUARES] + product;
    long carry = Long.compareUnsigned(first, product) < 0 ? 1 : 0;
    long next = chunk[at + SQUARES + 1] + second;
    long over = Long.compareUnsigned(next, second) < 0 ? 1 : 0;
    next += carry;
    over += carry != 0 && next == 0 ? 1 : 0;
    chunk[at + SQUARES] = first;
    chunk[at + SQUARES + 1] = next;
    chunk[at + SQUARES + 2] += top + over;
  }

  @Override
  public Vector result(States states) {
    double[] values = new double[states.count()];
    boolean[] nulls = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      int at = states.at(i, word);
      long count = states.words()[at];
      nulls[i] = count < spread.least();
      if (!nulls[i]) {
        values[i] = value(states.words(), at, count);
      }
    }
    return new DoubleVector(values, nulls, values.length);
  }

  private double value(long[] words, int at, long count) {
    BigInteger n = BigInteger.valueOf(count);
    BigInteger sum = number(words, at + 1, 2);
    BigInteger squares = number(words, at + SQUARES, 3);
    BigInteger spreadTimes = n.multiply(squares).subtract(sum.multiply(sum));
    BigInteger by = n.multiply(BigInteger.valueOf(spread.divisor(count)));
    double variance =
        new BigDecimal(spreadTimes, 2 * scale).divide(new BigDecimal(by), DIGITS).doubleValue();
    return spread.root() ? Math.sqrt(variance) : variance;
  }

  /** A number of some words in two's complement, low word first. */
  private static BigInteger number(long[] words, int at, int length) {
    BigInteger number = BigInteger.valueOf(words[at + length - 1]);
    for (int i = length - 2; i >= 0; i--) {
      number = number.shiftLeft(64).add(unsigned(words[at + i]));
    }
    return number;
  }

  private static BigInteger unsigned(long word) {
    BigInteger low = BigInteger.valueOf(word & Long.MAX_VALUE);
    return word < 0 ? low.setBit(63) : low;
  }
}
