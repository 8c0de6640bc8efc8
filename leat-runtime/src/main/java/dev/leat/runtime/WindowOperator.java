package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.data.Rows;
import dev.leat.data.Vector;
import dev.leat.sql.Plan;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * OVER (PARTITION BY …): with {@code P} the partitions a change touches, {@code Q(R1|P) - Q(R0|P)}.
 * All rows of a partition are kept; before its first change, and after its last, the partition is
 * worked out whole by {@link WindowFunctions}.
 */
final class WindowOperator implements Operator {
  private static final int HEAD = 1;
  private static final int KEY = 2;
  private static final int ROWS_AT_ONCE = 1 << 16;

  private final Plan.Window plan;
  private final int[] partitionColumns;
  private final KeyTable partitions;
  private final RowBag bag;
  private final TotalOrder order;
  private final RowBlock keyBlock;
  private final RowBlock rowBlock;
  private final int[] addresses = new int[RowBlock.ROWS];
  private final WindowFunctions functions;
  private final Consolidation changes;
  private int[] touched = new int[64];
  private int touchedCount;
  private int newlyTouched; // from here on: touched by the block being taken in
  private long epoch = 1;
  private int[] rows = new int[256];
  private int[] starts = new int[65];

  WindowOperator(Plan.Window plan) {
    this.plan = plan;
    partitionColumns = plan.partition().stream().mapToInt(Integer::intValue).toArray();
    RowLayout keyLayout = RowLayout.of(plan.input().schema(), plan.partition());
    Slab slab = new Slab(KEY + keyLayout.size);
    partitions = new KeyTable(slab, keyLayout, KEY, new ByteHeap());
    RowLayout rowLayout = RowLayout.of(plan.input().schema());
    bag = new RowBag(rowLayout, slab, HEAD);
    order = new TotalOrder(plan.order(), bag);
    keyBlock = new RowBlock(keyLayout);
    rowBlock = new RowBlock(rowLayout);
    functions = new WindowFunctions(plan);
    changes = new Consolidation(plan.schema());
  }

  @Override
  public Batch gather(List<Batch> inputs) {
    take(inputs.getFirst());
    return Batch.empty(plan.schema());
  }

  @Override
  public Batch step(List<Batch> inputs) {
    take(inputs.getFirst());
    if (touchedCount == 0) {
      return Batch.empty(plan.schema());
    }
    tell(0, 1);
    for (int t = 0; t < touchedCount; t++) {
      if (bag.first(touched[t]) < 0) {
        partitions.remove(touched[t]);
      }
    }
    touchedCount = 0;
    newlyTouched = 0;
    epoch = epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
    return changes.drain();
  }

  private void take(Batch input) {
    int[] all = Rows.allColumns(input);
    for (int from = 0; from < input.size(); from += RowBlock.ROWS) {
      int to = Math.min(input.size(), from + RowBlock.ROWS);
      keyBlock.encode(input, partitionColumns, from, to);
      partitions.findOrAdd(keyBlock, addresses);
      for (int i = 0; i < to - from; i++) {
        touch(addresses[i]);
      }
      tell(newlyTouched, -1);
      newlyTouched = touchedCount;
      rowBlock.encode(input, all, from, to);
      for (int i = 0; i < to - from; i++) {
        bag.change(rowBlock, i, input.weights()[from + i], addresses[i], 0);
      }
      bag.release();
    }
  }

  private void touch(int partition) {
    int at = Slab.offset(partition);
    if (partitions.slab.chunk(partition)[at] != epoch) {
      partitions.slab.own(partition)[at] = epoch;
      if (touchedCount == touched.length) {
        touched = Arrays.copyOf(touched, touchedCount * 2);
      }
      touched[touchedCount++] = partition;
    }
  }

  /** Gives the touched partitions from the t-th on as they are now. */
  private void tell(int first, long weight) {
    int count = 0;
    int size = 0;
    for (int t = first; t < touchedCount; t++) {
      if (count + 2 > starts.length) {
        starts = Arrays.copyOf(starts, starts.length * 2);
      }
      starts[count] = size;
      size = collect(touched[t], size);
      count += size > starts[count] ? 1 : 0;
      if (size >= ROWS_AT_ONCE || t == touchedCount - 1) {
        starts[count] = size;
        give(count, size, weight);
        count = 0;
        size = 0;
      }
    }
  }

  /** Adds the rows of a partition, in order, each as often as it is there. */
  private int collect(int partition, int from) {
    int size = from;
    for (int row = bag.first(partition); row >= 0; row = bag.next(row)) {
      long weight = bag.weight(row);
      for (long times = 0; times < weight; times++) {
        if (size == rows.length) {
          rows = Arrays.copyOf(rows, size * 2);
        }
        rows[size++] = row;
      }
    }
    IntSort.sort(rows, from, size, order::compareStored);
    return size;
  }

  private void give(int count, int size, long weight) {
    if (size > 0) {
      changes.add(functions.evaluate(columns(size), starts, count, weight));
    }
  }

  private Batch columns(int size) {
    List<Vector> columns =
        IntStream.range(0, bag.layout.kinds.length)
            .mapToObj(c -> bag.layout.column(c, bag.rows, RowBag.ROW, bag.heap, rows, size))
            .toList();
    return new Batch(plan.input().schema(), columns, new long[size], size, true);
  }

  @Override
  public String describe() {
    return plan.calls().stream().map(Plan.WindowCall::function).collect(Collectors.joining(", "))
        + plan.partition().stream()
            .map(k -> plan.input().schema().column(k).name())
            .collect(Collectors.joining(", ", " over each (", ")"));
  }

  @Override
  public long keys() {
    return partitions.keys();
  }

  @Override
  public long bytes() {
    return partitions.bytes() + partitions.slab.bytes() + partitions.heap.bytes() + bag.bytes();
  }

  @Override
  public Image freeze() {
    return Image.both(partitions.freeze(), bag.freeze());
  }

  @Override
  public void restore(StateInput in) throws IOException {
    partitions.restore(in);
    bag.restore(in);
  }
}
