package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Rows;
import dev.leat.sql.Frame;
import dev.leat.sql.Plan;
import java.util.Optional;

/**
 * For each row of some sorted partitions: where its partition, its peers (rows that the order does
 * not tell apart) and its frame begin and end. Ends are exclusive; both bounds of the frames of a
 * partition never go back from one row to the next.
 */
final class WindowFrames {
  final int size;
  final int[] partitionStart;
  final int[] partitionEnd;
  final int[] peerStart;
  final int[] peerEnd;
  final int[] start;
  final int[] end;

  /**
   * @param starts where each partition begins, and after the last where it ends
   */
  WindowFrames(Plan.Window plan, Batch rows, int[] starts, int partitions) {
    size = rows.size();
    partitionStart = new int[size];
    partitionEnd = new int[size];
    peerStart = new int[size];
    peerEnd = new int[size];
    int[] order = plan.order().stream().mapToInt(Plan.SortKey::column).toArray();
    for (int p = 0; p < partitions; p++) {
      partition(rows, order, starts[p], starts[p + 1]);
    }
    boolean framed = plan.frame().isPresent();
    start = framed ? new int[size] : partitionStart;
    end = framed ? new int[size] : partitionEnd;
    plan.frame().ifPresent(this::frame);
  }

  private void partition(Batch rows, int[] order, int from, int to) {
    int first = from;
    for (int i = from; i < to; i++) {
      partitionStart[i] = from;
      partitionEnd[i] = to;
      if (i > from && !Rows.same(rows, i - 1, order, rows, i, order)) {
        first = i;
      }
      peerStart[i] = first;
    }
    int last = to;
    for (int i = to - 1; i >= from; i--) {
      peerEnd[i] = last;
      if (peerStart[i] == i) {
        last = i;
      }
    }
  }

  /** What of a frame is unknown here: known are those that count rows or reach as far as peers. */
  static Optional<String> unknown(Frame frame) {
    if (frame.exclusion() != Frame.Exclusion.NO_OTHERS) {
      return Optional.of("EXCLUDE");
    }
    return frame.start() instanceof Frame.Bound.Distance
            || frame.end() instanceof Frame.Bound.Distance
        ? Optional.of("RANGE by a distance")
        : Optional.empty();
  }

  private void frame(Frame frame) {
    for (int i = 0; i < size; i++) {
      int from = bound(frame.rows(), frame.start(), i, partitionStart[i], peerStart[i], 0);
      int to = bound(frame.rows(), frame.end(), i, partitionEnd[i], peerEnd[i], 1);
      start[i] = from;
      end[i] = Math.max(from, to);
    }
  }

  private int bound(boolean rows, Frame.Bound at, int row, int unbounded, int peer, int more) {
    return switch (at) {
      case Frame.Bound.Unbounded _ -> unbounded;
      case Frame.Bound.Rows(long after) when rows ->
          (int) Math.clamp(row + after + more, partitionStart[row], partitionEnd[row]);
      case Frame.Bound.Rows _ -> peer;
      case Frame.Bound.Distance _ -> throw new IllegalArgumentException(at.toString());
    };
  }
}
