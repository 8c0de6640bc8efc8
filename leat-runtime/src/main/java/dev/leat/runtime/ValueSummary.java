package dev.leat.runtime;

import dev.leat.data.DoubleVector;
import dev.leat.data.Vector;
import dev.leat.model.Type;
import java.util.Arrays;

/**
 * A number worked out anew from all values of each touched group, in their order, so that it does
 * not depend on the order of the rows: MEDIAN, and the spread of DOUBLE values.
 */
final class ValueSummary implements ValueIndex.Use, Accumulator, Result {
  private static final int VALUE = 1;

  /** From values in their order, each some times; there is at least one. */
  interface Formula {
    double of(double[] values, long[] counts, int size);
  }

  private final int word; // 1 when there is an answer; then its bits
  private final int filter;
  private final boolean distinct;
  private final int least;
  private final Formula formula;
  private final int scale;
  private final SortedValues sorted;
  private double[] values = new double[64];

  /**
   * @param least how many values there must be for an answer other than NULL
   * @param type of the values
   */
  ValueSummary(int word, int filter, boolean distinct, int least, Formula formula, Type type) {
    this.word = word;
    this.filter = filter;
    this.distinct = distinct;
    this.least = least;
    this.formula = formula;
    scale = Decimals.scale(type);
    sorted = new SortedValues(this);
  }

  @Override
  public void attach(ValueIndex index) {
    sorted.attach(index);
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(double[] values, long[] counts, int size) {
    long count = 0;
    for (int i = 0; i < size; i++) {
      count += counts[i];
    }
    double low = at(values, counts, (count - 1) / 2);
    return count % 2 == 1 ? low : low * 0.5 + at(values, counts, count / 2) * 0.5;
  }

  private static double at(double[] values, long[] counts, long place) {
    int i = 0;
    for (long before = counts[0]; before <= place; before += counts[i]) {
      i++;
    }
    return values[i];
  }

  @Override
  public int filter() {
    return filter;
  }

  @Override
  public int words() {
    return 2;
  }

  @Override
  public void settle(Groups groups) {
    for (int t = 0; t < groups.touchedCount; t++) {
      long[] chunk = groups.slab.chunk(groups.touched[t]);
      int record = Slab.offset(groups.touched[t]);
      sorted.read(chunk, record, distinct);
      boolean answered = sorted.count >= least;
      chunk[record + word] = answered ? 1 : 0;
      chunk[record + word + VALUE] = answered ? Double.doubleToLongBits(answer() + 0.0) : 0;
    }
  }

  private double answer() {
    if (values.length < sorted.size) {
      values = new double[sorted.size * 2];
    }
    for (int i = 0; i < sorted.size; i++) {
      values[i] = sorted.number(i, scale);
    }
    return formula.of(values, sorted.counts, sorted.size);
  }

  @Override
  public Vector result(States states) {
    double[] results = new double[states.count()];
    boolean[] nulls = new boolean[results.length];
    Arrays.setAll(
        results, i -> Double.longBitsToDouble(states.words()[states.at(i, word + VALUE)]));
    for (int i = 0; i < nulls.length; i++) {
      nulls[i] = states.words()[states.at(i, word)] == 0;
    }
    return new DoubleVector(results, nulls, results.length);
  }
}
