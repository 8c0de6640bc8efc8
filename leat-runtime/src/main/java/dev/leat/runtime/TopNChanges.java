package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.sql.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tells the old first rows of partitions from the new ones, with or without their numbers. */
final class TopNChanges {
  private final Plan.TopN plan;
  private final RowBag bag;
  private final TotalOrder order;
  private final int limit;

  private int[] starts = new int[65]; // where each touched partition's old rows begin
  private int partitions;
  private int[] oldRows = new int[256];
  private long[] oldWeights = new long[256];
  private int noted;
  private int count; // of the partition being told

  private int[] rows = new int[256];
  private long[] numbers = new long[256];
  private long[] weights = new long[256];
  private int size;

  TopNChanges(Plan.TopN plan, RowBag bag, TotalOrder order) {
    this.plan = plan;
    this.bag = bag;
    this.order = order;
    limit = (int) plan.limit();
  }

  void begin() {
    partitions = 0;
    noted = 0;
    size = 0;
  }

  /** Notes the first rows of a partition as they are, before they change. */
  void note(long[] chunk, int first, int entries) {
    if (partitions + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    long left = limit;
    for (int i = 0; i < entries && left > 0; i++) {
      int row = (int) chunk[first + 2 * i + 1];
      long weight = Math.min(left, bag.weight(row));
      left -= weight;
      if (noted == oldRows.length) {
        oldRows = Arrays.copyOf(oldRows, noted * 2);
        oldWeights = Arrays.copyOf(oldWeights, noted * 2);
      }
      oldRows[noted] = row;
      oldWeights[noted++] = weight;
    }
    starts[++partitions] = noted;
  }

  /** How many entries the partition to be told has now. */
  void count(int entries) {
    count = entries;
  }

  /** Gives the changes of the t-th noted partition. */
  void tell(int t, long[] chunk, int first) {
    if (plan.rowNumber()) {
      tellNumbered(starts[t], starts[t + 1], chunk, first);
    } else {
      tellBag(starts[t], starts[t + 1], chunk, first);
    }
  }

  private void tellNumbered(int old, int oldEnd, long[] chunk, int first) {
    int entry = 0;
    long oldLeft = old < oldEnd ? oldWeights[old] : 0;
    long newLeft = count > 0 ? weight(chunk, first, 0) : 0;
    for (int number = 1; number <= limit; number++) {
      boolean was = old < oldEnd;
      boolean is = entry < count;
      if (!was && !is) {
        return;
      }
      int newRow = is ? (int) chunk[first + 2 * entry + 1] : -1;
      if (!was || !is || !same(oldRows[old], newRow)) {
        if (was) {
          give(oldRows[old], number, -1);
        }
        if (is) {
          give(newRow, number, 1);
        }
      }
      if (was && --oldLeft == 0 && ++old < oldEnd) {
        oldLeft = oldWeights[old];
      }
      if (is && --newLeft == 0 && ++entry < count) {
        newLeft = weight(chunk, first, entry);
      }
    }
  }

  private void tellBag(int old, int oldEnd, long[] chunk, int first) {
    int entry = 0;
    long left = limit;
    while (old < oldEnd || (entry < count && left > 0)) {
      boolean is = entry < count && left > 0;
      int newRow = is ? (int) chunk[first + 2 * entry + 1] : -1;
      int which = !is ? -1 : old == oldEnd ? 1 : order(oldRows[old], newRow);
      long weight = 0;
      if (which >= 0) {
        weight = Math.min(left, weight(chunk, first, entry++));
        left -= weight;
      }
      if (which <= 0) {
        weight -= oldWeights[old];
      }
      if (weight != 0) {
        give(which <= 0 ? oldRows[old] : newRow, 0, weight);
      }
      if (which <= 0) {
        old++;
      }
    }
  }

  private int order(int left, int right) {
    return left == right ? 0 : order.compareStored(left, right);
  }

  private long weight(long[] chunk, int first, int entry) {
    return bag.weight((int) chunk[first + 2 * entry + 1]);
  }

  private boolean same(int left, int right) {
    return left == right
        || bag.layout.same(
            bag.rows.chunk(left),
            Slab.offset(left) + RowBag.ROW,
            bag.rows.chunk(right),
            Slab.offset(right) + RowBag.ROW,
            bag.heap);
  }

  private void give(int row, int number, long weight) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, size * 2);
      numbers = Arrays.copyOf(numbers, size * 2);
      weights = Arrays.copyOf(weights, size * 2);
    }
    rows[size] = row;
    numbers[size] = number;
    weights[size++] = weight;
  }

  Batch end() {
    List<Vector> columns = new ArrayList<>();
    for (int column = 0; column < bag.layout.kinds.length; column++) {
      columns.add(bag.layout.column(column, bag.rows, RowBag.ROW, bag.heap, rows, size));
    }
    if (plan.rowNumber()) {
      columns.add(new LongVector(Arrays.copyOf(numbers, size), Vector.NO_NULLS, size));
    }
    return Batch.of(plan.schema(), columns, Arrays.copyOf(weights, size), size);
  }
}
