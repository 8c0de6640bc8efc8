package dev.leat.runtime;

import dev.leat.data.Vector;

/** {@code COUNT(DISTINCT x)}: how many values are there. */
record DistinctCount(int word, int filter) implements ValueIndex.Use, Accumulator, Result {
  @Override
  public int words() {
    return 1;
  }

  @Override
  public void appears(Groups groups, int row, int value) {
    groups.chunk(row)[groups.offset(row) + word]++;
  }

  @Override
  public void disappears(Groups groups, int row, int value) {
    groups.chunk(row)[groups.offset(row) + word]--;
  }

  @Override
  public void settle(Groups groups) {}

  @Override
  public Vector result(States states) {
    return CountAccumulator.read(states, word);
  }
}
