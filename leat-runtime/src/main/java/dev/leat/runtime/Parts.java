package dev.leat.runtime;

import dev.leat.data.Batch;

/** Parts of a batch that is too large to be taken at once. */
final class Parts {
  static final int ROWS = 1 << 15;

  private Parts() {}

  /** The next rows from one on; none behind the last. */
  static Batch from(int first, Batch batch) {
    if (first == 0 && batch.size() <= ROWS) {
      return batch;
    }
    int count = Math.max(0, Math.min(ROWS, batch.size() - first));
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = first + i;
    }
    return batch.gather(rows, count);
  }
}
