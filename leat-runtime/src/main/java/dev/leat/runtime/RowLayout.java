package dev.leat.runtime;

import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.Arrays;
import java.util.List;

/**
 * How a row stands in a record of longs: words of NULL bits, a word a column, and, when a column is
 * BYTES, a reference to the bytes of all of them, one after the other, in a {@link ByteHeap}.
 *
 * <p>The word of a LONG is its value, of a DOUBLE its bits, of BYTES {@code hash << 32 | length};
 * of a missing value 0. So two rows are equal when their words are equal and, with BYTES, their
 * bytes.
 */
final class RowLayout {
  final Type.Physical[] kinds;
  final int nullWords;

  /** Words that are compared and hashed: all but the reference. */
  final int words;

  final boolean hasBytes;

  /** Words in all. */
  final int size;

  RowLayout(List<Type.Physical> kinds) {
    this.kinds = kinds.toArray(new Type.Physical[0]);
    nullWords = Math.max(1, (this.kinds.length + 63) / 64);
    words = nullWords + this.kinds.length;
    hasBytes = kinds.contains(Type.Physical.BYTES);
    size = words + (hasBytes ? 1 : 0);
  }

  static RowLayout of(Schema schema) {
    return new RowLayout(schema.columns().stream().map(c -> c.type().physical()).toList());
  }

  static RowLayout of(Schema schema, List<Integer> columns) {
    return new RowLayout(columns.stream().map(c -> schema.column(c).type().physical()).toList());
  }

  /** The word of a column within the row. */
  int word(int column) {
    return nullWords + column;
  }

  boolean isNull(long[] chunk, int at, int column) {
    return (chunk[at + (column >>> 6)] >>> (column & 63) & 1) != 0;
  }

  /** A hash of the row at a place; the same as {@link RowBlock} computes. */
  long hash(long[] chunk, int at) {
    return hash(chunk, at, words);
  }

  static long hash(long[] chunk, int at, int words) {
    long h = 0;
    for (int i = at; i < at + words; i++) {
      h = (h ^ chunk[i]) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 32;
    }
    h *= 0xC2B2AE3D27D4EB4FL;
    return h ^ (h >>> 29);
  }

