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
    LongVector truth = (LongVector) predicate.evaluate(input);
    long[] values = truth.values();
    int count = 0;
    if (!truth.hasNulls()) {
      for (int row = 0; row < input.size(); row++) {
        rows[count] = row;
        count += (int) values[row];
      }
      return count;
    }
    for (int row = 0; row < input.size(); row++) {
      rows[count] = row;
      count += truth.nulls()[row] ? 0 : (int) values[row];
    }
    return count;
  }

  @Override
  public String describe() {
    return "filter";
  }
}
