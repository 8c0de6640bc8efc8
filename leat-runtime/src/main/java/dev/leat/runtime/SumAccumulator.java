package dev.leat.runtime;

import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Type;

/**
 * {@code SUM(x)} and {@code AVG(x)} of an exact type: number of values and their sum in 128 bits,
 * so that only a result that does not fit is an error, not the way to it.
 *
 * @param word of the number; then the low and the high word of the sum
 * @param factor see {@link ExactResult#read}
 */
record SumAccumulator(int word, int argument, int filter, Type type, long factor)
    implements Accumulator, Result {
  @Override
  public int words() {
    return 3;
  }

  @Override
  public void update(Groups groups) {
    LongVector vector = groups.batch.longs(argument);
    long[] values = vector.values();
    boolean[] nulls = vector.nulls();
    long[] weights = groups.weights(filter);
    int from = groups.from;
    for (int i = 0; i < groups.count; i++) {
      long weight = weights[i];
      if (weight != 0 && (nulls.length == 0 || !nulls[from + i])) {
        add(groups.chunk(i), groups.offset(i) + word, values[from + i], weight);
      }
    }
  }

  /** Adds a value some times to the number and the sum that begin at a place. */
  static void add(long[] chunk, int at, long value, long weight) {
    long low = value * weight;
    long high = weight == 1 ? value >> 63 : Math.multiplyHigh(value, weight);
    long old = chunk[at + 1];
    long sum = old + low;
    long carry = ((old & low) | ((old | low) & ~sum)) >>> 63;
    chunk[at] += weight;
    chunk[at + 1] = sum;
    chunk[at + 2] += high + carry;
  }

  @Override
  public Vector result(States states) {
    return ExactResult.read(states, word, type, factor);
  }
}
