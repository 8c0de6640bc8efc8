package dev.leat.runtime;

import dev.leat.data.BytesVector;
import dev.leat.data.Vector;
import java.io.IOException;
import java.util.Arrays;

/**
 * {@code STRING_AGG(x, separator)}: the values of each touched group, in their own order, joined
 * anew.
 */
final class JoinedText implements ValueIndex.Use, Accumulator, Result {
  private static final int REFERENCE = 1;

  private final int word; // length + 1, or 0 for NULL; then where the text is
  private final int filter;
  private final boolean distinct;
  private final byte[] separator;
  private final SortedValues sorted;
  private final ByteHeap heap = new ByteHeap();
  private long[] replaced = new long[16]; // length and reference of texts no longer referred to
  private int replacedCount;

  JoinedText(int word, int filter, boolean distinct, byte[] separator) {
    this.word = word;
    this.filter = filter;
    this.distinct = distinct;
    this.separator = separator;
    sorted = new SortedValues(this);
  }

  @Override
  public void attach(ValueIndex index) {
    sorted.attach(index);
  }

  @Override
  public int filter() {
    return filter;
  }

  @Override
  public int words() {
    return 2;
  }

  @Override
  public void settle(Groups groups) {
    for (int t = 0; t < groups.touchedCount; t++) {
      long[] chunk = groups.slab.chunk(groups.touched[t]);
      int at = Slab.offset(groups.touched[t]);
      replace(chunk, at + word);
      sorted.read(chunk, at, distinct);
      if (sorted.count > 0) {
        int length = length();
        chunk[at + word] = length + 1;
        chunk[at + word + REFERENCE] = heap.allocate(length);
        join(chunk[at + word + REFERENCE]);
      }
    }
  }

  /** Lets go of the text there was; its bytes stay until the old results have been read. */
  private void replace(long[] chunk, int at) {
    if (chunk[at] != 0) {
      if (replacedCount + 2 > replaced.length) {
        replaced = Arrays.copyOf(replaced, replacedCount * 2);
      }
      replaced[replacedCount++] = chunk[at] - 1;
      replaced[replacedCount++] = chunk[at + REFERENCE];
      chunk[at] = 0;
      chunk[at + REFERENCE] = 0;
    }
  }

  private int length() {
    long length = separator.length * (sorted.count - 1);
    for (int i = 0; i < sorted.size; i++) {
      length += sorted.bytesLength(i) * sorted.counts[i];
    }
    return Math.toIntExact(length);
  }

  private void join(long reference) {
    byte[] target = heap.own(reference);
    int to = ByteHeap.offset(reference);
    for (int i = 0; i < sorted.size; i++) {
      int length = sorted.bytesLength(i);
      for (long times = sorted.counts[i]; times > 0; times--) {
        if (i > 0 || times < sorted.counts[i]) {
          System.arraycopy(separator, 0, target, to, separator.length);
          to += separator.length;
        }
        System.arraycopy(sorted.bytes(i), sorted.bytesStart(i), target, to, length);
        to += length;
      }
    }
  }

  @Override
  public Vector result(States states) {
    int count = states.count();
    int[] offsets = new int[count + 1];
    boolean[] nulls = new boolean[count];
    for (int i = 0; i < count; i++) {
      long length = states.words()[states.at(i, word)] - 1;
      nulls[i] = length < 0;
      offsets[i + 1] = offsets[i] + (int) Math.max(0, length);
    }
    byte[] data = new byte[offsets[count] + BytesVector.PADDING];
    for (int i = 0; i < count; i++) {
      if (offsets[i + 1] > offsets[i]) {
        long reference = states.words()[states.at(i, word + REFERENCE)];
        System.arraycopy(
            heap.chunk(reference),
            ByteHeap.offset(reference),
            data,
            offsets[i],
            offsets[i + 1] - offsets[i]);
      }
    }
    return new BytesVector(data, offsets, nulls, count);
  }

  @Override
  public void forget(Groups groups) {
    for (int i = 0; i < replacedCount; i += 2) {
      heap.release(replaced[i + 1], (int) replaced[i]);
    }
    replacedCount = 0;
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
