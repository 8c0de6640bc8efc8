package dev.leat.runtime;

import dev.leat.model.Type;
import java.util.Arrays;

/** The values of one group in a {@link ValueIndex}, in their order. Filled again and again. */
final class SortedValues {
  private final ValueIndex.Use use;
  private ValueIndex index;

  /** The values' records. */
  int[] values = new int[64];

  /** How often each is there. */
  long[] counts = new long[64];

  int size;

  /** The sum of the counts. */
  long count;

  @SuppressWarnings("NullAway.Init") // the index and its uses know each other: see attach
  SortedValues(ValueIndex.Use use) {
    this.use = use;
  }

  void attach(ValueIndex valueIndex) {
    index = valueIndex;
  }

  /**
   * Reads the values of the group whose record stands at a place.
   *
   * @param distinct whether each value counts once
   */
  void read(long[] chunk, int record, boolean distinct) {
    size = 0;
    count = 0;
    for (int value = index.first(chunk, record); value >= 0; value = index.next(value)) {
      if (index.isThere(value, use)) {
        if (size == values.length) {
          values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
      }
    }
    IntSort.sort(values, size, index::compare);
    if (counts.length < size) {
      counts = new long[values.length];
    }
    for (int i = 0; i < size; i++) {
      counts[i] = distinct ? 1 : index.count(values[i], use);
      count += counts[i];
    }
  }

  /**
   * A value, which is a number, as a DOUBLE.
   *
   * @param scale digits after the point of an exact value
   */
  double number(int i, int scale) {
    long word = index.word(values[i], 1);
    return index.table.layout.kinds[1] == Type.Physical.DOUBLE
        ? Double.longBitsToDouble(word)
        : Decimals.real(word, scale);
  }

  byte[] bytes(int i) {
    return index.bytes(values[i]);
  }

  int bytesStart(int i) {
    return index.bytesStart(values[i], 1);
  }

  int bytesLength(int i) {
    return (int) index.word(values[i], 1);
  }
}
