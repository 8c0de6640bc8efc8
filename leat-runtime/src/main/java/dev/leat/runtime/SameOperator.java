package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.sql.Plan;
import java.util.List;

/** ORDER BY without a limit: the order of a relation means nothing. */
record SameOperator(Plan.Sort plan) implements Operator {
  @Override
  public Batch step(List<Batch> inputs) {
    return inputs.getFirst();
  }

  @Override
  public String describe() {
    return "as it is";
  }
}
