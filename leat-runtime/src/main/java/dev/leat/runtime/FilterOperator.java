package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.sql.Plan;
import java.util.List;

/** Linear: {@code filter(dX)}. */
final class FilterOperator implements Operator {
  private final Condition condition;

  FilterOperator(Plan.Filter plan) {
    condition = new Condition(Evaluators.of(plan.predicate()), plan.input().schema());
  }

  @Override
  public Batch start(List<Batch> inputs) {
    return gather(inputs);
  }

  @Override
  public Batch step(List<Batch> inputs) {
    Batch result = gather(inputs);
    condition.end();
    return result;
  }

  @Override
  public Batch gather(List<Batch> inputs) {
    Batch input = inputs.getFirst();
    if (input.isEmpty()) {
      return input;
    }
    int[] rows = new int[input.size()];
    int count = condition.passing(input, rows);
    return count == input.size() ? input : input.gather(rows, count);
  }

  @Override
  public String describe() {
    return "filter";
  }
}
