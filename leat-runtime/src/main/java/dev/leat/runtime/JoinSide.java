package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Vector;
import dev.leat.model.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One input of a join as it stands: its rows by key, and how many each key has. */
final class JoinSide {
  private static final int TOTAL = 1;
  private static final int HEAD = 2;
  private static final int KEY = 3;

  final Schema schema;
  final int[] keyColumns;
  private final int[] allColumns;
  final KeyTable keys;
  final RowBag bag;
  private final RowBlock block;
  private final boolean storesRows;

  /**
   * Keys touched by the change being taken in: the record, the total before, the other's record.
   */
  int[] touched = new int[64];

  long[] totals = new long[64];
  int[] others = new int[64];
  int touchedCount;
  private long epoch;

  JoinSide(Schema schema, List<Integer> keyColumns, boolean storesRows) {
    this.schema = schema;
    this.keyColumns = keyColumns.stream().mapToInt(Integer::intValue).toArray();
    this.storesRows = storesRows;
    allColumns = new int[schema.size()];
    Arrays.setAll(allColumns, i -> i);
    RowLayout keyLayout = RowLayout.of(schema, keyColumns);
    keys = new KeyTable(new Slab(KEY + keyLayout.size), keyLayout, KEY, new ByteHeap());
    RowLayout rowLayout = RowLayout.of(schema);
    bag = new RowBag(rowLayout, keys.slab, HEAD);
    block = new RowBlock(rowLayout);
  }

  long total(int key) {
    return keys.slab.chunk(key)[Slab.offset(key) + TOTAL];
  }

  void begin() {
    epoch = epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
    touchedCount = 0;
  }

  /**
   * Takes in the rows of a block.
   *
   * @param keyBlock their keys
   * @param found the other side's record of each key
   * @param matches of each row
   */
  void take(Batch delta, RowBlock keyBlock, int[] found, long[] matches) {
    if (storesRows) {
      block.encode(delta, allColumns, keyBlock.from, keyBlock.from + keyBlock.count);
    }
    for (int i = 0; i < keyBlock.count; i++) {
      if (!keyBlock.anyNull(i)) {
        long weight = delta.weights()[keyBlock.from + i];
        int key = keys.findOrAdd(keyBlock, i);
        touch(key, found[i]);
        keys.slab.chunk(key)[Slab.offset(key) + TOTAL] += weight;
        if (storesRows) {
          bag.change(block, i, weight, key, matches[i]);
        }
      }
    }
  }

  private void touch(int key, int other) {
    int at = Slab.offset(key);
    if (keys.slab.chunk(key)[at] == epoch) {
      return;
    }
    long[] chunk = keys.slab.own(key);
    chunk[at] = epoch;
    if (touchedCount == touched.length) {
      touched = Arrays.copyOf(touched, touchedCount * 2);
      totals = Arrays.copyOf(totals, touchedCount * 2);
      others = Arrays.copyOf(others, touchedCount * 2);
    }
    touched[touchedCount] = key;
    totals[touchedCount] = chunk[at + TOTAL];
    others[touchedCount++] = other;
  }

  /** Frees the rows that went, and the touched keys that have no rows any more. */
  void end() {
    bag.release();
    for (int t = 0; t < touchedCount; t++) {
      int key = touched[t];
      long[] chunk = keys.slab.chunk(key);
      int at = Slab.offset(key);
      if (chunk[at + TOTAL] == 0 && chunk[at + HEAD] == 0) {
        keys.remove(key);
      }
    }
  }

  /** Columns of stored rows; of an address that is negative, NULLs. */
  List<Vector> columns(int[] addresses, int count) {
    List<Vector> columns = new ArrayList<>(allColumns.length);
    for (int column : allColumns) {
      columns.add(bag.layout.column(column, bag.rows, RowBag.ROW, bag.heap, addresses, count));
    }
    return columns;
  }

  /** Columns of as many rows of NULLs. */
  List<Vector> nulls(int count) {
    int[] none = new int[count];
    Arrays.fill(none, KeyTable.ABSENT);
    return columns(none, count);
  }

  long bytes() {
    return keys.bytes() + keys.slab.bytes() + keys.heap.bytes() + bag.bytes();
  }

  Image freeze() {
    Image keyImage = keys.freeze();
    Image rowImage = bag.freeze();
    return out -> {
      keyImage.write(out);
      rowImage.write(out);
    };
  }

  void restore(StateInput in) throws IOException {
    keys.restore(in);
    bag.restore(in);
  }
}
