package dev.leat.runtime;

import dev.leat.data.DoubleVector;
import dev.leat.data.Vector;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * {@code SUM(x)} and {@code AVG(x)} of DOUBLE: the exact sum as one long fixed-point number,
 * rounded once at the end. So the order of the rows does not matter, and what was added can be
 * taken away.
 *
 * <p>The number is {@code limb[i] * 2^(64 * (base + i) - 1074)} in two's complement, over as many
 * limbs as the values need. Beside it stand the counts of NaN and of the two infinities.
 */
final class DoubleSums implements Accumulator, Result {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int NANS = 0;
  private static final int PLUS = 8;
  private static final int MINUS = 16;
  private static final int BASE = 24;
  private static final int LIMBS = 32;
  private static final int VALUE = 1;
  private static final int LENGTH = 2;
  private static final int REFERENCE = 3;
  private static final int SPAN = 4; // limbs that one value may reach, and one for the sign

  private final int word; // number of values; then the result, the block's length, its reference
  private final int argument;
  private final int filter;
  private final boolean average;
  private final ByteHeap heap = new ByteHeap();

  /**
   * @param argument negative when values come by {@link #add} only
   */
  DoubleSums(int word, int argument, int filter, boolean average) {
    this.word = word;
    this.argument = argument;
    this.filter = filter;
    this.average = average;
  }

  @Override
  public int words() {
    return 4;
  }

  @Override
  public void update(Groups groups) {
    if (argument < 0) {
      return;
    }
    DoubleVector vector = groups.batch.doubles(argument);
    long[] weights = groups.weights(filter);
    for (int i = 0; i < groups.count; i++) {
      int row = groups.from + i;
      if (weights[i] != 0 && !vector.isNull(row)) {
        add(groups.chunk(i), groups.offset(i), vector.values()[row], weights[i]);
      }
    }
  }

