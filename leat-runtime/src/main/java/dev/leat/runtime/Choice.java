package dev.leat.runtime;

import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Type;
import java.util.Arrays;
import java.util.List;

/** Puts a vector together whose rows come from several: which one, and from which row of it. */
final class Choice {
  private static final int NONE = -1;

  private final int[] source;
  private final int[] position;

  Choice(int size) {
    source = new int[size];
    position = new int[size];
    Arrays.fill(source, NONE);
  }

  void take(int row, int fromSource, int fromPosition) {
    source[row] = fromSource;
    position[row] = fromPosition;
  }

  /** The rows that nothing has been taken for; returns how many. */
  int open(int[] rows) {
    int count = 0;
    for (int i = 0; i < source.length; i++) {
      if (source[i] == NONE) {
        rows[count++] = i;
      }
    }
    return count;
  }

  /** The vector; rows that nothing was taken for are NULL. */
  Vector build(Type type, List<Vector> sources) {
    int size = source.length;
    boolean[] nulls = nulls(sources);
    return switch (type.physical()) {
      case LONG -> {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
          if (!Nulls.at(nulls, i)) {
            values[i] = ((LongVector) sources.get(source[i])).values()[position[i]];
          }
        }
        yield new LongVector(values, nulls, size);
      }
      case DOUBLE -> {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
          if (!Nulls.at(nulls, i)) {
            values[i] = ((DoubleVector) sources.get(source[i])).values()[position[i]];
          }
        }
        yield new DoubleVector(values, nulls, size);
      }
      case BYTES -> bytes(sources, nulls);
    };
  }

  private boolean[] nulls(List<Vector> sources) {
    boolean[] nulls = new boolean[source.length];
    boolean any = false;
    for (int i = 0; i < source.length; i++) {
      nulls[i] = source[i] == NONE || sources.get(source[i]).isNull(position[i]);
      any |= nulls[i];
    }
    return any ? nulls : Vector.NO_NULLS;
  }

  private BytesVector bytes(List<Vector> sources, boolean[] nulls) {
    int size = source.length;
    int[] offsets = new int[size + 1];
    for (int i = 0; i < size; i++) {
      int length =
          Nulls.at(nulls, i) ? 0 : ((BytesVector) sources.get(source[i])).length(position[i]);
      offsets[i + 1] = offsets[i] + length;
    }
    byte[] data = new byte[offsets[size] + BytesVector.PADDING];
    for (int i = 0; i < size; i++) {
      if (!Nulls.at(nulls, i)) {
        BytesVector from = (BytesVector) sources.get(source[i]);
        int length = offsets[i + 1] - offsets[i];
        System.arraycopy(from.data(), from.start(position[i]), data, offsets[i], length);
      }
    }
    return new BytesVector(data, offsets, nulls, size);
  }
}
