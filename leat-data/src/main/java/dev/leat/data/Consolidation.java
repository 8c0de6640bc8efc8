package dev.leat.data;

import dev.leat.model.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Nets out changes: equal rows become one whose weight is the sum, rows whose weights cancel go.
 *
 * <p>{@code consolidate(d) = SELECT all, SUM(w) FROM d GROUP BY all HAVING SUM(w) <> 0}, in the
 * order of first appearance.
 */
public final class Consolidation {
  private final Schema schema;
  private final List<Batch> batches = new ArrayList<>();
  private int rows;
  private long bytes;

  public Consolidation(Schema schema) {
    this.schema = schema;
  }

  public void add(Batch batch) {
    if (!batch.isEmpty()) {
      batches.add(batch);
      rows += batch.size();
      bytes += batch.bytes();
    }
  }

  public int rowsAdded() {
    return rows;
  }

  /** About how much memory it takes. */
  public long bytesAdded() {
    return bytes;
  }

  /**
   * The net of all that was added; starts anew. When nothing was taken away, nothing can cancel:
   * equal rows may then stay side by side.
   */
  public Batch drain() {
    Batch all = concat(schema, batches);
    Batch net = all.insertOnly() ? all : of(all);
    batches.clear();
    rows = 0;
    bytes = 0;
    return net;
  }

  public static Batch of(Batch batch) {
    int size = batch.size();
    if (size == 0) {
      return batch;
    }
    int slots = Integer.highestOneBit(Math.max(8, size * 2 - 1)) << 1;
    int[] table = new int[slots]; // index into kept, plus one
    int mask = slots - 1;
    long[] hashes = Rows.hash(batch);
    int[] all = Rows.allColumns(batch);
    int[] kept = new int[size];
    long[] weights = new long[size];
    int count = 0;
    boolean merged = false;
    for (int row = 0; row < size; row++) {
      int slot = (int) (hashes[row] >>> 20) & mask;
      while (true) {
        int at = table[slot] - 1;
        if (at < 0) {
          table[slot] = count + 1;
          kept[count] = row;
          weights[count++] = batch.weights()[row];
          break;
        }
        if (hashes[kept[at]] == hashes[row] && Rows.same(batch, kept[at], all, batch, row, all)) {
          weights[at] += batch.weights()[row];
          merged = true;
          break;
        }
        slot = (slot + 1) & mask;
      }
    }
    boolean zeros = false;
    for (int i = 0; i < count && !zeros; i++) {
      zeros = weights[i] == 0;
    }
    if (!merged && !zeros) {
      return batch;
    }
    int live = 0;
    for (int i = 0; i < count; i++) {
      if (weights[i] != 0) {
        kept[live] = kept[i];
        weights[live++] = weights[i];
      }
    }
    Batch gathered = batch.gather(kept, live);
    return Batch.of(batch.schema(), gathered.columns(), Arrays.copyOf(weights, live), live);
  }

  /** The rows of several batches of the same types, one after the other. */
  public static Batch concat(Schema schema, List<Batch> batches) {
    if (batches.isEmpty()) {
      return Batch.empty(schema);
    }
    if (batches.size() == 1) {
      return batches.getFirst();
    }
    BatchBuilder builder = new BatchBuilder(schema);
    for (Batch batch : batches) {
      for (int column = 0; column < schema.size(); column++) {
        builder.column(column).appendAll(batch.column(column));
      }
      for (int row = 0; row < batch.size(); row++) {
        builder.endRow(batch.weights()[row]);
      }
    }
    return builder.build();
  }
}
