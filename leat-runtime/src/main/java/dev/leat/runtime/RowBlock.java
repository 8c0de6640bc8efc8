package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Rows;
import dev.leat.data.Vector;
import java.util.Arrays;

/**
 * Some rows of a batch, turned into the words of a {@link RowLayout}, row after row, so that a row
 * is hashed and compared as a few longs. Made once and filled again and again.
 */
final class RowBlock {
  static final int ROWS = 1024;

  final RowLayout layout;
  final long[] words;
  final long[] hashes = new long[ROWS];
  Vector[] vectors = new Vector[0];

  /** The row of the batch that is the block's first. */
  int from;

  int count;

  RowBlock(RowLayout layout) {
    this.layout = layout;
    words = new long[ROWS * layout.words];
  }

  void encode(Batch batch, int[] columns, int start, int end) {
    Vector[] chosen = new Vector[columns.length];
    for (int i = 0; i < columns.length; i++) {
      chosen[i] = batch.column(columns[i]);
    }
    encode(chosen, start, end);
  }

  void encode(Vector[] chosen, int start, int end) {
    vectors = chosen;
    from = start;
    count = end - start;
    int stride = layout.words;
    int nullWords = layout.nullWords;
    for (int i = 0, at = 0; i < count; i++, at += stride) {
      Arrays.fill(words, at, at + nullWords, 0);
    }
    for (int column = 0; column < chosen.length; column++) {
      encode(chosen[column], nullWords + column);
      if (chosen[column].hasNulls()) {
        encodeNulls(chosen[column].nulls(), column);
      }
    }
    for (int i = 0, at = 0; i < count; i++, at += stride) {
      hashes[i] = RowLayout.hash(words, at, stride);
    }
  }

  private void encode(Vector vector, int word) {
    int stride = layout.words;
    switch (vector) {
      case LongVector v -> {
        long[] values = v.values();
        for (int i = 0, at = word; i < count; i++, at += stride) {
          words[at] = values[from + i];
        }
      }
      case DoubleVector v -> {
        double[] values = v.values();
        for (int i = 0, at = word; i < count; i++, at += stride) {
          words[at] = Double.doubleToLongBits(values[from + i]);
        }
      }
      case BytesVector v -> {
        byte[] data = v.data();
        int[] offsets = v.offsets();
        int start = offsets[from];
        for (int i = 0, at = word; i < count; i++, at += stride) {
          int end = offsets[from + i + 1];
          int length = end - start;
          words[at] = Rows.hashBytes(data, start, length) << 32 | length;
          start = end;
        }
      }
    }
  }

  private void encodeNulls(boolean[] nulls, int column) {
    int stride = layout.words;
    long bit = 1L << (column & 63);
    for (int i = 0, at = 0; i < count; i++, at += stride) {
      if (nulls[from + i]) {
        words[at + (column >>> 6)] |= bit;
        words[at + layout.nullWords + column] = 0;
      }
    }
  }

  boolean anyNull(int row) {
    long bits = 0;
    for (int i = 0; i < layout.nullWords; i++) {
      bits |= words[row * layout.words + i];
    }
    return bits != 0;
  }

  /** Whether a row is surely the same as the one before it. */
  boolean repeats(int row) {
    if (row == 0 || layout.hasBytes || hashes[row] != hashes[row - 1]) {
      return false;
    }
    int stride = layout.words;
    int at = row * stride;
    for (int i = 0; i < stride; i++) {
      if (words[at + i] != words[at + i - stride]) {
        return false;
      }
    }
    return true;
  }
}
