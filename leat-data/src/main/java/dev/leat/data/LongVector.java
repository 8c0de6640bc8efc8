package dev.leat.data;

/** Values of a type whose physical form is LONG. A missing value's slot holds 0. */
public record LongVector(long[] values, boolean[] nulls, int size) implements Vector {

  @Override
  public long bytes() {
    return (long) size * Long.BYTES;
  }

  @Override
  public LongVector gather(int[] rows, int count) {
    long[] gathered = new long[count];
    for (int i = 0; i < count; i++) {
      gathered[i] = values[rows[i]];
    }
    return new LongVector(gathered, Vector.gatherNulls(nulls, rows, count), count);
  }
}
