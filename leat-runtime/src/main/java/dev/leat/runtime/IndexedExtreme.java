package dev.leat.runtime;

import dev.leat.data.Vector;
import java.util.Arrays;

/**
 * {@code MIN(x)} or {@code MAX(x)} under any changes: the group's best value in a {@link
 * ValueIndex}. When that value disappears, the group's values are looked through, once a step. Over
 * an index of (y, x) it is {@code ARG_MIN(x, y)} or {@code ARG_MAX(x, y)}: of several rows with the
 * best y the one with the best x.
 */
final class IndexedExtreme implements ValueIndex.Use, Accumulator, Result {
  private static final long LOST = -1;

  private final int word; // address + 1 of the value's record; 0: none
  private final int filter;
  private final int sign;
  private ValueIndex index;
  private int[] lost = new int[16];
  private int lostCount;

  /**
   * @param sign 1 for MAX, -1 for MIN
   */
  @SuppressWarnings("NullAway.Init") // the index and its uses know each other: see attach
  IndexedExtreme(int word, int filter, int sign) {
    this.word = word;
    this.filter = filter;
    this.sign = sign;
  }

  @Override
  public void attach(ValueIndex valueIndex) {
    index = valueIndex;
  }

  @Override
  public int filter() {
    return filter;
  }

  @Override
  public int words() {
    return 1;
  }

  @Override
  public void appears(Groups groups, int row, int value) {
    long[] chunk = groups.chunk(row);
    int at = groups.offset(row) + word;
    if (chunk[at] == 0 || (chunk[at] != LOST && better(value, (int) chunk[at] - 1))) {
      chunk[at] = value + 1;
    }
  }

  @Override
  public void disappears(Groups groups, int row, int value) {
    long[] chunk = groups.chunk(row);
    int at = groups.offset(row) + word;
    if (chunk[at] == value + 1) {
      chunk[at] = LOST;
      if (lostCount == lost.length) {
        lost = Arrays.copyOf(lost, lostCount * 2);
      }
      lost[lostCount++] = groups.addresses[row];
    }
  }

  private boolean better(int value, int than) {
    int order = index.compare(value, than);
    return sign > 0 ? order > 0 : order < 0;
  }

  @Override
  public void settle(Groups groups) {
    for (int i = 0; i < lostCount; i++) {
      long[] chunk = groups.slab.chunk(lost[i]);
      int at = Slab.offset(lost[i]);
      if (chunk[at + word] == LOST) {
        int best = -1;
        for (int value = index.first(chunk, at); value >= 0; value = index.next(value)) {
          if (index.isThere(value, this) && (best < 0 || better(value, best))) {
            best = value;
          }
        }
        chunk[at + word] = best + 1;
      }
    }
    lostCount = 0;
  }

  @Override
  public Vector result(States states) {
    int[] values = new int[states.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) states.words()[states.at(i, word)] - 1;
    }
    return index.column(values);
  }
}
