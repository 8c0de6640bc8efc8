package dev.leat.data;

import dev.leat.model.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows a {@link Vector} value by value. Calls that do not fit the physical form throw. */
public abstract sealed class VectorBuilder {
  boolean[] nulls = Vector.NO_NULLS;
  int size;

  public static VectorBuilder of(Type type) {
    return switch (type.physical()) {
      case LONG -> new Longs();
      case DOUBLE -> new Doubles();
      case BYTES -> new Bytes();
    };
  }

  public final int size() {
    return size;
  }

  public void append(long value) {
    throw new IllegalStateException("not a LONG column");
  }

  public void append(double value) {
    throw new IllegalStateException("not a DOUBLE column");
  }

  public void append(byte[] data, int start, int length) {
    throw new IllegalStateException("not a BYTES column");
  }

  public final void append(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    append(bytes, 0, bytes.length);
  }

  public final void appendNull() {
    if (nulls.length <= size) {
      nulls = Arrays.copyOf(nulls, Math.max(16, Math.max(size + 1, nulls.length * 2)));
    }
    appendBlank();
    nulls[size - 1] = true;
  }

  /** Appends a copy of a value of a vector of the same physical form. */
  public abstract void appendFrom(Vector source, int row);

  /** Appends a copy of all values of a vector of the same physical form. */
  public final void appendAll(Vector source) {
    if (source.nulls().length > 0) {
      nulls = Arrays.copyOf(nulls, size + source.size());
      System.arraycopy(source.nulls(), 0, nulls, size, source.size());
    }
    copy(source);
    size += source.size();
  }

  /** Copies a vector's values to the end, without counting them. */
  abstract void copy(Vector source);

  /** Takes back every value from {@code newSize} on. */
  public abstract void truncate(int newSize);

  public abstract Vector build();

  abstract void appendBlank();

  /** Nulls as a vector wants them: none at all, or one for each value. */
  final boolean[] builtNulls() {
    if (nulls.length == 0) {
      return Vector.NO_NULLS;
    }
    boolean any = false;
    for (int i = 0; i < Math.min(size, nulls.length) && !any; i++) {
      any = nulls[i];
    }
    return any ? Arrays.copyOf(nulls, size) : Vector.NO_NULLS;
  }

  final void truncateNulls(int newSize) {
    if (nulls.length > newSize) {
      Arrays.fill(nulls, newSize, nulls.length, false);
    }
    size = newSize;
  }

  static final class Longs extends VectorBuilder {
    private long[] values = new long[16];

    @Override
    public void append(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    @Override
    void appendBlank() {
      append(0L);
    }

    @Override
    public void appendFrom(Vector source, int row) {
      if (source.isNull(row)) {
        appendNull();
      } else {
        append(((LongVector) source).values()[row]);
      }
    }

    @Override
    void copy(Vector source) {
      int needed = size + source.size();
      if (needed > values.length) {
        values = Arrays.copyOf(values, Math.max(needed, values.length * 2));
      }
      System.arraycopy(((LongVector) source).values(), 0, values, size, source.size());
    }

    @Override
    public void truncate(int newSize) {
      truncateNulls(newSize);
    }

    @Override
    public Vector build() {
      return new LongVector(Arrays.copyOf(values, size), builtNulls(), size);
    }
  }

  static final class Doubles extends VectorBuilder {
    private double[] values = new double[16];

    @Override
    public void append(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value + 0.0; // -0.0 becomes 0.0
    }

    @Override
    void appendBlank() {
      append(0.0);
    }

    @Override
    public void appendFrom(Vector source, int row) {
      if (source.isNull(row)) {
        appendNull();
      } else {
        append(((DoubleVector) source).values()[row]);
      }
    }

    @Override
    void copy(Vector source) {
      int needed = size + source.size();
      if (needed > values.length) {
        values = Arrays.copyOf(values, Math.max(needed, values.length * 2));
      }
      System.arraycopy(((DoubleVector) source).values(), 0, values, size, source.size());
    }

    @Override
    public void truncate(int newSize) {
      truncateNulls(newSize);
    }

    @Override
    public Vector build() {
      return new DoubleVector(Arrays.copyOf(values, size), builtNulls(), size);
    }
  }

  static final class Bytes extends VectorBuilder {
    private byte[] data = new byte[256];
    private int[] offsets = new int[17];

    @Override
    public void append(byte[] source, int start, int length) {
      int end = offsets[size];
      if (end + length + BytesVector.PADDING > data.length) {
        data = Arrays.copyOf(data, Math.max(end + length + BytesVector.PADDING, data.length * 2));
      }
      if (size + 1 == offsets.length) {
        offsets = Arrays.copyOf(offsets, offsets.length * 2);
      }
      System.arraycopy(source, start, data, end, length);
      offsets[++size] = end + length;
    }

    @Override
    void appendBlank() {
      append(data, 0, 0);
    }

    @Override
    public void appendFrom(Vector source, int row) {
      if (source.isNull(row)) {
        appendNull();
      } else {
        BytesVector bytes = (BytesVector) source;
        append(bytes.data(), bytes.start(row), bytes.length(row));
      }
    }

    @Override
    void copy(Vector source) {
      BytesVector bytes = (BytesVector) source;
      int first = bytes.start(0);
      int from = offsets[size];
      int length = bytes.start(bytes.size()) - first;
      if (from + length + BytesVector.PADDING > data.length) {
        data = Arrays.copyOf(data, Math.max(from + length + BytesVector.PADDING, data.length * 2));
      }
      if (size + bytes.size() >= offsets.length) {
        offsets = Arrays.copyOf(offsets, Math.max(size + bytes.size() + 1, offsets.length * 2));
      }
      System.arraycopy(bytes.data(), first, data, from, length);
      for (int row = 1; row <= bytes.size(); row++) {
        offsets[size + row] = from + bytes.start(row) - first;
      }
    }

    @Override
    public void truncate(int newSize) {
      truncateNulls(newSize);
    }

    @Override
    public Vector build() {
      return new BytesVector(
          Arrays.copyOf(data, offsets[size] + BytesVector.PADDING),
          Arrays.copyOf(offsets, size + 1),
          builtNulls(),
          size);
    }
  }
}
