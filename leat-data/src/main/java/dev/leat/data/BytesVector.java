package dev.leat.data;

import java.nio.charset.StandardCharsets;

/**
 * Slices of one byte array: value {@code i} is {@code data[offsets[i]] .. data[offsets[i + 1]]}. A
 * missing value is an empty slice. The array is at least {@value #PADDING} bytes longer than what
 * is used, so that eight bytes can be read at any value's start.
 */
public record BytesVector(byte[] data, int[] offsets, boolean[] nulls, int size) implements Vector {
  public static final int PADDING = 8;

  public int start(int row) {
    return offsets[row];
  }

  public int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  @Override
  public long bytes() {
    return offsets[size] - offsets[0] + (long) size * Integer.BYTES;
  }

  /** The value as text; for messages and slow paths. */
  public String string(int row) {
    return new String(data, start(row), length(row), StandardCharsets.UTF_8);
  }

  @Override
  public BytesVector gather(int[] rows, int count) {
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += length(rows[i]);
    }
    byte[] gathered = new byte[bytes + PADDING];
    int[] ends = new int[count + 1];
    int position = 0;
    for (int i = 0; i < count; i++) {
      int length = length(rows[i]);
      System.arraycopy(data, offsets[rows[i]], gathered, position, length);
      position += length;
      ends[i + 1] = position;
    }
    return new BytesVector(gathered, ends, Vector.gatherNulls(nulls, rows, count), count);
  }
}
