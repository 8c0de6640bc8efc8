package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.sql.Plan;
import java.util.List;

/** Linear: {@code filter(dX)}. */
final class FilterOperator implements Operator {
  private final Evaluator predicate;

  FilterOperator(Plan.Filter plan) {
    predicate = Evaluators.of(plan.predicate());
  }

  @Override
  public Batch step(List<Batch> inputs) {
    Batch input = inputs.getFirst();
    if (input.isEmpty()) {
      return input;
    }
    int[] rows = new int[input.size()];
    int count = passing(predicate, input, rows);
    return count == input.size() ? input : input.gather(rows, count);
  }

  /** Finds the rows for which a predicate is TRUE; gives how many. */
  static int passing(Evaluator predicate, Batch input, int[] rows) {
    int count = 0;
    for (int from = 0; from < input.size(); from += Parts.ROWS) {
      LongVector truth = (LongVector) predicate.evaluate(Parts.from(from, input));
      count = passing(truth, from, rows, count);
    }
    return count;
  }

  private static int passing(LongVector truth, int from, int[] rows, int before) {
    long[] values = truth.values();
    int count = before;
    if (!truth.hasNulls()) {
      for (int row = 0; row < truth.size(); row++) {
        rows[count] = from + row;
        count += (int) values[row];
      }
      return count;
    }
    for (int row = 0; row < truth.size(); row++) {
      rows[count] = from + row;
      count += truth.nulls()[row] ? 0 : (int) values[row];
    }
    return count;
  }

  @Override
  public String describe() {
    return "filter";
  }
}
