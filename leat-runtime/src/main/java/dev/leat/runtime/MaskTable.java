package dev.leat.runtime;

import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import java.io.IOException;
import java.util.Arrays;

/**
 * {@code (group, x) -> which filters x has passed}: a bit a filter, for counts of distinct values
 * over an input that never loses a row. A count grows when its bit is set for the first time.
 *
 * <p>A slot is two longs: x, and {@code group + 1 << 32 | mask}; 64 sub-tables by hash.
 */
final class MaskTable implements Accumulator {
  static final int MASKS = 32;
  private static final int SUBS = 64;

  private final int argument;
  private int[] filters = new int[0];
  private int[] words = new int[0];
  private final long[][] subs = new long[SUBS][];
  private final boolean[] shared = new boolean[SUBS];
  private final int[] sizes = new int[SUBS];
  private final int[] masks = new int[RowBlock.ROWS];
  private final long[] values = new long[RowBlock.ROWS];

  MaskTable(int argument) {
    this.argument = argument;
    for (int sub = 0; sub < SUBS; sub++) {
      subs[sub] = new long[16];
    }
  }

  /** Counts the values that pass a filter in a word of the group. */
  void count(int filter, int word) {
    filters = Arrays.copyOf(filters, filters.length + 1);
    filters[filters.length - 1] = filter;
    words = Arrays.copyOf(words, words.length + 1);
    words[words.length - 1] = word;
  }

  @Override
  public int words() {
    return 0;
  }

  @Override
  public void update(Groups groups) {
    int count = groups.count;
    read(groups.batch.column(argument), groups.from, count);
    Arrays.fill(masks, 0, count, 0);
    for (int f = 0; f < filters.length; f++) {
      long[] weights = groups.weights(filters[f]);
      for (int i = 0; i < count; i++) {
        masks[i] |= (int) (-weights[i] >>> 63) << f;
      }
    }
    clearMissing(groups.batch.column(argument), groups.from, count);
    for (int i = 0; i < count; i++) {
      if (masks[i] != 0) {
        int fresh = add(groups.addresses[i] + 1, values[i], masks[i]);
        if (fresh != 0) {
          increment(groups, i, fresh);
        }
      }
    }
  }

  private void read(Vector vector, int from, int count) {
    switch (vector) {
      case LongVector v -> System.arraycopy(v.values(), from, values, 0, count);
      case DoubleVector v -> {
        for (int i = 0; i < count; i++) {
          values[i] = Double.doubleToLongBits(v.values()[from + i]);
        }
      }
      case BytesVector _ -> throw new IllegalStateException("bytes in a mask table");
    }
  }

  private void clearMissing(Vector vector, int from, int count) {
    if (vector.hasNulls()) {
      for (int i = 0; i < count; i++) {
        masks[i] = vector.nulls()[from + i] ? 0 : masks[i];
      }
    }
  }

  private void increment(Groups groups, int row, int fresh) {
    long[] chunk = groups.chunk(row);
    int at = groups.offset(row);
    for (int bits = fresh; bits != 0; bits &= bits - 1) {
      chunk[at + words[Integer.numberOfTrailingZeros(bits)]]++;
    }
  }

  private static long hash(long group, long value) {
    long h = (value ^ (group << 40)) * 0x9E3779B97F4A7C15L + group;
    h = (h ^ (h >>> 32)) * 0xC2B2AE3D27D4EB4FL;
    return h ^ (h >>> 29);
  }

  /** Sets bits of a value; gives those that were not set. */
  private int add(int group, long value, int mask) {
    long hash = hash(group, value);
    int sub = (int) (hash >>> 58);
    long[] slots = subs[sub];
    int last = slots.length - 1;
    int at = ((int) hash << 1) & last;
    while (true) {
      long entry = slots[at + 1];
      if (entry == 0) {
        slots = own(sub);
        slots[at] = value;
        slots[at + 1] = (long) group << 32 | (mask & 0xFFFFFFFFL);
        if (++sizes[sub] * 2 > slots.length * (0.45 + 0.3 * sub / SUBS)) {
          grow(sub);
        }
        return mask;
      }
      if (slots[at] == value && (int) (entry >>> 32) == group) {
        int fresh = mask & ~(int) entry;
        if (fresh != 0) {
          own(sub)[at + 1] = entry | (fresh & 0xFFFFFFFFL);
        }
        return fresh;
      }
      at = (at + 2) & last;
    }
  }

  private long[] own(int sub) {
    if (shared[sub]) {
      subs[sub] = subs[sub].clone();
      shared[sub] = false;
    }
    return subs[sub];
  }

  private void grow(int sub) {
    long[] old = subs[sub];
    long[] slots = new long[old.length * 2];
    int last = slots.length - 1;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != 0) {
        int at = ((int) hash(old[i + 1] >>> 32, old[i]) << 1) & last;
        while (slots[at + 1] != 0) {
          at = (at + 2) & last;
        }
        slots[at] = old[i];
        slots[at + 1] = old[i + 1];
      }
    }
    subs[sub] = slots;
    shared[sub] = false;
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (long[] slots : subs) {
      bytes += (long) slots.length * Long.BYTES;
    }
    return bytes;
  }

  @Override
  public Image freeze() {
    Arrays.fill(shared, true);
    long[][] frozen = subs.clone();
    int[] frozenSizes = sizes.clone();
    return out -> {
      for (int sub = 0; sub < SUBS; sub++) {
        out.writeInt(frozenSizes[sub]);
        out.writeLongs(frozen[sub], frozen[sub].length);
      }
    };
  }

  @Override
  public void restore(StateInput in) throws IOException {
    for (int sub = 0; sub < SUBS; sub++) {
      sizes[sub] = in.readInt();
      subs[sub] = in.readLongs();
      shared[sub] = false;
    }
  }
}