  /** Adds a value some times to the sum of the group whose record stands at a place. */
  void add(long[] chunk, int record, double value, long weight) {
    int at = record + word;
    chunk[at] += weight;
    if (value == 0) {
      return;
    }
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      block(chunk, at, 0);
      int slot = Double.isNaN(value) ? NANS : value > 0 ? PLUS : MINUS;
      byte[] bytes = heap.own(chunk[at + REFERENCE]);
      int place = ByteHeap.offset(chunk[at + REFERENCE]) + slot;
      LONG.set(bytes, place, (long) LONG.get(bytes, place) + weight);
      return;
    }
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    long mantissa = bits & ((1L << 52) - 1);
    if (exponent != 0) {
      mantissa |= 1L << 52;
      exponent--;
    }
    long factor = value < 0 ? -weight : weight;
    long low = mantissa * factor;
    long high = Math.multiplyHigh(mantissa, factor);
    int shift = exponent & 63;
    int limb = exponent >>> 6;
    int base = block(chunk, at, limb);
    byte[] bytes = heap.own(chunk[at + REFERENCE]);
    int first = ByteHeap.offset(chunk[at + REFERENCE]) + LIMBS;
    int limbs = limbs(chunk, at);
    long middle = shift == 0 ? high : high << shift | low >>> (64 - shift);
    long top = shift == 0 ? high >> 63 : high >> (64 - shift);
    long carry = addTo(bytes, first + 8 * (limb - base), low << shift, 0);
    carry = addTo(bytes, first + 8 * (limb - base + 1), middle, carry);
    carry = addTo(bytes, first + 8 * (limb - base + 2), top, carry);
    for (int i = limb - base + 3; i < limbs; i++) {
      carry = addTo(bytes, first + 8 * i, top >> 63, carry);
    }
  }

  private static long addTo(byte[] bytes, int at, long value, long carry) {
    long old = (long) LONG.get(bytes, at);
    long sum = old + value;
    long out = Long.compareUnsigned(sum, old) < 0 ? 1 : 0;
    long total = sum + carry;
    out += carry != 0 && total == 0 ? 1 : 0;
    LONG.set(bytes, at, total);
    return out;
  }

  private static int limbs(long[] chunk, int at) {
    return ((int) chunk[at + LENGTH] - LIMBS) / 8;
  }

  /** Makes sure that the group's number reaches a limb; gives its lowest limb. */
  private int block(long[] chunk, int at, int limb) {
    int length = (int) chunk[at + LENGTH];
    if (length == 0) {
      write(chunk, at, limb, new long[SPAN], new long[3]);
      return limb;
    }
    long reference = chunk[at + REFERENCE];
    byte[] bytes = heap.chunk(reference);
    int start = ByteHeap.offset(reference);
    int base = (int) (long) LONG.get(bytes, start + BASE);
    int limbs = limbs(chunk, at);
    if (limb >= base && limb + SPAN <= base + limbs) {
      return base;
    }
    int newBase = Math.min(base, limb);
    long[] wider = new long[Math.max(base + limbs, limb + SPAN) - newBase];
    long last = 0;
    for (int i = 0; i < limbs; i++) {
      last = (long) LONG.get(bytes, start + LIMBS + 8 * i);
      wider[base - newBase + i] = last;
    }
    for (int i = base - newBase + limbs; i < wider.length; i++) {
      wider[i] = last >> 63;
    }
    long[] special = {
      (long) LONG.get(bytes, start + NANS),
      (long) LONG.get(bytes, start + PLUS),
      (long) LONG.get(bytes, start + MINUS)
    };
    heap.release(reference, length);
    write(chunk, at, newBase, wider, special);
    return newBase;
  }

  private void write(long[] chunk, int at, int base, long[] limbs, long[] special) {
    int length = LIMBS + 8 * limbs.length;
    long reference = heap.allocate(length);
    byte[] bytes = heap.own(reference);
    int start = ByteHeap.offset(reference);
    LONG.set(bytes, start + NANS, special[0]);
    LONG.set(bytes, start + PLUS, special[1]);
    LONG.set(bytes, start + MINUS, special[2]);
    LONG.set(bytes, start + BASE, (long) base);
    for (int i = 0; i < limbs.length; i++) {
      LONG.set(bytes, start + LIMBS + 8 * i, limbs[i]);
    }
    chunk[at + LENGTH] = length;
    chunk[at + REFERENCE] = reference;
  }

  @Override
  public void settle(Groups groups) {
    for (int i = 0; i < groups.touchedCount; i++) {
      long[] chunk = groups.slab.chunk(groups.touched[i]);
      int at = Slab.offset(groups.touched[i]) + word;
      chunk[at + VALUE] = Double.doubleToLongBits(value(chunk, at - word));
    }
  }

  /** The sum or average, as it stands, of the group whose record stands at a place. */
  double value(long[] chunk, int record) {
    int at = record + word;
    double sum = sum(chunk, at);
    return (average && chunk[at] != 0 ? sum / chunk[at] : sum) + 0.0;
  }

  private double sum(long[] chunk, int at) {
    if (chunk[at + LENGTH] == 0) {
      return 0;
    }
    byte[] bytes = heap.chunk(chunk[at + REFERENCE]);
    int start = ByteHeap.offset(chunk[at + REFERENCE]);
    boolean plus = (long) LONG.get(bytes, start + PLUS) > 0;
    boolean minus = (long) LONG.get(bytes, start + MINUS) > 0;
    if ((long) LONG.get(bytes, start + NANS) > 0 || (plus && minus)) {
      return Double.NaN;
    }
    if (plus || minus) {
      return plus ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    int limbs = limbs(chunk, at);
    byte[] bigEndian = new byte[8 * limbs];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = bytes[start + LIMBS + bigEndian.length - 1 - i];
    }
    int base = (int) (long) LONG.get(bytes, start + BASE);
    return round(new BigInteger(bigEndian), 64 * base - 1074);
  }

  /** {@code number * 2^exponent}, rounded once, to the nearest, ties to even. */
  private static double round(BigInteger number, int exponent) {
    int drop = Math.max(0, number.abs().bitLength() - 66);
    BigInteger head = number.abs().shiftRight(drop);
    if (drop > 0 && number.abs().getLowestSetBit() < drop) {
      head = head.setBit(0);
    }
    double rounded = Math.scalb(head.doubleValue(), exponent + drop);
    return number.signum() < 0 ? -rounded : rounded;
  }

  @Override
  public Vector result(States states) {
    double[] values = new double[states.count()];
    boolean[] nulls = Vector.NO_NULLS;
    for (int i = 0; i < values.length; i++) {
      int at = states.at(i, word);
      if (states.words()[at] == 0) {
        nulls = nulls.length == 0 ? new boolean[values.length] : nulls;
        nulls[i] = true;
      } else {
        values[i] = Double.longBitsToDouble(states.words()[at + VALUE]);
      }
    }
    return new DoubleVector(values, nulls, values.length);
  }

  /** A sum of no values need not be 0: what was taken away too early is still to come. */
  @Override
  public boolean isZero(long[] chunk, int at) {
    if (chunk[at] != 0 || chunk[at + LENGTH] == 0) {
      return chunk[at] == 0;
    }
    byte[] bytes = heap.chunk(chunk[at + REFERENCE]);
    int start = ByteHeap.offset(chunk[at + REFERENCE]);
    int end = start + (int) chunk[at + LENGTH];
    for (int i = start; i < end; i += Long.BYTES) {
      if (i != start + BASE && (long) LONG.get(bytes, i) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void release(int address, Slab slab) {
    long[] chunk = slab.chunk(address);
    int at = Slab.offset(address) + word;
    if (chunk[at + LENGTH] != 0) {
      heap.release(chunk[at + REFERENCE], (int) chunk[at + LENGTH]);
    }
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
