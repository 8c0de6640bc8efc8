package dev.leat.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A stretch of one partition: the values side by side in one array, so that they can be parsed
 * without a copy of each. Not changed once made.
 */
public final class Records {
  /** How many bytes can be read past the last value. */
  public static final int PADDING = 8;

  private final byte[] data;
  private final int[] ends;
  private final long[] offsets;
  private final long[] times;
  private final int size;
  private final long next;

  private Records(Builder from, long next) {
    this.data = from.data;
    this.ends = from.ends;
    this.offsets = from.offsets;
    this.times = from.times;
    this.size = from.size;
    this.next = next;
  }

  public int size() {
    return size;
  }

  /** Where to read on: past the last record, and past offsets that hold none. */
  public long next() {
    return next;
  }

  /** The array that holds all values; at least {@link #PADDING} bytes longer than what is used. */
  public byte[] data() {
    return data;
  }

  public int start(int record) {
    return record == 0 ? 0 : ends[record - 1];
  }

  public int end(int record) {
    return ends[record];
  }

  /** A copy of a value; empty for a record without one. */
  public byte[] value(int record) {
    return Arrays.copyOfRange(data, start(record), end(record));
  }

  public long offset(int record) {
    return offsets[record];
  }

  /** When the record was written, in milliseconds since 1970. */
  public long timeMillis(int record) {
    return times[record];
  }

  /** Collects values. */
  static final class Builder {
    private byte[] data;
    private int[] ends;
    private long[] offsets;
    private long[] times;
    private int size;

    Builder(int records) {
      int room = Math.max(16, Math.min(records, 1 << 14));
      data = new byte[room * 128 + PADDING];
      ends = new int[room];
      offsets = new long[room];
      times = new long[room];
    }

    int size() {
      return size;
    }

    int bytes() {
      return size == 0 ? 0 : ends[size - 1];
    }

    void add(ByteBuffer value, long offset, long time) {
      int from = bytes();
      int length = value.remaining();
      if (from + length + PADDING > data.length) {
        data = Arrays.copyOf(data, Math.max(from + length + PADDING, data.length * 2));
      }
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, size * 2);
        offsets = Arrays.copyOf(offsets, size * 2);
        times = Arrays.copyOf(times, size * 2);
      }
      value.get(value.position(), data, from, length);
      ends[size] = from + length;
      offsets[size] = offset;
      times[size] = time;
      size++;
    }

    Records build(long next) {
      return new Records(this, next);
    }
  }
}
