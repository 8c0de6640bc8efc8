package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Small steps in making plans. */
final class Plans {
  private Plans() {}

  static Expr.ColumnRef ref(Plan input, int index) {
    Column column = input.schema().column(index);
    return new Expr.ColumnRef(index, column.type(), column.nullable());
  }

  /** References to the columns from..to-1. */
  static List<Expr> refs(Plan input, int from, int to) {
    return IntStream.range(from, to).<Expr>mapToObj(i -> ref(input, i)).toList();
  }

  static Schema columns(Schema first, List<Column> more) {
    List<Column> all = new ArrayList<>(first.columns());
    all.addAll(more);
    return new Schema(all);
  }

  /**
   * A projection. One over another is made one with it unless that would compute something twice,
   * and a row number that is not used is not computed.
   */
  static Plan project(Plan input, List<Expr> expressions, Schema schema) {
    if (input instanceof Plan.Project inner && mergeable(inner, expressions)) {
      return project(
          inner.input(),
          expressions.stream().map(e -> moved(e, inner.expressions())).toList(),
          schema);
    }
    if (input instanceof Plan.TopN top
        && top.rowNumber()
        && expressions.stream().allMatch(e -> uses(e, top.schema().size() - 1) == 0)) {
      Plan.TopN unnumbered =
          new Plan.TopN(
              top.input(), top.partition(), top.order(), top.limit(), false, top.input().schema());
      return project(unnumbered, expressions, schema);
    }
    boolean identity =
        schema.equals(input.schema())
            && IntStream.range(0, expressions.size())
                .allMatch(i -> expressions.get(i).equals(ref(input, i)));
    return identity ? input : new Plan.Project(input, expressions, schema);
  }

  private static boolean mergeable(Plan.Project inner, List<Expr> outer) {
    return IntStream.range(0, inner.expressions().size())
        .allMatch(i ->
            switch (inner.expressions().get(i)) {
              case Expr.ColumnRef _, Expr.OuterRef _, Expr.Literal _ -> true;
              case Expr.Call _, Expr.Cast _, Expr.Case _ ->
                  outer.stream().mapToInt(e -> uses(e, i)).sum() <= 1;
            });
  }

  /** How often an expression names a column. */
  private static int uses(Expr expr, int column) {
    return switch (expr) {
      case Expr.ColumnRef ref -> ref.index() == column ? 1 : 0;
      case Expr.OuterRef _, Expr.Literal _ -> 0;
      case Expr.Call call -> call.arguments().stream().mapToInt(a -> uses(a, column)).sum();
      case Expr.Cast cast -> uses(cast.operand(), column);
      case Expr.Case choice ->
          uses(choice.otherwise(), column)
              + choice.branches().stream()
                  .mapToInt(b -> uses(b.condition(), column) + uses(b.value(), column))
                  .sum();
    };
  }

  /** An expression over columns, with each replaced by what stands in the list for it. */
  static Expr moved(Expr expr, List<Expr> columns) {
    return switch (expr) {
      case Expr.ColumnRef ref -> columns.get(ref.index());
      case Expr.OuterRef _, Expr.Literal _ -> expr;
      case Expr.Call call ->
          new Expr.Call(
              call.function(),
              call.arguments().stream().map(a -> moved(a, columns)).toList(),
              call.type(),
              call.nullable());
      case Expr.Cast cast ->
          new Expr.Cast(
              moved(cast.operand(), columns), cast.type(), cast.nullable(), cast.orNull());
      case Expr.Case choice ->
          new Expr.Case(
              choice.branches().stream()
                  .map(b ->
                      new Expr.Case.Branch(
                          moved(b.condition(), columns), moved(b.value(), columns)))
                  .toList(),
              moved(choice.otherwise(), columns),
              choice.type(),
              choice.nullable());
    };
  }

  /** The same rows with other names (and the types they have). */
  static Plan named(Plan plan, List<String> names) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Column column = plan.schema().column(i);
      columns.add(new Column(names.get(i), column.type(), column.nullable()));
    }
    Schema schema = new Schema(columns);
    return switch (plan) {
      case Plan _ when plan.schema().equals(schema) -> plan;
      case Plan.Project p -> new Plan.Project(p.input(), p.expressions(), schema);
      case Plan.Aggregate a -> new Plan.Aggregate(a.input(), a.keys(), a.calls(), schema);
      case Plan.Sort s -> new Plan.Sort(named(s.input(), names), s.order(), s.offset(), s.limit());
      default -> new Plan.Project(plan, refs(plan, 0, schema.size()), schema);
    };
  }
}
