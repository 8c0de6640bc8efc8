package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.data.Vector;
import dev.leat.sql.Plan;
import java.util.ArrayList;
import java.util.List;

/** Linear: {@code project(dX)}; rows that differ no more are netted out when any is taken away. */
final class ProjectOperator implements Operator {
  private final Plan.Project plan;
  private final List<Evaluator> evaluators;

  ProjectOperator(Plan.Project plan) {
    this.plan = plan;
    evaluators = plan.expressions().stream().map(Evaluators::of).toList();
  }

  @Override
  public Batch step(List<Batch> inputs) {
    Batch input = inputs.getFirst();
    if (input.isEmpty()) {
      return Batch.empty(plan.schema());
    }
    List<Vector> columns = new ArrayList<>(evaluators.size());
    for (Evaluator evaluator : evaluators) {
      columns.add(evaluator.evaluate(input));
    }
    Batch result =
        new Batch(plan.schema(), columns, input.weights(), input.size(), input.insertOnly());
    return input.insertOnly() ? result : Consolidation.of(result);
  }

  @Override
  public String describe() {
    return "project";
  }
}
