package dev.leat.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Copies a stretch of a vector into a column of a chunk of DuckDB's. */
final class ColumnWriter {
  private ColumnWriter() {}

  static void write(Vector from, int start, int count, ColumnType type, MemorySegment to) {
    MemorySegment data =
        Native.pointer(Native.VECTOR_DATA, to).reinterpret((long) count * type.width());
    switch (from) {
      case LongVector(long[] values, _, _) -> longs(values, start, count, type.width(), data);
      case DoubleVector(double[] values, _, _) ->
          MemorySegment.copy(values, start, data, JAVA_DOUBLE, 0, count);
      case BytesVector bytes -> strings(bytes, start, count, to);
    }
    if (from.hasNulls()) {
      missing(from.nulls(), start, count, to);
    }
  }

  private static void longs(long[] values, int start, int count, int width, MemorySegment data) {
    switch (width) {
      case 8 -> MemorySegment.copy(values, start, data, JAVA_LONG, 0, count);
      case 4 -> {
        for (int i = 0; i < count; i++) {
          data.setAtIndex(JAVA_INT, i, (int) values[start + i]);
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          data.setAtIndex(JAVA_SHORT, i, (short) values[start + i]);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          data.set(JAVA_BYTE, i, (byte) values[start + i]);
        }
      }
    }
  }

  private static void strings(BytesVector values, int start, int count, MemorySegment to) {
    try (Arena arena = Arena.ofConfined()) {
      int first = values.start(start);
      int length = values.start(start + count) - first;
      MemorySegment text = arena.allocate(Math.max(1, length));
      MemorySegment.copy(values.data(), first, text, JAVA_BYTE, 0, length);
      for (int i = 0; i < count; i++) {
        int row = start + i;
        MemorySegment value = text.asSlice(values.start(row) - first);
        Native.assignString(to, i, value, values.length(row));
      }
    }
  }

  private static void missing(boolean[] nulls, int start, int count, MemorySegment to) {
    Native.run(Native.ENSURE_VALIDITY, to);
    MemorySegment mask =
        Native.pointer(Native.VECTOR_VALIDITY, to).reinterpret((count + 63) / 64 * 8L);
    for (int word = 0; word * 64 < count; word++) {
      long bits = -1L;
      for (int i = word * 64; i < Math.min(count, word * 64 + 64); i++) {
        if (nulls[start + i]) {
          bits &= ~(1L << (i & 63));
        }
      }
      mask.setAtIndex(JAVA_LONG, word, bits);
    }
  }
}
