package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Vector;
import dev.leat.sql.Expr;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Some rows of a batch, with no more columns than an expression reads. */
final class Selection {
  private final BitSet columns = new BitSet();

  Selection(Expr expr) {
    collect(expr);
  }

  private void collect(Expr expr) {
    switch (expr) {
      case Expr.ColumnRef column -> columns.set(column.index());
      case Expr.Literal _, Expr.OuterRef _ -> {}
      case Expr.Cast cast -> collect(cast.operand());
      case Expr.Call call -> call.arguments().forEach(this::collect);
      case Expr.Case choice -> {
        choice.branches().forEach(b -> collect(b.condition()));
        choice.branches().forEach(b -> collect(b.value()));
        collect(choice.otherwise());
      }
    }
  }

  /** The rows named; columns that are not read have no rows, weights are all 1. */
  Batch of(Batch input, int[] rows, int count) {
    List<Vector> gathered = new ArrayList<>(input.columns().size());
    for (int i = 0; i < input.columns().size(); i++) {
      Vector column = input.column(i);
      gathered.add(column.gather(rows, columns.get(i) ? count : 0));
    }
    return new Batch(input.schema(), gathered, new long[count], count, true);
  }
}
