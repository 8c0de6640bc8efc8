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

/**
 * The first n rows of every partition: for each touched partition {@code -old first n +new first
 * n}, without what is in both.
 *
 * <p>A partition's record holds its first rows in order, as (prefix, row); every other row of it
 * comes after those, and is in the rest, unordered. When deletions leave fewer than n, the best of
 * the rest move up. Over an input that never loses a row there is no rest: what falls out is gone.
 */
final class TopNOperator implements Operator {
  private static final int COUNT = 1;
  private static final int REST = 2;
  private static final int FIRST = 3; // entries: prefix, then row; then the key

  private final Plan.TopN plan;
  private final boolean appendOnly;
  private final int limit;
  private final int capacity;
  private final int[] partitionColumns;
  private final KeyTable partitions;
  private final RowBag bag;
  private final TotalOrder order;
  private final RowBlock keyBlock;
  private final RowBlock rowBlock;
  private final int[] addresses = new int[RowBlock.ROWS];
  private final long[] prefixes = new long[RowBlock.ROWS];
  private final TopNChanges changes;
  private int[] touched = new int[64];
  private int touchedCount;
  private long epoch;
  private Vector[] batch = new Vector[0];
  private long[] weights = new long[0];

  TopNOperator(Plan.TopN plan, boolean appendOnly) {
    this.plan = plan;
    this.appendOnly = appendOnly;
    limit = (int) plan.limit();
    capacity = appendOnly ? limit : limit + Math.max(4, limit / 2);
    partitionColumns = plan.partition().stream().mapToInt(Integer::intValue).toArray();
    RowLayout keyLayout = RowLayout.of(plan.input().schema(), plan.partition());
    int keyAt = FIRST + 2 * capacity;
    Slab slab = new Slab(keyAt + keyLayout.size);
    partitions = new KeyTable(slab, keyLayout, keyAt, new ByteHeap());
    RowLayout rowLayout = RowLayout.of(plan.input().schema());
    bag = new RowBag(rowLayout, slab, REST);
    order = new TotalOrder(plan.order(), bag);
    keyBlock = new RowBlock(keyLayout);
    rowBlock = new RowBlock(rowLayout);
    changes = new TopNChanges(plan, bag, order);
  }

  @Override
  public Batch step(List<Batch> inputs) {
    Batch input = inputs.getFirst();
    if (input.isEmpty()) {
      return Batch.empty(plan.schema());
    }
    Batch net = input.insertOnly() ? input : Consolidation.of(input);
    epoch = epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
    touchedCount = 0;
    changes.begin();
    take(net);
    for (int t = 0; t < touchedCount; t++) {
      settle(touched[t]);
      changes.tell(t, partitions.slab.chunk(touched[t]), Slab.offset(touched[t]) + FIRST);
    }
    Batch result = changes.end();
    release();
    return net.insertOnly() ? result : Consolidation.of(result);
  }

  private void take(Batch input) {
    batch = input.columns().toArray(new Vector[0]);
    weights = input.weights();
    int[] all = Rows.allColumns(input);
    for (int from = 0; from < input.size(); from += RowBlock.ROWS) {
      int to = Math.min(input.size(), from + RowBlock.ROWS);
      keyBlock.encode(input, partitionColumns, from, to);
      partitions.findOrAdd(keyBlock, addresses);
      order.prefixes(batch, from, to - from, prefixes);
      if (!appendOnly) {
        rowBlock.encode(input, all, from, to);
      }
      for (int i = 0; i < to - from; i++) {
        if (weights[from + i] > 0) {
          insert(addresses[i], prefixes[i], from + i, unpaid(addresses[i], from + i));
        } else {
          delete(addresses[i], prefixes[i], from + i);
        }
      }
    }
  }

  /** How often a row comes beyond what was taken of it too early. */
  private long unpaid(int partition, int row) {
    if (!bag.owes()) {
      return weights[row];
    }
    touch(partition);
    return bag.settle(rowBlock, row - rowBlock.from, weights[row], partition);
  }

  private void insert(int partition, long prefix, int row, long weight) {
    if (weight == 0) {
      return;
    }
    long[] chunk = partitions.slab.chunk(partition);
    int at = Slab.offset(partition);
    int count = (int) chunk[at + COUNT];
    if (count == capacity || chunk[at + REST] != 0) {
      if (count == 0 || !isBefore(prefix, row, chunk, at + FIRST + 2 * (count - 1))) {
        if (!appendOnly) {
          touch(partition);
          bag.change(rowBlock, row - rowBlock.from, weight, partition, 0);
        }
        return;
      }
    }
    chunk = touch(partition);
    if (count == capacity) {
      fallOut(partition, (int) chunk[at + FIRST + 2 * (count - 1) + 1]);
      count--;
    }
    int entry = at + FIRST + 2 * count;
    while (entry > at + FIRST && isBefore(prefix, row, chunk, entry - 2)) {
      chunk[entry] = chunk[entry - 2];
      chunk[entry + 1] = chunk[entry - 1];
      entry -= 2;
    }
    chunk[entry] = prefix;
    chunk[entry + 1] = appendOnly ? -1 - row : bag.store(rowBlock, row - rowBlock.from, weight);
    chunk[at + COUNT] = count + 1;
  }

