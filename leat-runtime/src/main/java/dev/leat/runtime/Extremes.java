package dev.leat.runtime;

import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code MIN(x)} or {@code MAX(x)} over an input that never loses a row: the best value so far. */
final class Extremes implements Accumulator, Result {
  private final int word;
  private final int argument;
  private final int filter;
  private final int sign;
  private final RowLayout layout;
  private final ByteHeap heap = new ByteHeap();
  private final List<Replaced> replaced = new ArrayList<>();

  private static final int REFERENCE = 2;

  /** Bytes that no group refers to, once the old results have been read. */
  private record Replaced(long reference, int length) {}

  /**
   * @param word of the flag that there is a value; then the value's word, then a reference for
   *     BYTES
   * @param sign 1 for MAX, -1 for MIN
   */
  Extremes(int word, int argument, int filter, int sign, RowLayout layout) {
    this.word = word;
    this.argument = argument;
    this.filter = filter;
    this.sign = sign;
    this.layout = layout;
  }

  @Override
  public int words() {
    return layout.hasBytes ? 3 : 2;
  }

  @Override
  public void update(Groups groups) {
    Vector vector = groups.batch.column(argument);
    boolean[] nulls = vector.nulls();
    long[] weights = groups.weights(filter);
    for (int i = 0; i < groups.count; i++) {
      int row = groups.from + i;
      if (weights[i] > 0 && (nulls.length == 0 || !nulls[row])) {
        long[] chunk = groups.chunk(i);
        int at = groups.offset(i) + word;
        switch (vector) {
          case LongVector v -> offer(chunk, at, v.values()[row]);
          case DoubleVector v -> offer(chunk, at, v.values()[row]);
          case BytesVector v -> offer(chunk, at, v, row);
        }
      }
    }
  }

  private void offer(long[] chunk, int at, long value) {
    if (chunk[at] == 0 || (sign > 0 ? value > chunk[at + 1] : value < chunk[at + 1])) {
      chunk[at] = 1;
      chunk[at + 1] = value;
    }
  }

  private boolean better(int order) {
    return sign > 0 ? order > 0 : order < 0;
  }

  private void offer(long[] chunk, int at, double value) {
    if (chunk[at] == 0 || better(Double.compare(value, Double.longBitsToDouble(chunk[at + 1])))) {
      chunk[at] = 1;
      chunk[at + 1] = Double.doubleToLongBits(value);
    }
  }

  private void offer(long[] chunk, int at, BytesVector vector, int row) {
    int length = vector.length(row);
    int start = vector.start(row);
    if (chunk[at] != 0) {
      long reference = chunk[at + REFERENCE];
      int from = ByteHeap.offset(reference);
      int order =
          Arrays.compareUnsigned(
              vector.data(),
              start,
              start + length,
              heap.chunk(reference),
              from,
              from + (int) chunk[at + 1]);
      if (!better(order)) {
        return;
      }
      replaced.add(new Replaced(reference, (int) chunk[at + 1]));
    }
    long reference = heap.allocate(length);
    System.arraycopy(vector.data(), start, heap.own(reference), ByteHeap.offset(reference), length);
    chunk[at] = 1;
    chunk[at + 1] = length;
    chunk[at + REFERENCE] = reference;
  }

  @Override
  public Vector result(States states) {
    return switch (layout.kinds[0]) {
      case LONG -> longs(states);
      case DOUBLE -> {
        LongVector bits = longs(states);
        double[] values = new double[states.count()];
        for (int i = 0; i < values.length; i++) {
          values[i] = Double.longBitsToDouble(bits.values()[i]);
        }
        yield new DoubleVector(values, bits.nulls(), values.length);
      }
      case BYTES -> bytes(states);
    };
  }

  private LongVector longs(States states) {
    int count = states.count();
    long[] values = new long[count];
    boolean[] nulls = Vector.NO_NULLS;
    for (int i = 0, at = states.at(0, word); i < count; i++, at += states.stride()) {
      values[i] = states.words()[at + 1];
      if (states.words()[at] == 0) {
        nulls = nulls.length == 0 ? new boolean[count] : nulls;
        nulls[i] = true;
      }
    }
    return new LongVector(values, nulls, count);
  }

  private BytesVector bytes(States states) {
    LongVector lengths = longs(states);
    int count = states.count();
    int[] offsets = new int[count + 1];
    for (int i = 0; i < count; i++) {
      offsets[i + 1] = offsets[i] + (int) lengths.values()[i];
    }
    byte[] data = new byte[offsets[count] + BytesVector.PADDING];
    for (int i = 0; i < count; i++) {
      if (offsets[i + 1] > offsets[i]) {
        long reference = states.words()[states.at(i, word) + REFERENCE];
        System.arraycopy(
            heap.chunk(reference),
            ByteHeap.offset(reference),
            data,
            offsets[i],
            offsets[i + 1] - offsets[i]);
      }
    }
    return new BytesVector(data, offsets, lengths.nulls(), count);
  }

  @Override
  public void forget(Groups groups) {
    for (Replaced bytes : replaced) {
      heap.release(bytes.reference(), bytes.length());
    }
    replaced.clear();
  }

  @Override
  public long bytes() {
    return heap.bytes();
  }

  @Override
  public Image freeze() {
    return heap.freeze();
  }

  @Override
  public void restore(StateInput in) throws IOException {
    heap.restore(in);
  }
}