  /** The length of the bytes of all BYTES columns of the row at a place. */
  int byteLength(long[] chunk, int at) {
    int length = 0;
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == Type.Physical.BYTES) {
        length += (int) chunk[at + nullWords + i];
      }
    }
    return length;
  }

  long reference(long[] chunk, int at) {
    return chunk[at + words];
  }

  /** Where the bytes of a column begin, counted from those of the row. */
  int byteStart(long[] chunk, int at, int column) {
    int start = 0;
    for (int i = 0; i < column; i++) {
      if (kinds[i] == Type.Physical.BYTES) {
        start += (int) chunk[at + nullWords + i];
      }
    }
    return start;
  }

  /** Writes a row of a block to a record; the chunk must be owned. */
  void store(RowBlock block, int row, long[] chunk, int at, ByteHeap heap) {
    System.arraycopy(block.words, row * words, chunk, at, words);
    if (hasBytes) {
      long reference = heap.allocate(byteLength(chunk, at));
      chunk[at + words] = reference;
      storeBytes(block.vectors, block.from + row, reference, heap);
    }
  }

  /** Writes a row of a batch to a record, without the hashes of its bytes. */
  void store(Vector[] vectors, int row, long[] chunk, int at, ByteHeap heap) {
    Arrays.fill(chunk, at, at + nullWords, 0);
    int length = 0;
    for (int i = 0; i < kinds.length; i++) {
      Vector vector = vectors[i];
      if (vector.isNull(row)) {
        chunk[at + (i >>> 6)] |= 1L << (i & 63);
        chunk[at + nullWords + i] = 0;
        continue;
      }
      chunk[at + nullWords + i] =
          switch (vector) {
            case LongVector v -> v.values()[row];
            case DoubleVector v -> Double.doubleToLongBits(v.values()[row]);
            case BytesVector v -> v.length(row);
          };
      if (vector instanceof BytesVector v) {
        length += v.length(row);
      }
    }
    if (hasBytes) {
      long reference = heap.allocate(length);
      chunk[at + words] = reference;
      storeBytes(vectors, row, reference, heap);
    }
  }

  private void storeBytes(Vector[] vectors, int source, long reference, ByteHeap heap) {
    byte[] target = heap.own(reference);
    int to = ByteHeap.offset(reference);
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == Type.Physical.BYTES) {
        BytesVector vector = (BytesVector) vectors[i];
        int length = vector.length(source);
        System.arraycopy(vector.data(), vector.start(source), target, to, length);
        to += length;
      }
    }
  }

  /** Gives back the bytes of a row that goes away. */
  void release(long[] chunk, int at, ByteHeap heap) {
    if (hasBytes) {
      heap.release(chunk[at + words], byteLength(chunk, at));
    }
  }

  /** Whether the row at a place is the row of a block. */
  boolean same(long[] chunk, int at, ByteHeap heap, RowBlock block, int row) {
    int from = row * words;
    for (int i = 0; i < words; i++) {
      if (chunk[at + i] != block.words[from + i]) {
        return false;
      }
    }
    return !hasBytes || sameBytes(chunk, at, heap, block, row);
  }

  private boolean sameBytes(long[] chunk, int at, ByteHeap heap, RowBlock block, int row) {
    long reference = chunk[at + words];
    byte[] bytes = heap.chunk(reference);
    int start = ByteHeap.offset(reference);
    int source = block.from + row;
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == Type.Physical.BYTES) {
        BytesVector vector = (BytesVector) block.vectors[i];
        int length = vector.length(source);
        int other = vector.start(source);
        if (!Arrays.equals(bytes, start, start + length, vector.data(), other, other + length)) {
          return false;
        }
        start += length;
      }
    }
    return true;
  }

  /** Whether two stored rows are the same. */
  boolean same(long[] left, int leftAt, long[] right, int rightAt, ByteHeap heap) {
    if (!Arrays.equals(left, leftAt, leftAt + words, right, rightAt, rightAt + words)) {
      return false;
    }
    if (!hasBytes) {
      return true;
    }
    int length = byteLength(left, leftAt);
    long a = left[leftAt + words];
    long b = right[rightAt + words];
    int from = ByteHeap.offset(a);
    int other = ByteHeap.offset(b);
    return Arrays.equals(heap.chunk(a), from, from + length, heap.chunk(b), other, other + length);
  }

  /**
   * A column of many rows.
   *
   * @param addresses of the records; a negative one gives NULL
   * @param at where in a record the row stands
   */
  Vector column(int column, Slab slab, int at, ByteHeap heap, int[] addresses, int count) {
    return switch (kinds[column]) {
      case LONG -> longs(column, slab, at, addresses, count);
      case DOUBLE -> {
        LongVector bits = longs(column, slab, at, addresses, count);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
          values[i] = Double.longBitsToDouble(bits.values()[i]);
        }
        yield new DoubleVector(values, bits.nulls(), count);
      }
      case BYTES -> bytes(column, slab, at, heap, addresses, count);
    };
  }

  private LongVector longs(int column, Slab slab, int at, int[] addresses, int count) {
    long[] values = new long[count];
    boolean[] nulls = Vector.NO_NULLS;
    int word = at + nullWords + column;
    int nullWord = at + (column >>> 6);
    for (int i = 0; i < count; i++) {
      int address = addresses[i];
      boolean missing = address < 0;
      if (!missing) {
        long[] chunk = slab.chunk(address);
        int offset = Slab.offset(address);
        values[i] = chunk[offset + word];
        missing = (chunk[offset + nullWord] >>> (column & 63) & 1) != 0;
      }
      if (missing) {
        nulls = nulls.length == 0 ? new boolean[count] : nulls;
        nulls[i] = true;
      }
    }
    return new LongVector(values, nulls, count);
  }

  private BytesVector bytes(
      int column, Slab slab, int at, ByteHeap heap, int[] addresses, int count) {
    int[] offsets = new int[count + 1];
    boolean[] nulls = Vector.NO_NULLS;
    int total = 0;
    for (int i = 0; i < count; i++) {
      int address = addresses[i];
      boolean missing = address < 0;
      if (!missing) {
        long[] chunk = slab.chunk(address);
        int offset = Slab.offset(address) + at;
        total += (int) chunk[offset + nullWords + column];
        missing = isNull(chunk, offset, column);
      }
      offsets[i + 1] = total;
      if (missing) {
        nulls = nulls.length == 0 ? new boolean[count] : nulls;
        nulls[i] = true;
      }
    }
    byte[] data = new byte[total + BytesVector.PADDING];
    for (int i = 0; i < count; i++) {
      int length = offsets[i + 1] - offsets[i];
      if (length != 0) {
        long[] chunk = slab.chunk(addresses[i]);
        int offset = Slab.offset(addresses[i]) + at;
        long reference = chunk[offset + words];
        int start = ByteHeap.offset(reference) + byteStart(chunk, offset, column);
        System.arraycopy(heap.chunk(reference), start, data, offsets[i], length);
      }
    }
    return new BytesVector(data, offsets, nulls, count);
  }
}
