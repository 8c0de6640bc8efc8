package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Correlate;
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

  /**
   * @param same pairs of columns that are to be equal, or both NULL
   */
  private record Condition(
      List<Integer> left, List<Integer> right, List<Pair> same, List<RexNode> residual) {}

  private record Pair(int left, int right) {}

  Plan join(Join join) {
    if (join instanceof AsofJoin asof) {
      return asof(asof);
    }
    Plan.JoinKind kind =
        switch (join.getJoinType()) {
          case INNER -> Plan.JoinKind.INNER;
          case LEFT -> Plan.JoinKind.LEFT;
          case RIGHT -> Plan.JoinKind.RIGHT;
          case FULL -> Plan.JoinKind.FULL;
          case SEMI -> Plan.JoinKind.SEMI;
          case ANTI -> Plan.JoinKind.ANTI;
          default ->
              throw Refusal.unsupported(
                  SqlPart.some(SqlKind.JOIN), "A join of the kind " + join.getJoinType(), "");
        };
    return join(join, kind, PlanBuilder.schema(join));
  }

  private Plan join(Join join, Plan.JoinKind kind, Schema schema) {
    int leftColumns = join.getLeft().getRowType().getFieldCount();
    Condition condition = split(join, leftColumns);
    Plan.Join plain =
        new Plan.Join(
            kind,
            builder.build(join.getLeft()),
            builder.build(join.getRight()),
            condition.left(),
            condition.right(),
            conjunction(condition.residual().stream().map(builder::expr).toList()),
            schema);
    return condition.same().isEmpty() ? plain : sameKeys(plain, condition.same());
  }

  /** A sub-query or a LATERAL that could not be made a join. */
  Plan lateral(Correlate correlate) {
    JoinRelType type = correlate.getJoinType();
    if (type != JoinRelType.INNER && type != JoinRelType.LEFT
        || Correlations.isAmbiguous(correlate)) {
      throw Refusal.unsupported(
          SqlPart.SUB_QUERY,
          "A sub-query that depends on the row around it this way",
          "Write it as a join.");
    }
    Plan.JoinKind kind = type == JoinRelType.LEFT ? Plan.JoinKind.LEFT : Plan.JoinKind.INNER;
    return new Plan.Lateral(
        kind,
        builder.build(correlate.getLeft()),
        builder.build(correlate.getRight()),
        correlate.getCorrelationId().getId(),
        PlanBuilder.schema(correlate));
  }

  /**
   * Each row of the left with the nearest of the right.
   *
   * <pre>
   * ASOF(L, R, keys, l.t >= r.t)   →   Lateral(L, TopN(r.t DESC, every column; 1)
   *                                                 Filter(keys AND l.t >= r.t)
   *                                                   R)
   * </pre>
   */
  private Plan asof(AsofJoin join) {
    int width = join.getLeft().getRowType().getFieldCount();
    Plan left = builder.build(join.getLeft());
    Plan right = builder.build(join.getRight());
    RexCall match = (RexCall) join.getMatchCondition();
    boolean turned =
        match.getOperands().get(0) instanceof RexInputRef ref && ref.getIndex() >= width;
    RexNode nearest = match.getOperands().get(turned ? 0 : 1);
    if (!(nearest instanceof RexInputRef column) || column.getIndex() < width) {
      throw Refusal.unsupported(
          SqlPart.some(SqlKind.JOIN),
          "ASOF JOIN by more than a column of the right",
          "Compute the column in a sub-query.");
    }
    SqlKind compared = turned ? match.getKind().reverse() : match.getKind();
    boolean latest = compared == SqlKind.GREATER_THAN || compared == SqlKind.GREATER_THAN_OR_EQUAL;
    int id = join.getCluster().createCorrel().getId();
    List<Expr> sides = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      Column c = left.schema().column(i);
      sides.add(new Expr.OuterRef(id, i, c.type(), c.nullable()));
    }
    sides.addAll(Plans.refs(right, 0, right.schema().size()));
    List<Expr> conditions = new ArrayList<>();
    RelOptUtil.conjunctions(join.getCondition()).forEach(c -> conditions.add(builder.expr(c)));
    conditions.add(builder.expr(match));
    Expr all = Plans.moved(RexToExpr.plain(Function.AND, conditions, Type.BOOLEAN), sides);
    List<Plan.SortKey> order =
        PlanBuilder.total(
            List.of(new Plan.SortKey(column.getIndex() - width, latest, false)),
            right.schema(),
            List.of());
    return new Plan.Lateral(
        join.getJoinType() == JoinRelType.LEFT_ASOF ? Plan.JoinKind.LEFT : Plan.JoinKind.INNER,
        left,
        new Plan.TopN(new Plan.Filter(right, all), List.of(), order, 1, false, right.schema()),
        id,
        PlanBuilder.schema(join));
  }

  /**
   * A join on columns that may both be NULL, as one on equality: NULL is made a value, told from
   * that value by a column of its own.
   *
   * <pre>
   *                                        Project(without the keys)
   * Join(l IS NOT DISTINCT FROM r)   →       Join(l IS NULL = r IS NULL, COALESCE(l, 0) = COALESCE(r, 0))
   *   L                                        Project(L, l IS NULL, COALESCE(l, 0))
   *   R                                        Project(R, r IS NULL, COALESCE(r, 0))
   * </pre>
   */
  private static Plan sameKeys(Plan.Join join, List<Pair> pairs) {
    Plan left = keyed(join.left(), pairs.stream().map(Pair::left).toList());
    Plan right = keyed(join.right(), pairs.stream().map(Pair::right).toList());
    int width = join.left().schema().size();
    int added = 2 * pairs.size();
    boolean one = join.kind() == Plan.JoinKind.SEMI || join.kind() == Plan.JoinKind.ANTI;
    int given = join.schema().size();
    Schema all =
        one
            ? left.schema()
            : new Schema(
                List.of(
                        join.schema().columns().subList(0, width),
                        left.schema().columns().subList(width, width + added),
                        join.schema().columns().subList(width, given),
                        right.schema().columns().subList(given - width, given - width + added))
                    .stream()
                    .flatMap(List::stream)
                    .toList());
    List<Integer> leftKeys = new ArrayList<>(join.leftKeys());
    List<Integer> rightKeys = new ArrayList<>(join.rightKeys());
    for (int k = 0; k < added; k++) {
      leftKeys.add(width + k);
      rightKeys.add(join.right().schema().size() + k);
    }
    List<Expr> moved = new ArrayList<>(Plans.refs(left, 0, width));
    for (int i = 0; i < join.right().schema().size(); i++) {
      Column column = join.right().schema().column(i);
      moved.add(new Expr.ColumnRef(width + added + i, column.type(), column.nullable()));
    }
    Plan keyed =
        new Plan.Join(
            join.kind(),
            left,
            right,
            leftKeys,
            rightKeys,
            join.residual().map(r -> Plans.moved(r, moved)),
            all);
    List<Expr> columns = new ArrayList<>(Plans.refs(keyed, 0, width));
    if (!one) {
      columns.addAll(Plans.refs(keyed, width + added, given + added));
    }
    return Plans.project(keyed, columns, join.schema());
  }

  /** With two more columns for each key: whether it is NULL, and its value if it is not. */
  private static Plan keyed(Plan input, List<Integer> keys) {
    List<Expr> expressions = new ArrayList<>(Plans.refs(input, 0, input.schema().size()));
    List<Column> columns = new ArrayList<>();
    for (int key : keys) {
      Expr value = Plans.ref(input, key);
      expressions.add(RexToExpr.plain(Function.IS_NULL, List.of(value), Type.BOOLEAN));
      expressions.add(
          RexToExpr.plain(Function.COALESCE, List.of(value, zero(value.type())), value.type()));
      String name = input.schema().column(key).name();
      columns.add(Column.required(name + "_null", Type.BOOLEAN));
      columns.add(Column.required(name + "_value", value.type()));
    }
    return Plans.project(input, expressions, Plans.columns(input.schema(), columns));
  }

  private static Expr.Literal zero(Type type) {
    return switch (type.physical()) {
      case LONG -> Expr.Literal.of(0, type);
      case DOUBLE -> Expr.Literal.of(0.0);
      case BYTES -> Expr.Literal.of("");
    };
  }

  private static Optional<Expr> conjunction(List<Expr> predicates) {
    return switch (predicates.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(predicates.getFirst());
      default -> Optional.of(RexToExpr.plain(Function.AND, predicates, Type.BOOLEAN));
    };
  }

  private static Condition split(Join join, int leftColumns) {
    Condition split =
        new Condition(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (RexNode part : RelOptUtil.conjunctions(join.getCondition())) {
      Optional<Pair> pair = pair(part, leftColumns);
      if (pair.isPresent() && part.getKind() == SqlKind.EQUALS) {
        split.left().add(pair.get().left());
        split.right().add(pair.get().right());
      } else if (pair.isPresent() && part.getKind() == SqlKind.IS_NOT_DISTINCT_FROM) {
        split.same().add(pair.get());
      } else if (!part.isAlwaysTrue()) {
        split.residual().add(part);
      }
    }
    return split;
  }

  /** The columns, one of each side and of one type, that a condition compares. */
  private static Optional<Pair> pair(RexNode condition, int leftColumns) {
    if (condition instanceof RexCall call
        && call.getOperands().size() == 2
        && call.getOperands().get(0) instanceof RexInputRef a
        && call.getOperands().get(1) instanceof RexInputRef b
        && (a.getIndex() < leftColumns) != (b.getIndex() < leftColumns)) {
      Type type = CalciteTypes.of(a.getType());
      boolean comparable =
          condition.getKind() == SqlKind.EQUALS || !(type instanceof Type.Varbinary);
      if (comparable && type.equals(CalciteTypes.of(b.getType()))) {
        return Optional.of(
            new Pair(
                Math.min(a.getIndex(), b.getIndex()),
                Math.max(a.getIndex(), b.getIndex()) - leftColumns));
      }
    }
    return Optional.empty();
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
