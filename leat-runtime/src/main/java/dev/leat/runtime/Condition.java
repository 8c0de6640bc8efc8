package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;

/** What rows must pass; those for which it fails wait until the end of the step. */
final class Condition {
  private final Evaluator predicate;
  private final Waiting waiting;

  Condition(Evaluator predicate, Schema schema) {
    this.predicate = predicate;
    waiting = new Waiting(schema, rows -> truths(rows, new int[rows.size()]));
  }

  /** Finds the rows for which it is TRUE; gives how many. */
  int passing(Batch rows, int[] positions) {
    try {
      return truths(rows, positions);
    } catch (LeatException _) {
      int[] sound = new int[rows.size()];
      int count = waiting.sound(rows, sound);
      int passing = truths(rows.gather(sound, count), positions);
      for (int i = 0; i < passing; i++) {
        positions[i] = sound[positions[i]];
      }
      return passing;
    }
  }

  /** Fails for the rows that are still there. */
  void end() {
    waiting.end();
  }

  private int truths(Batch rows, int[] positions) {
    int count = 0;
    for (int from = 0; from < rows.size(); from += Parts.ROWS) {
      LongVector truth = (LongVector) predicate.evaluate(Parts.from(from, rows));
      count = truths(truth, from, positions, count);
    }
    return count;
  }

  private static int truths(LongVector truth, int from, int[] positions, int before) {
    long[] values = truth.values();
    int count = before;
    if (!truth.hasNulls()) {
      for (int row = 0; row < truth.size(); row++) {
        positions[count] = from + row;
        count += (int) values[row];
      }
      return count;
    }
    for (int row = 0; row < truth.size(); row++) {
      positions[count] = from + row;
      count += truth.nulls()[row] ? 0 : (int) values[row];
    }
    return count;
  }
}
