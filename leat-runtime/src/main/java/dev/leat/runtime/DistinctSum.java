package dev.leat.runtime;

import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import java.util.Optional;

/**
 * {@code SUM(DISTINCT x)} and {@code AVG(DISTINCT x)}: feeds each value once to a plain sum.
 *
 * @param exact the first word of a {@link SumAccumulator}
 * @param sums the sum of a DOUBLE
 */
record DistinctSum(int exact, Optional<DoubleSums> sums, int argument, int filter)
    implements ValueIndex.Use {
  @Override
  public void appears(Groups groups, int row, int value) {
    add(groups, row, 1);
  }

  @Override
  public void disappears(Groups groups, int row, int value) {
    add(groups, row, -1);
  }

  private void add(Groups groups, int row, long weight) {
    int source = groups.from + row;
    long[] chunk = groups.chunk(row);
    switch (groups.batch.column(argument)) {
      case LongVector v ->
          SumAccumulator.add(chunk, groups.offset(row) + exact, v.values()[source], weight);
      case DoubleVector v ->
          sums.orElseThrow().add(chunk, groups.offset(row), v.values()[source], weight);
      case BytesVector _ -> throw new IllegalStateException("SUM of bytes");
    }
  }
}
