package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;

/**
 * What the pairs of a join must pass beside equal keys. A pair for which it fails waits until the
 * end of the step: a row that came may have met one that is about to go.
 */
final class Residual {
  private static final int MOST_WAITING = 1 << 16; // more are not there by mishap

  private final Evaluator condition;
  private final Consolidation waiting;

  Residual(Evaluator condition, Schema pairs) {
    this.condition = condition;
    waiting = new Consolidation(pairs);
  }

  /** Finds the pairs that pass; gives how many. */
  int passing(Batch pairs, int[] rows) {
    try {
      return FilterOperator.passing(condition, pairs, rows);
    } catch (LeatException _) {
      return oneByOne(pairs, rows);
    }
  }

  private int oneByOne(Batch pairs, int[] rows) {
    int count = 0;
    int[] one = new int[1];
    for (int i = 0; i < pairs.size(); i++) {
      one[0] = i;
      Batch pair = pairs.gather(one, 1);
      try {
        int passing = FilterOperator.passing(condition, pair, one);
        rows[count] = i;
        count += passing;
      } catch (LeatException _) {
        waiting.add(pair);
      }
    }
    if (waiting.rowsAdded() > MOST_WAITING) {
      end();
    }
    return count;
  }

  /** Fails for the pairs that are still there. */
  void end() {
    Batch left = waiting.drain();
    if (!left.isEmpty()) {
      condition.evaluate(left);
    }
  }
}
