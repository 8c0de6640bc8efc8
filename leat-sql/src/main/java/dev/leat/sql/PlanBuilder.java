package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Spool;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.schema.TransientTable;
import org.apache.calcite.sql.SqlKind;

/** Calcite's relational tree as a {@link Plan}. */
final class PlanBuilder {
  private final RexToExpr scalars;
  private final PlanWindows windows;

  PlanBuilder(RexBuilder rexBuilder) {
    this.scalars = new RexToExpr(rexBuilder);
    this.windows = new PlanWindows(this, rexBuilder);
  }

  Expr expr(RexNode rex) {
    return scalars.translate(rex);
  }

  Plan build(RelNode node) {
    return switch (node) {
      case TableScan scan when scan.getTable().unwrap(TransientTable.class) != null ->
          new Plan.Itself(scan.getTable().getQualifiedName().getLast(), schema(scan));
      case TableScan scan ->
          new Plan.Scan(scan.getTable().getQualifiedName().getLast(), schema(scan.getRowType()));
      case Values values -> values(values);
      case Filter filter -> filter(filter);
      case Project project -> project(project);
      case Join join -> new PlanJoins(this).join(join);
      case Aggregate aggregate -> new PlanAggregates(this).aggregate(aggregate);
      case Union union when union.all ->
          new Plan.UnionAll(aligned(union, schema(union)), schema(union));
      case Union union -> set(Plan.SetKind.UNION, union);
      case Intersect i -> set(i.all ? Plan.SetKind.INTERSECT_ALL : Plan.SetKind.INTERSECT, i);
      case Minus minus -> set(minus.all ? Plan.SetKind.EXCEPT_ALL : Plan.SetKind.EXCEPT, minus);
      case Sort sort -> sort(sort);
      case TableFunctionScan function -> new PlanTimeWindows(this).plan(function);
      case Correlate correlate -> new PlanJoins(this).lateral(correlate);
      case RepeatUnion union -> recursive(union);
      case Spool spool -> build(spool.getInput());
      case Sample _ ->
          throw Refusal.unsupported(
              SqlPart.each(SqlKind.TABLESAMPLE),
              "TABLESAMPLE, which gives other rows each time,",
              "Filter by a column: WHERE MOD(id, 10) = 0.");
      default ->
          throw Refusal.unsupported(
              SqlPart.some(SqlKind.SELECT), "The operation " + node.getRelTypeName(), "");
    };
  }

  static Schema schema(RelNode node) {
    return schema(node.getRowType());
  }

  static Schema schema(RelDataType row) {
    List<Column> columns = new ArrayList<>();
    for (RelDataTypeField field : row.getFieldList()) {
      columns.add(
          new Column(
              field.getName(), CalciteTypes.of(field.getType()), field.getType().isNullable()));
    }
    return new Schema(columns);
  }

  private Plan values(Values values) {
    Schema schema = schema(values);
    List<List<Expr.Literal>> rows = new ArrayList<>();
    for (List<RexLiteral> tuple : values.getTuples()) {
      List<Expr.Literal> row = new ArrayList<>();
      for (int i = 0; i < tuple.size(); i++) {
        row.add(literal(tuple.get(i), schema.column(i).type()));
      }
      rows.add(row);
    }
    return new Plan.Values(rows, schema);
  }

  private Expr.Literal literal(RexLiteral rex, Type type) {
    if (rex.isNull()) {
      return Expr.Literal.ofNull(type);
    }
    RexNode typed = type instanceof Type.Decimal decimal ? scaled(rex, decimal) : rex;
    if (expr(typed) instanceof Expr.Literal literal) {
      return type instanceof Type.Float64 && literal.value().orElseThrow() instanceof Long whole
          ? new Expr.Literal(Optional.of((double) whole), type)
          : new Expr.Literal(literal.value(), type);
    }
    throw Refusal.unsupported(SqlPart.some(SqlKind.VALUES), "The constant " + rex, "");
  }

  private RexNode scaled(RexLiteral rex, Type.Decimal type) {
    BigDecimal value = rex.getValueAs(BigDecimal.class);
    RexBuilder builder = new RexBuilder(SqlTypes.factory());
    return builder.makeExactLiteral(
        value.setScale(type.scale(), RoundingMode.HALF_UP),
        CalciteTypes.to(type, builder.getTypeFactory()));
  }

  private Plan filter(Filter filter) {
    List<RexNode> conditions = RelOptUtil.conjunctions(filter.getCondition());
    RelNode input = filter.getInput().stripped();
    if (input instanceof Project project && RexOver.containsOver(project.getProjects(), null)) {
      return windows.filtered(project, conditions);
    }
    if (input instanceof Join join) {
      Optional<Plan> anti = new PlanJoins(this).anti(join, conditions);
      if (anti.isPresent()) {
        return anti.get();
      }
    }
    return new Plan.Filter(build(input), expr(filter.getCondition()));
  }

  Plan filtered(Plan input, List<RexNode> conditions) {
    List<Expr> predicates = conditions.stream().map(this::expr).toList();
    return switch (predicates.size()) {
      case 0 -> input;
      case 1 -> new Plan.Filter(input, predicates.getFirst());
      default -> new Plan.Filter(input, RexToExpr.plain(Function.AND, predicates, Type.BOOLEAN));
    };
  }

  private Plan project(Project project) {
    if (RexOver.containsOver(project.getProjects(), null)) {
      return windows.project(project);
    }
    return Plans.project(
        build(project.getInput()),
        project.getProjects().stream().map(this::expr).toList(),
        schema(project));
  }

