package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.Schema;
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
    String name = call.getAggregation().getName();
    Plan.AggregateFunction function =
        Aggregates.function(name)
            .orElseThrow(
                () -> Refusal.unsupported(SqlPart.eachCall(name), "The aggregate " + name, ""));
    if (call.distinctKeys != null) {
      throw Refusal.unsupported(
          SqlPart.someCall("WITHIN DISTINCT"),
          "WITHIN DISTINCT",
          "Group by its columns in a sub-query first.");
    }
    boolean distinct = call.isDistinct() && matters(function);
    return new Plan.AggregateCall(
        function,
        distinct,
        call.getArgList(),
        function == Plan.AggregateFunction.STRING_AGG ? order(call, distinct) : List.of(),
        call.filterArg < 0 ? Optional.empty() : Optional.of(call.filterArg),
        CalciteTypes.of(call.getType()));
  }

  /** The order that was asked for, if it is not that of the values anyway. */
  private static List<Plan.SortKey> order(AggregateCall call, boolean distinct) {
    List<Plan.SortKey> order = PlanBuilder.keys(call.getCollation());
    int value = call.getArgList().getFirst();
    if (order.isEmpty() || order.getFirst().equals(new Plan.SortKey(value, false, false))) {
      return List.of();
    }
    if (distinct && order.getFirst().column() != value) {
      throw Refusal.unsupported(
          SqlPart.someCall(Plan.AggregateFunction.STRING_AGG.name()),
          "STRING_AGG of DISTINCT values in another order than theirs",
          "Order them by themselves, or leave ORDER BY out.");
    }
    return distinct ? List.of(order.getFirst()) : order;
  }

  private static boolean matters(Plan.AggregateFunction function) {
    return switch (function) {
      case MIN, MAX, BOOL_AND, BOOL_OR, ARG_MIN, ARG_MAX, SINGLE_VALUE -> false;
      case COUNT, SUM, AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP, MEDIAN, STRING_AGG -> true;
    };
  }
}
