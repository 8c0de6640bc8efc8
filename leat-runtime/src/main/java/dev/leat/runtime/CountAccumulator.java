package dev.leat.runtime;

import dev.leat.data.LongVector;
import dev.leat.data.Vector;

/**
 * {@code COUNT(x)}: the sum of the weights of the rows whose x is there; {@code COUNT(*)} likewise
 * of all rows.
 *
 * @param word of the count
 * @param argument negative for COUNT(*)
 */
record CountAccumulator(int word, int argument, int filter) implements Accumulator, Result {
  @Override
  public int words() {
    return 1;
  }

  @Override
  public void update(Groups groups) {
    if (argument < 0 || !groups.batch.column(argument).hasNulls()) {
      add(groups, filter, word);
      return;
    }
    long[] weights = groups.weights(filter);
    boolean[] nulls = groups.batch.column(argument).nulls();
    for (int i = 0; i < groups.count; i++) {
      if (!nulls[groups.from + i]) {
        groups.chunk(i)[groups.offset(i) + word] += weights[i];
      }
    }
  }

  /** Adds the weight of every row to a word of its group. */
  static void add(Groups groups, int filter, int word) {
    long[] weights = groups.weights(filter);
    if (groups.single) {
      long sum = 0;
      for (int i = 0; i < groups.count; i++) {
        sum += weights[i];
      }
      groups.chunk(0)[groups.offset(0) + word] += sum;
      return;
    }
    for (int i = 0; i < groups.count; i++) {
      groups.chunk(i)[groups.offset(i) + word] += weights[i];
    }
  }

  @Override
  public Vector result(States states) {
    return read(states, word);
  }

  static LongVector read(States states, int word) {
    long[] values = new long[states.count()];
    for (int i = 0, at = states.at(0, word); i < values.length; i++, at += states.stride()) {
      values[i] = states.words()[at];
    }
    return new LongVector(values, Vector.NO_NULLS, values.length);
  }
}
