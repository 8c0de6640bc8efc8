package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** GROUP BY in all its forms, and DISTINCT, which Calcite also calls an aggregate. */
final class PlanAggregates {
  private final PlanBuilder builder;

  PlanAggregates(PlanBuilder builder) {
    this.builder = builder;
  }

  Plan aggregate(Aggregate aggregate) {
    Plan input = builder.build(aggregate.getInput());
    Schema schema = PlanBuilder.schema(aggregate);
    List<Plan> sets = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      sets.add(grouped(aggregate, set, input, schema));
    }
    return sets.size() == 1 ? sets.getFirst() : new Plan.UnionAll(sets, schema);
  }

  private Plan grouped(Aggregate aggregate, ImmutableBitSet set, Plan input, Schema schema) {
    List<Integer> keys = set.asList();
    List<Integer> allKeys = aggregate.getGroupSet().asList();
    List<Plan.AggregateCall> calls = new ArrayList<>();
    List<Column> given = new ArrayList<>();
    keys.forEach(k -> given.add(input.schema().column(k)));
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      AggregateCall call = aggregate.getAggCallList().get(i);
      if (!isConstant(call)) {
        calls.add(call(call));
        given.add(schema.column(allKeys.size() + i));
      }
    }
    Plan plan = counted(input, keys, calls, new Schema(given));
    List<Expr> outputs = new ArrayList<>();
    for (int i = 0; i < allKeys.size(); i++) {
      int at = keys.indexOf(allKeys.get(i));
      outputs.add(at < 0 ? Expr.Literal.ofNull(schema.column(i).type()) : Plans.ref(plan, at));
    }
    int next = keys.size();
    for (AggregateCall call : aggregate.getAggCallList()) {
      outputs.add(isConstant(call) ? constant(call, set) : Plans.ref(plan, next++));
    }
    return Plans.project(plan, outputs, schema);
  }

  /** Groups without aggregates are the distinct keys. */
  private static Plan counted(
      Plan input, List<Integer> keys, List<Plan.AggregateCall> calls, Schema schema) {
    if (!calls.isEmpty() || keys.isEmpty()) {
      return new Plan.Aggregate(input, keys, calls, schema);
    }
    List<Expr> columns = keys.stream().<Expr>map(k -> Plans.ref(input, k)).toList();
    return new Plan.Distinct(Plans.project(input, columns, schema));
  }

  /** LITERAL_AGG and GROUPING depend on the group, not on its rows. */
  private static boolean isConstant(AggregateCall call) {
    return call.getAggregation().getKind() == SqlKind.LITERAL_AGG
        || call.getAggregation().getKind() == SqlKind.GROUPING;
  }

  private Expr constant(AggregateCall call, ImmutableBitSet set) {
    if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
      return builder.expr(call.rexList.getFirst());
    }
    long bits = 0;
    for (int argument : call.getArgList()) {
      bits = bits << 1 | (set.get(argument) ? 0 : 1);
    }
    return Expr.Literal.of(bits, CalciteTypes.of(call.getType()));
  }

  private static Plan.AggregateCall call(AggregateCall call) {
    Plan.AggregateFunction function =
        Aggregates.function(call.getAggregation())
            .orElseThrow(() ->
                Refusal.unsupported(
                    SqlPart.eachCall(call.getAggregation().getName()),
                    "The aggregate " + call.getAggregation().getName(),
                    ""));
    if (!call.getCollation().getFieldCollations().isEmpty()) {
      checkOrder(call, function);
    }
    if (function == Plan.AggregateFunction.COUNT && call.getArgList().size() > 1) {
      throw Refusal.unsupported(
          SqlPart.someCall("COUNT"),
          "COUNT of several columns",
          "Count one of them, or COUNT(*) with a FILTER.");
    }
    Type type = CalciteTypes.of(call.getType());
    return new Plan.AggregateCall(
        function,
        call.isDistinct() && matters(function),
        call.getArgList(),
        call.filterArg < 0 ? Optional.empty() : Optional.of(call.filterArg),
        type);
  }

  /** STRING_AGG joins values in their own order, so an ORDER BY may only say that. */
  private static void checkOrder(AggregateCall call, Plan.AggregateFunction function) {
    boolean own =
        call.getCollation().getFieldCollations().size() == 1
            && call.getCollation().getFieldCollations().getFirst().getFieldIndex()
                == call.getArgList().getFirst()
            && !call.getCollation().getFieldCollations().getFirst().getDirection().isDescending();
    if (!own) {
      throw Refusal.unsupported(
          SqlPart.someCall(function.name()),
          function.name() + " in another order than that of its values",
          "Leave its ORDER BY out: values are joined in their own order.");
    }
  }

  private static boolean matters(Plan.AggregateFunction function) {
    return switch (function) {
      case MIN, MAX, BOOL_AND, BOOL_OR, ARG_MIN, ARG_MAX, SINGLE_VALUE -> false;
      case COUNT, SUM, AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP, MEDIAN, STRING_AGG -> true;
    };
  }
}
