package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.sql.Expr;
import dev.leat.sql.Plan;
import java.util.List;

/** Constant rows: all of them at the start, never a change after. */
record ValuesOperator(Plan.Values plan) implements Operator {
  @Override
  public Batch start(List<Batch> inputs) {
    BatchBuilder rows = new BatchBuilder(plan.schema());
    for (List<Expr.Literal> row : plan.rows()) {
      rows.appendValues(1, row.stream().map(l -> l.value().orElse(BatchBuilder.NULL)).toArray());
    }
    return rows.build();
  }

  @Override
  public Batch step(List<Batch> inputs) {
    return Batch.empty(plan.schema());
  }

  @Override
  public String describe() {
    return "VALUES";
  }
}
