package dev.leat.data;

/**
 * Values of type DOUBLE. -0.0 does not occur: it is stored as 0.0. A missing value's slot holds 0.
 */
public record DoubleVector(double[] values, boolean[] nulls, int size) implements Vector {

  @Override
  public long bytes() {
    return (long) size * Double.BYTES;
  }

  @Override
  public DoubleVector gather(int[] rows, int count) {
    double[] gathered = new double[count];
    for (int i = 0; i < count; i++) {
      gathered[i] = values[rows[i]];
    }
    return new DoubleVector(gathered, Vector.gatherNulls(nulls, rows, count), count);
  }
}