  private Plan set(Plan.SetKind kind, SetOp set) {
    return new Plan.SetOperation(kind, aligned(set, schema(set)), schema(set));
  }

  /** The inputs, each with conversions where its types are not those of the result. */
  private List<Plan> aligned(RelNode set, Schema schema) {
    List<Plan> inputs = new ArrayList<>();
    for (RelNode node : set.getInputs()) {
      Plan input = build(node);
      List<Expr> columns = new ArrayList<>();
      boolean same = true;
      for (int i = 0; i < schema.size(); i++) {
        Expr ref = Plans.ref(input, i);
        columns.add(Conversions.to(ref, schema.column(i).type()));
        same &= ref.type().equals(schema.column(i).type());
      }
      inputs.add(same ? input : Plans.project(input, columns, schema));
    }
    return inputs;
  }

  /**
   * A sort inside a query matters only with a limit: then which rows are first is made certain by
   * every other column.
   */
  private Plan sort(Sort sort) {
    Plan input = build(sort.getInput());
    if (sort.fetch == null && sort.offset == null) {
      return input;
    }
    List<Plan.SortKey> order = total(keys(sort.getCollation()), input.schema(), List.of());
    long offset = number(Optional.ofNullable(sort.offset)).orElse(0L);
    Optional<Long> limit =
        number(Optional.ofNullable(sort.fetch)).filter(most -> most <= Long.MAX_VALUE - offset);
    if (limit.isEmpty()) { // or one that no table reaches
      return new Plan.Sort(input, order, offset, limit);
    }
    return offset == 0
        ? new Plan.TopN(input, List.of(), order, limit.get(), false, input.schema())
        : page(input, order, offset, limit.get());
  }

  /**
   * The rows after some.
   *
   * <pre>
   * Sort(order, offset m, limit n)   →   Project(without k)
   *                                        Filter(k &gt; m)
   *                                          TopN(order, m + n, numbered k)
   * </pre>
   */
  private static Plan page(Plan input, List<Plan.SortKey> order, long offset, long limit) {
    Schema numbered =
        Plans.columns(input.schema(), List.of(Column.required("row_number", Type.BIGINT)));
    Plan first = new Plan.TopN(input, List.of(), order, offset + limit, true, numbered);
    int number = input.schema().size();
    Expr after =
        RexToExpr.plain(
            Function.GT,
            List.of(Plans.ref(first, number), Expr.Literal.of(offset, Type.BIGINT)),
            Type.BOOLEAN);
    Plan rows = new Plan.Filter(first, after);
    return new Plan.Project(rows, Plans.refs(rows, 0, number), input.schema());
  }

  /** A query as it was asked: its own order is kept at the top. */
  Plan query(RelNode node) {
    RelNode stripped = node.stripped();
    if (stripped instanceof Sort sort) {
      return new Plan.Sort(
          build(sort.getInput()),
          keys(sort.getCollation()),
          number(Optional.ofNullable(sort.offset)).orElse(0L),
          number(Optional.ofNullable(sort.fetch)));
    }
    if (stripped instanceof Project project
        && project.getInput().stripped() instanceof Sort
        && !RexOver.containsOver(project.getProjects(), null)) {
      List<Expr> columns = project.getProjects().stream().map(this::expr).toList();
      return new Plan.Project(query(project.getInput()), columns, schema(project));
    }
    return build(stripped);
  }

  private Plan recursive(RepeatUnion union) {
    Schema schema = schema(union);
    List<Plan> parts = aligned(union, schema);
    return new Plan.Recursive(
        union.getTransientTable().getQualifiedName().getLast(),
        parts.get(0),
        parts.get(1),
        !union.all,
        schema);
  }

  private static Optional<Long> number(Optional<RexNode> rex) {
    return rex.map(r -> {
      if (r instanceof RexLiteral literal) {
        return literal.getValueAs(BigDecimal.class).longValueExact();
      }
      throw Refusal.unsupported(
          SqlPart.some(SqlKind.ORDER_BY),
          "A LIMIT or OFFSET that is no number",
          "Write the number.");
    });
  }

  static List<Plan.SortKey> keys(RelCollation collation) {
    return collation.getFieldCollations().stream()
        .map(c ->
            new Plan.SortKey(
                c.getFieldIndex(),
                c.getDirection().isDescending(),
                c.nullDirection == RelFieldCollation.NullDirection.FIRST))
        .toList();
  }

  /** The order and, as tie-breakers, all columns that are not in it or the same by partition. */
  static List<Plan.SortKey> total(
      List<Plan.SortKey> order, Schema schema, List<Integer> partition) {
    List<Plan.SortKey> keys = new ArrayList<>();
    Set<Integer> seen = new HashSet<>(partition);
    for (Plan.SortKey key : order) {
      if (seen.add(key.column())) {
        keys.add(key);
      }
    }
    ties(order, schema, partition).forEach(c -> keys.add(new Plan.SortKey(c, false, false)));
    return keys;
  }

  /** The columns that are not in the order, nor the same by partition. */
  static List<Integer> ties(List<Plan.SortKey> order, Schema schema, List<Integer> partition) {
    Set<Integer> seen = new HashSet<>(partition);
    order.forEach(key -> seen.add(key.column()));
    return IntStream.range(0, schema.size()).filter(i -> !seen.contains(i)).boxed().toList();
  }

  /** The column a condition such as {@code IS NULL(column)} is about. */
  static Optional<Integer> testedColumn(RexNode rex, SqlKind kind) {
    return rex.getKind() == kind
            && rex instanceof RexCall call
            && call.getOperands().getFirst() instanceof RexInputRef ref
        ? Optional.of(ref.getIndex())
        : Optional.empty();
  }
}
