package dev.leat.runtime;

import dev.leat.sql.Plan.AggregateFunction;

/**
 * Which of the four measures of spread.
 *
 * @param sample divided by n - 1 rather than n
 * @param root the standard deviation rather than the variance
 */
record Spread(boolean sample, boolean root) {

  static Spread of(AggregateFunction function) {
    return switch (function) {
      case VAR_POP -> new Spread(false, false);
      case VAR_SAMP -> new Spread(true, false);
      case STDDEV_POP -> new Spread(false, true);
      case STDDEV_SAMP -> new Spread(true, true);
      default -> throw new IllegalArgumentException(function.name());
    };
  }

  /** How many values there must be for there to be an answer. */
  int least() {
    return sample ? 2 : 1;
  }

  long divisor(long count) {
    return sample ? count - 1 : count;
  }

  /** Of values in their order, each some times, in two passes. */
  double of(double[] values, long[] counts, int size) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i] * counts[i];
      count += counts[i];
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      double distance = values[i] - mean;
      squares += distance * distance * counts[i];
    }
    double variance = squares / divisor(count);
    return root ? Math.sqrt(variance) : variance;
  }
}
