package dev.leat.runtime;

import dev.leat.data.Batch;
import java.util.Arrays;

/** Parts of a batch that is too large to be taken at once. */
final class Parts {
  static final int ROWS = 1 << 15;

  private Parts() {}

  /** The next rows from one on; none behind the last. */
  static Batch from(int first, Batch batch) {
    return from(first, ROWS, batch);
  }

  static Batch from(int first, int most, Batch batch) {
    int start = Math.min(first, batch.size());
    return between(start, Math.min(start + most, batch.size()), batch);
  }

  static Batch between(int from, int to, Batch batch) {
    if (from == 0 && to == batch.size()) {
      return batch;
    }
    int[] rows = new int[to - from];
    Arrays.setAll(rows, i -> from + i);
    return batch.gather(rows, rows.length);
  }
}
