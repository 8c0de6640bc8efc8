package dev.leat.runtime;

/**
 * Variance and standard deviation of the different values: feeds each once to a {@link SpreadSums}.
 *
 * @param word the first of the sums
 */
record DistinctSpread(int word, int argument, int filter) implements ValueIndex.Use {
  @Override
  public void appears(Groups groups, int row, int value) {
    add(groups, row, 1);
  }

  @Override
  public void disappears(Groups groups, int row, int value) {
    add(groups, row, -1);
  }

  private void add(Groups groups, int row, long weight) {
    long number = groups.batch.longs(argument).values()[groups.from + row];
    SpreadSums.add(groups.chunk(row), groups.offset(row) + word, number, weight);
  }
}
