package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import java.util.List;

/**
 * What the accumulators of an aggregation see: the rows of a block with the record of each row's
 * group, and which groups the step has touched.
 *
 * <p>A record: header (epoch, place among the touched), number of rows, the words of each
 * accumulator, the key.
 */
final class Groups {
  static final int ROWS_WORD = 1;
  static final int STATE = 2;

  final Slab slab;

  /** Of each row of the block. */
  final int[] addresses = new int[RowBlock.ROWS];

  private final List<Integer> filters;

  /** By filter, of each row of the block: its weight, 0 when it does not pass. The first: all. */
  private final long[][] weights;

  Batch batch;

  /** The row of the batch that is the block's first. */
  int from;

  int count;

  /** Whether all rows of the block are of one group. */
  boolean single;

  int[] touched = new int[64];
  int touchedCount;

  Groups(Slab slab, List<Integer> filters, Batch none) {
    this.slab = slab;
    this.filters = filters;
    weights = new long[filters.size() + 1][RowBlock.ROWS];
    batch = none;
  }

  void fill(Batch source, int start, int end) {
    batch = source;
    from = start;
    count = end - start;
    long[] all = weights[0];
    System.arraycopy(source.weights(), start, all, 0, count);
    for (int f = 0; f < filters.size(); f++) {
      LongVector passes = source.longs(filters.get(f));
      long[] values = passes.values();
      long[] weight = weights[f + 1];
      for (int i = 0; i < count; i++) {
        weight[i] = values[start + i] == 1 ? all[i] : 0;
      }
      if (passes.hasNulls()) {
        for (int i = 0; i < count; i++) {
          weight[i] = passes.nulls()[start + i] ? 0 : weight[i];
        }
      }
    }
  }

  long[] weights(int filter) {
    return weights[filter];
  }

  /** The chunk of a row's group; it is owned, for the group has been touched. */
  long[] chunk(int row) {
    return slab.chunk(addresses[row]);
  }

  int offset(int row) {
    return Slab.offset(addresses[row]);
  }
}