  /** Whether a row of the batch comes before the row of an entry; equal rows come after. */
  private boolean isBefore(long prefix, int row, long[] chunk, int entry) {
    if (prefix != chunk[entry]) {
      return prefix < chunk[entry];
    }
    return compare(row, (int) chunk[entry + 1]) < 0;
  }

  private int compare(int row, int entryRow) {
    return entryRow < 0
        ? order.compare(batch, row, -1 - entryRow)
        : order.compareStored(batch, row, entryRow);
  }

  private void fallOut(int partition, int row) {
    if (appendOnly) {
      if (row >= 0) {
        bag.drop(row);
      }
    } else {
      bag.link(row, partition);
    }
  }

  private void delete(int partition, long prefix, int row) {
    long[] chunk = touch(partition);
    int at = Slab.offset(partition);
    int count = (int) chunk[at + COUNT];
    long rest = weights[row];
    for (int i = 0; i < count && rest < 0; i++) {
      int entry = at + FIRST + 2 * i;
      int found = (int) chunk[entry + 1];
      if (chunk[entry] == prefix && compare(row, found) == 0) {
        long sum = bag.weight(found) + rest;
        bag.own(found)[Slab.offset(found) + RowBag.WEIGHT] = Math.max(sum, 0);
        rest = Math.min(sum, 0);
        if (sum <= 0) {
          bag.drop(found);
          System.arraycopy(chunk, entry + 2, chunk, entry, 2 * (count - i - 1));
          count--;
          i--;
        }
      }
    }
    chunk[at + COUNT] = count;
    if (rest < 0) {
      bag.change(rowBlock, row - rowBlock.from, rest, partition, 0);
    }
  }

  /** Notes a partition's first rows as they were; gives its chunk, to be written to. */
  private long[] touch(int partition) {
    long[] chunk = partitions.slab.own(partition);
    int at = Slab.offset(partition);
    if (chunk[at] != epoch) {
      chunk[at] = epoch;
      if (touchedCount == touched.length) {
        touched = Arrays.copyOf(touched, touchedCount * 2);
      }
      touched[touchedCount++] = partition;
      changes.note(chunk, at + FIRST, (int) chunk[at + COUNT]);
    }
    return chunk;
  }

  /** Stores the rows that have come to stay, or fills up from the rest. */
  private void settle(int partition) {
    long[] chunk = partitions.slab.own(partition);
    int at = Slab.offset(partition);
    int count = (int) chunk[at + COUNT];
    if (appendOnly) {
      for (int entry = at + FIRST; entry < at + FIRST + 2 * count; entry += 2) {
        if (chunk[entry + 1] < 0) {
          int row = -1 - (int) chunk[entry + 1];
          chunk[entry + 1] = bag.store(batch, row, weights[row]);
        }
      }
    } else if (chunk[at + REST] != 0 && rows(chunk, at + FIRST, count) < limit) {
      fillUp(partition, chunk, at, count);
    }
    changes.count((int) chunk[at + COUNT]);
  }

  private long rows(long[] chunk, int first, int count) {
    long rows = 0;
    for (int i = 0; i < count; i++) {
      rows += bag.weight((int) chunk[first + 2 * i + 1]);
    }
    return rows;
  }

  private void fillUp(int partition, long[] chunk, int at, int before) {
    int count = before;
    for (int row = bag.first(partition); row >= 0; row = bag.next(row)) {
      if (bag.weight(row) > 0) {
        int entry = at + FIRST + 2 * count;
        if (count == capacity) {
          if (order.compareStored(row, (int) chunk[entry - 1]) >= 0) {
            continue;
          }
          entry -= 2;
          count--;
        }
        while (entry > at + FIRST + 2 * before
            && order.compareStored(row, (int) chunk[entry - 1]) < 0) {
          chunk[entry + 1] = chunk[entry - 1];
          entry -= 2;
        }
        chunk[entry + 1] = row;
        count++;
      }
    }
    for (int i = before; i < count; i++) {
      int entry = at + FIRST + 2 * i;
      bag.unlink((int) chunk[entry + 1]);
      chunk[entry] = order.prefix((int) chunk[entry + 1]);
    }
    chunk[at + COUNT] = count;
  }

  private void release() {
    bag.release();
    for (int t = 0; t < touchedCount; t++) {
      long[] chunk = partitions.slab.chunk(touched[t]);
      int at = Slab.offset(touched[t]);
      if (chunk[at + COUNT] == 0 && chunk[at + REST] == 0) {
        partitions.remove(touched[t]);
      }
    }
  }

  @Override
  public String describe() {
    return "first "
        + plan.limit()
        + plan.partition().stream()
            .map(k -> plan.input().schema().column(k).name())
            .collect(Collectors.joining(", ", " of each (", ")"));
  }

  @Override
  public String form() {
    return appendOnly ? "append-only" : "any changes";
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
