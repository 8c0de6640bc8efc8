package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Joins: equalities of columns become keys, the rest of the condition the residual. */
final class PlanJoins {
  private final PlanBuilder builder;

  PlanJoins(PlanBuilder builder) {
    this.builder = builder;
  }

  private record Condition(List<Integer> left, List<Integer> right, List<RexNode> residual) {}

  Plan join(Join join) {
    Plan.JoinKind kind =
        switch (join.getJoinType()) {
          case INNER -> Plan.JoinKind.INNER;
          case LEFT -> Plan.JoinKind.LEFT;
          case RIGHT -> Plan.JoinKind.RIGHT;
          case FULL -> Plan.JoinKind.FULL;
          case SEMI -> Plan.JoinKind.SEMI;
          case ANTI -> Plan.JoinKind.ANTI;
          default -> throw PlanBuilder.refused("A join of the kind " + join.getJoinType(), "");
        };
    return join(join, kind, PlanBuilder.schema(join));
  }

  private Plan join(Join join, Plan.JoinKind kind, Schema schema) {
    int leftColumns = join.getLeft().getRowType().getFieldCount();
    Condition condition = split(join, leftColumns);
    return new Plan.Join(
        kind,
        builder.build(join.getLeft()),
        builder.build(join.getRight()),
        condition.left(),
        condition.right(),
        conjunction(condition.residual().stream().map(builder::expr).toList()),
        schema);
  }

  private static Optional<Expr> conjunction(List<Expr> predicates) {
    return switch (predicates.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(predicates.getFirst());
      default -> Optional.of(RexToExpr.plain(Function.AND, predicates, Type.BOOLEAN));
    };
  }

  private static Condition split(Join join, int leftColumns) {
    Condition split = new Condition(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (RexNode part : RelOptUtil.conjunctions(join.getCondition())) {
      if (part.getKind() == SqlKind.EQUALS
          && part instanceof RexCall call
          && call.getOperands().get(0) instanceof RexInputRef a
          && call.getOperands().get(1) instanceof RexInputRef b
          && (a.getIndex() < leftColumns) != (b.getIndex() < leftColumns)
          && CalciteTypes.of(a.getType()).equals(CalciteTypes.of(b.getType()))) {
        split.left().add(Math.min(a.getIndex(), b.getIndex()));
        split.right().add(Math.max(a.getIndex(), b.getIndex()) - leftColumns);
      } else if (!part.isAlwaysTrue()) {
        split.residual().add(part);
      }
    }
    return split;
  }

  /**
   * Rows of a left join that found nothing.
   *
   * <pre>
   * Filter(right.c IS NULL)          Project(left columns, NULLs)
   *   Join(LEFT, c never NULL)   →     Join(ANTI)
   * </pre>
   */
  Optional<Plan> anti(Join join, List<RexNode> conditions) {
    int leftColumns = join.getLeft().getRowType().getFieldCount();
    if (join.getJoinType() != JoinRelType.LEFT) {
      return Optional.empty();
    }
    Optional<RexNode> unmatched =
        conditions.stream()
            .filter(c ->
                PlanBuilder.testedColumn(c, SqlKind.IS_NULL)
                    .filter(i -> i >= leftColumns && required(join, i - leftColumns))
                    .isPresent())
            .findFirst();
    return unmatched.map(found -> {
      Plan anti = join(join, Plan.JoinKind.ANTI, PlanBuilder.schema(join.getLeft().getRowType()));
      List<Expr> columns = new ArrayList<>(Plans.refs(anti, 0, leftColumns));
      List<Column> padded = new ArrayList<>(anti.schema().columns());
      for (Column column :
          PlanBuilder.schema(join)
              .columns()
              .subList(leftColumns, join.getRowType().getFieldCount())) {
        columns.add(Expr.Literal.ofNull(column.type()));
        padded.add(column);
      }
      List<RexNode> rest = conditions.stream().filter(c -> c != found).toList();
      return builder.filtered(Plans.project(anti, columns, new Schema(padded)), rest);
    });
  }

  private static boolean required(Join join, int rightColumn) {
    return !join.getRight().getRowType().getFieldList().get(rightColumn).getType().isNullable();
  }
}
