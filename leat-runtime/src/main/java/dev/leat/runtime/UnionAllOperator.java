package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.sql.Plan;
import java.util.List;

/** Linear: {@code dA + dB + …}. */
record UnionAllOperator(Plan.UnionAll plan) implements Operator {
  @Override
  public Batch step(List<Batch> inputs) {
    List<Batch> changed = inputs.stream().filter(b -> !b.isEmpty()).toList();
    return Consolidation.concat(plan.schema(), changed).as(plan.schema());
  }

  @Override
  public String describe() {
    return "UNION ALL";
  }
}
