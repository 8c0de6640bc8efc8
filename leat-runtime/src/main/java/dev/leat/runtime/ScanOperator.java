package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.sql.Plan;
import java.util.List;

/** The change of a relation, as it came. */
record ScanOperator(Plan.Scan plan) implements Operator {
  @Override
  public Batch step(List<Batch> inputs) {
    return inputs.getFirst();
  }

  @Override
  public String describe() {
    return "scan " + plan.relation();
  }
}
