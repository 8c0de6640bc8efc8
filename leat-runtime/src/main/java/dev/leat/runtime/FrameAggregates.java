package dev.leat.runtime;

import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.sql.Plan.WindowCall;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Aggregates over frames. Frames move one way, so each row enters once and leaves once; sums are
 * exact on the way, so what has left leaves nothing behind.
 */
final class FrameAggregates {
  private FrameAggregates() {}

  /** What rows enter and leave. */
  private interface Window {
    void change(int row, int weight);

    void read(int row);
  }

  private static void slide(WindowFrames f, Window window) {
    int from = 0;
    int to = 0;
    for (int i = 0; i < f.size; i++) {
      while (to < f.end[i]) {
        window.change(to++, 1);
      }
      while (from < f.start[i]) {
        window.change(from++, -1);
      }
      window.read(i);
      if (i + 1 == f.partitionEnd[i]) {
        while (to < f.partitionEnd[i]) {
          window.change(to++, 1);
        }
        while (from < f.partitionEnd[i]) {
          window.change(from++, -1);
        }
      }
    }
  }

  /** COUNT(*) without values. */
  static Vector count(List<Vector> values, WindowFrames f) {
    long[] counts = new long[f.size];
    int[] known = new int[f.size + 1]; // values that are there before each row
    for (int i = 0; i < f.size; i++) {
      int row = i;
      known[i + 1] = known[i] + (values.stream().noneMatch(v -> v.isNull(row)) ? 1 : 0);
    }
    Arrays.setAll(counts, i -> known[f.end[i]] - known[f.start[i]]);
    return new LongVector(counts, Vector.NO_NULLS, f.size);
  }

  static Vector sum(WindowCall call, Vector values, WindowFrames f) {
    return values instanceof DoubleVector doubles
        ? doubles(doubles, f, false)
        : exact(call, (LongVector) values, f, 0);
  }

  static Vector average(WindowCall call, Vector values, WindowFrames f) {
    return values instanceof DoubleVector doubles
        ? doubles(doubles, f, true)
        : exact(
            call,
            (LongVector) values,
            f,
            ExactResult.averageFactor(call.arguments().getFirst().type(), call.type()));
  }

  private static Vector exact(WindowCall call, LongVector values, WindowFrames f, long factor) {
    int stride = 3; // number, low and high word of the sum
    long[] results = new long[stride * f.size];
    long[] state = new long[stride];
    slide(
        f,
        new Window() {
          @Override
          public void change(int row, int weight) {
            if (!values.isNull(row)) {
              SumAccumulator.add(state, 0, values.values()[row], weight);
            }
          }

          @Override
          public void read(int row) {
            System.arraycopy(state, 0, results, stride * row, stride);
          }
        });
    Result.States states = new Result.States(results, stride, f.size);
    return ExactResult.read(states, Groups.ROWS_WORD, call.type(), factor);
  }

  private static Vector doubles(DoubleVector values, WindowFrames f, boolean average) {
    DoubleSums sums = new DoubleSums(0, -1, 0, average);
    long[] state = new long[sums.words()];
    double[] results = new double[f.size];
    boolean[] nulls = new boolean[f.size];
    slide(
        f,
        new Window() {
          @Override
          public void change(int row, int weight) {
            if (!values.isNull(row)) {
              sums.add(state, 0, values.values()[row], weight);
            }
          }

          @Override
          public void read(int row) {
            nulls[row] = state[0] == 0;
            results[row] = nulls[row] ? 0 : sums.value(state, 0);
          }
        });
    return new DoubleVector(results, nulls, f.size);
  }

  /**
   * Of each row the row of its frame with the least (sign -1) or greatest value, or -1. Keeps those
   * rows that no later one of the frame beats.
   */
  static IntUnaryOperator extreme(Vector values, WindowFrames f, int sign) {
    int[] best = new int[f.size];
    int[] waiting = new int[f.size];
    int head = 0;
    int tail = 0;
    int to = 0;
    for (int i = 0; i < f.size; i++) {
      if (i == f.partitionStart[i]) {
        head = tail = 0;
        to = i;
      }
      for (; to < f.end[i]; to++) {
        if (!values.isNull(to)) {
          while (tail > head
              && sign * Comparisons.compare(values, to, values, waiting[tail - 1]) >= 0) {
            tail--;
          }
          waiting[tail++] = to;
        }
      }
      while (head < tail && waiting[head] < f.start[i]) {
        head++;
      }
      best[i] = head < tail ? waiting[head] : -1;
    }
    return i -> best[i];
  }
}
