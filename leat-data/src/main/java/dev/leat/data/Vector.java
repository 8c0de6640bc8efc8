package dev.leat.data;

import dev.leat.model.Type;

/**
 * The values of one column. Vectors are not changed once they stand in a {@link Batch}; the arrays
 * they hand out are for reading, may be longer than {@link #size()}, and are shared.
 */
public sealed interface Vector permits LongVector, DoubleVector, BytesVector {

  /** What {@link #nulls()} is when no value is missing. */
  boolean[] NO_NULLS = new boolean[0];

  int size();

  /** Which values are missing: empty when none is, else at least {@link #size()} long. */
  boolean[] nulls();

  /** About how much memory its values take, in bytes. */
  long bytes();

  /** The rows named, in that order. */
  Vector gather(int[] rows, int count);

  default boolean hasNulls() {
    return nulls().length != 0;
  }

  default boolean isNull(int row) {
    boolean[] nulls = nulls();
    return nulls.length != 0 && nulls[row];
  }

  /** A vector of the right kind for a type, with no rows. */
  static Vector empty(Type type) {
    return switch (type.physical()) {
      case LONG -> new LongVector(new long[0], NO_NULLS, 0);
      case DOUBLE -> new DoubleVector(new double[0], NO_NULLS, 0);
      case BYTES -> new BytesVector(new byte[BytesVector.PADDING], new int[1], NO_NULLS, 0);
    };
  }

  /** {@code nulls} of the rows named; stays {@link #NO_NULLS} when it was. */
  static boolean[] gatherNulls(boolean[] nulls, int[] rows, int count) {
    if (nulls.length == 0) {
      return NO_NULLS;
    }
    boolean[] gathered = new boolean[count];
    for (int i = 0; i < count; i++) {
      gathered[i] = nulls[rows[i]];
    }
    return gathered;
  }
}
