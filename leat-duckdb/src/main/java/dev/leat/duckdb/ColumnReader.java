package dev.leat.duckdb;

import static java.lang.foreign.ValueLayout.ADDRESS_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Gathers one column of several chunks into a vector. */
abstract sealed class ColumnReader {
  private boolean[] nulls = Vector.NO_NULLS;
  int size;

  static ColumnReader of(ColumnType type) {
    return switch (type.type().orElseThrow().physical()) {
      case LONG -> new Longs(type.width());
      case DOUBLE -> new Doubles();
      case BYTES -> new Bytes();
    };
  }

  /** Appends the values of a vector of DuckDB's. */
  final void append(MemorySegment vector, int count) {
    MemorySegment validity = Native.pointer(Native.VECTOR_VALIDITY, vector);
    boolean[] missing = Vector.NO_NULLS;
    if (validity.address() != 0) {
      missing = missing(validity.reinterpret((count + 63) / 64 * 8L), count);
    }
    MemorySegment data = Native.pointer(Native.VECTOR_DATA, vector);
    copy(data.reinterpret((long) count * width()), missing, count);
    if (missing.length != 0) {
      nulls = Arrays.copyOf(nulls, Math.max(nulls.length, size + count));
      System.arraycopy(missing, 0, nulls, size, count);
    }
    size += count;
  }

  /** Room for this many more values, and for as many again. */
  final int grown(int count) {
    return Math.max(size + count, size * 2);
  }

  /** Bit i of the mask says that value i is there. */
  private static boolean[] missing(MemorySegment validity, int count) {
    boolean[] missing = new boolean[count];
    boolean any = false;
    for (int i = 0; i < count; i++) {
      long word = validity.getAtIndex(JAVA_LONG, i >>> 6);
      missing[i] = (word >>> (i & 63) & 1) == 0;
      any |= missing[i];
    }
    return any ? missing : Vector.NO_NULLS;
  }

  /** None at all, or one for each value. */
  final boolean[] nulls() {
    return nulls.length == 0 ? nulls : Arrays.copyOf(nulls, size);
  }

  abstract int width();

  abstract void copy(MemorySegment data, boolean[] missing, int count);

  abstract Vector build();

  private static final class Longs extends ColumnReader {
    private final int width;
    private long[] values = new long[0];

    Longs(int width) {
      this.width = width;
    }

    @Override
    int width() {
      return width;
    }

    @Override
    void copy(MemorySegment data, boolean[] missing, int count) {
      values = values.length < size + count ? Arrays.copyOf(values, grown(count)) : values;
      switch (width) {
        case 8 -> MemorySegment.copy(data, JAVA_LONG, 0, values, size, count);
        case 4 -> {
          for (int i = 0; i < count; i++) {
            values[size + i] = data.getAtIndex(JAVA_INT, i);
          }
        }
        case 2 -> {
          for (int i = 0; i < count; i++) {
            values[size + i] = data.getAtIndex(JAVA_SHORT, i);
          }
        }
        default -> {
          for (int i = 0; i < count; i++) {
            values[size + i] = data.get(JAVA_BYTE, i);
          }
        }
      }
      for (int i = 0; i < missing.length; i++) {
        if (missing[i]) {
          values[size + i] = 0;
        }
      }
    }

    @Override
    Vector build() {
      return new LongVector(values, nulls(), size);
    }
  }

  private static final class Doubles extends ColumnReader {
    private double[] values = new double[0];

    @Override
    int width() {
      return 8;
    }

    @Override
    void copy(MemorySegment data, boolean[] missing, int count) {
      values = values.length < size + count ? Arrays.copyOf(values, grown(count)) : values;
      MemorySegment.copy(data, JAVA_DOUBLE, 0, values, size, count);
      for (int i = size; i < size + count; i++) {
        values[i] += 0.0; // -0.0 becomes 0.0
      }
      for (int i = 0; i < missing.length; i++) {
        if (missing[i]) {
          values[size + i] = 0;
        }
      }
    }

    @Override
    Vector build() {
      return new DoubleVector(values, nulls(), size);
    }
  }

  /**
   * Strings are 16 bytes each: the length, then the text itself if that is at most 12 bytes, else
   * four bytes of it and a pointer to all of it.
   */
  private static final class Bytes extends ColumnReader {
    private static final int INLINED = 12;
    private byte[] data = new byte[1024];
    private int[] offsets = new int[1];

    @Override
    int width() {
      return 16;
    }

    @Override
    void copy(MemorySegment strings, boolean[] missing, int count) {
      if (offsets.length < size + count + 1) {
        offsets = Arrays.copyOf(offsets, grown(count) + 1);
      }
      int end = offsets[size];
      for (int i = 0; i < count; i++) {
        if (missing.length == 0 || !missing[i]) {
          int length = strings.get(JAVA_INT, i * 16L);
          room(end + length);
          if (length <= INLINED) {
            MemorySegment.copy(strings, JAVA_BYTE, i * 16L + 4, data, end, length);
          } else {
            MemorySegment text = strings.get(ADDRESS_UNALIGNED, i * 16L + 8).reinterpret(length);
            MemorySegment.copy(text, JAVA_BYTE, 0, data, end, length);
          }
          end += length;
        }
        offsets[size + i + 1] = end;
      }
    }

    private void room(int bytes) {
      if (bytes + BytesVector.PADDING > data.length) {
        data = Arrays.copyOf(data, Math.max(bytes + BytesVector.PADDING, data.length * 2));
      }
    }

    @Override
    Vector build() {
      return new BytesVector(data, offsets, nulls(), size);
    }
  }
}
