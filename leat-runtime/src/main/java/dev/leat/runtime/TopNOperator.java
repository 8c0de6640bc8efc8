package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.sql.Plan;
import java.util.List;

/** The first rows of every partition. */
final class TopNOperator implements Operator {
  TopNOperator(Plan.TopN plan, boolean appendOnly) {
    throw new IllegalArgumentException("no form yet of " + plan + appendOnly);
  }

  @Override
  public Batch step(List<Batch> inputs) {
    return inputs.getFirst();
  }

  @Override
  public String describe() {
    return "first rows";
  }
}
