package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.data.Vector;
import dev.leat.model.LeatException;
import dev.leat.sql.Plan;
import java.util.ArrayList;
import java.util.List;

/** Linear: {@code project(dX)}; rows that differ no more are netted out when any is taken away. */
final class ProjectOperator implements Operator {
  private final Plan.Project plan;
  private final List<Evaluator> evaluators;
  private final Waiting waiting;

  ProjectOperator(Plan.Project plan) {
    this.plan = plan;
    evaluators = plan.expressions().stream().map(Evaluators::of).toList();
    waiting = new Waiting(plan.input().schema(), this::projected);
  }

  @Override
  public Batch start(List<Batch> inputs) {
    return gather(inputs);
  }

  @Override
  public Batch step(List<Batch> inputs) {
    Batch result = gather(inputs);
    waiting.end();
    return result;
  }

  @Override
  public Batch gather(List<Batch> inputs) {
    Batch input = inputs.getFirst();
    if (input.isEmpty()) {
      return Batch.empty(plan.schema());
    }
    Batch result = withoutFailing(input);
    return input.insertOnly() ? result : Consolidation.of(result);
  }

  private Batch withoutFailing(Batch input) {
    try {
      return projected(input);
    } catch (LeatException _) {
      int[] sound = new int[input.size()];
      int count = waiting.sound(input, sound);
      return projected(input.gather(sound, count));
    }
  }

  private Batch projected(Batch input) {
    List<Batch> parts = new ArrayList<>();
    for (int from = 0; from < input.size(); from += Parts.ROWS) {
      parts.add(project(Parts.from(from, input)));
    }
    return Consolidation.concat(plan.schema(), parts);
  }

  private Batch project(Batch part) {
    List<Vector> columns = new ArrayList<>(evaluators.size());
    for (Evaluator evaluator : evaluators) {
      columns.add(evaluator.evaluate(part));
    }
    return new Batch(plan.schema(), columns, part.weights(), part.size(), part.insertOnly());
  }

  @Override
  public String describe() {
    return "project";
  }
}
