package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mappings;

/** OVER, and the first n of a partition. */
final class PlanWindows {
  /**
   * The result depends on the order of peers, so they are put into one: by all columns, what other
   * windows gave among them, as that is all that tells two equal rows of the input apart.
   */
  private static final Set<String> ORDERED =
      Set.of("ROW_NUMBER", "NTILE", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE");

  private static final Set<String> FRAMELESS =
      Set.of(
          "ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE", "LAG", "LEAD");

  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private final PlanBuilder builder;
  private final RexBuilder rexBuilder;

  PlanWindows(PlanBuilder builder, RexBuilder rexBuilder) {
    this.builder = builder;
    this.rexBuilder = rexBuilder;
  }

  /** The projection with each OVER computed below it. */
  Plan project(Project project) {
    Narrow narrow = narrow(project, List.of());
    Stage stage = new Stage(narrow.input());
    for (List<RexOver> group : byWindow(overs(narrow.columns())).values()) {
      window(stage, group);
    }
    return stage.project(narrow, PlanBuilder.schema(project), List.of());
  }

  /**
   * What OVER is computed of, with no more columns than are used.
   *
   * @param columns what the projection gives, in terms of that input
   */
  private record Narrow(Plan input, List<RexNode> columns, List<RexNode> conditions) {}

  private Narrow narrow(Project project, List<RexNode> conditions) {
    Plan input = builder.build(project.getInput());
    List<RexNode> all = new ArrayList<>(project.getProjects());
    all.addAll(conditions);
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(all, null);
    if (used.cardinality() == input.schema().size() || used.isEmpty()) {
      return new Narrow(input, project.getProjects(), conditions);
    }
    Mappings.TargetMapping places =
        Mappings.target(used::indexOf, input.schema().size(), used.cardinality());
    List<Column> columns = new ArrayList<>();
    List<Expr> refs = new ArrayList<>();
    for (int column : used) {
      columns.add(input.schema().column(column));
      refs.add(Plans.ref(input, column));
    }
    return new Narrow(
        Plans.project(input, refs, new Schema(columns)),
        RexUtil.apply(places, project.getProjects()),
        RexUtil.apply(places, conditions));
  }

  /**
   * A filter above row numbers.
   *
   * <pre>
   * Filter(n &lt;= k AND rest)                      Filter(rest)
   *   Project(…, ROW_NUMBER() OVER w AS n)   →     Project(…, n)
   *                                                  TopN(w, k)
   * </pre>
   */
  Plan filtered(Project project, List<RexNode> conditions) {
    Narrow narrow = narrow(project, pushed(project, conditions));
    List<RexNode> all = new ArrayList<>(narrow.columns());
    all.addAll(narrow.conditions());
    List<RexOver> overs = overs(all);
    Stage stage = new Stage(narrow.input());
    List<RexNode> rest = new ArrayList<>();
    Schema schema = PlanBuilder.schema(project);
    long limit =
        overs.size() == 1 ? limit(overs.getFirst(), narrow.conditions(), rest) : Long.MAX_VALUE;
    if (limit < Long.MAX_VALUE) {
      top(stage, overs.getFirst(), Math.max(0, limit));
      return stage.project(narrow, schema, rest);
    }
    for (List<RexOver> group : byWindow(overs).values()) {
      window(stage, group);
    }
    return stage.project(narrow, schema, narrow.conditions());
  }

  /** The conditions in terms of what the projection is made of, one AND at a time. */
  private List<RexNode> pushed(Project project, List<RexNode> conditions) {
    List<RexNode> all = new ArrayList<>();
    for (RexNode condition : conditions) {
      RexNode below = RelOptUtil.pushPastProject(condition, project);
      all.addAll(RelOptUtil.conjunctions(RexUtil.expandSearch(rexBuilder, null, below)));
    }
    return all;
  }

  /**
   * The largest row number that passes, or the largest of all numbers when there is no bound.
   *
   * @param rest takes the conditions that a limit does not stand for
   */
  private static long limit(RexOver over, List<RexNode> conditions, List<RexNode> rest) {
    long limit = Long.MAX_VALUE;
    for (RexNode condition : conditions) {
      OptionalLong bound =
          over.getAggOperator().getKind() == SqlKind.ROW_NUMBER
              ? bound(condition, over)
              : OptionalLong.empty();
      limit = Math.min(limit, bound.orElse(Long.MAX_VALUE));
      if (bound.isEmpty() || condition.getKind() == SqlKind.EQUALS && bound.getAsLong() != 1) {
        rest.add(condition);
      }
    }
    return limit;
  }

  /** The largest row number that a condition lets through. */
  private static OptionalLong bound(RexNode condition, RexOver over) {
    if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
      return OptionalLong.empty();
    }
    boolean turned = call.getOperands().get(0) instanceof RexLiteral;
    RexNode number = call.getOperands().get(turned ? 1 : 0);
    RexNode value = call.getOperands().get(turned ? 0 : 1);
    if (!stripped(number).equals(over)
        || !(value instanceof RexLiteral literal)
        || literal.isNull()
        || !SqlTypeName.NUMERIC_TYPES.contains(literal.getType().getSqlTypeName())) {
      return OptionalLong.empty();
    }
    BigDecimal exact = literal.getValueAs(BigDecimal.class);
    if (exact.stripTrailingZeros().scale() > 0) {
      return OptionalLong.empty();
    }
    long n = exact.max(BigDecimal.ZERO).min(MOST).longValue();
    SqlKind kind = turned ? call.getKind().reverse() : call.getKind();
    return switch (kind) {
      case EQUALS, LESS_THAN_OR_EQUAL -> OptionalLong.of(n);
      case LESS_THAN -> OptionalLong.of(n - 1);
      default -> OptionalLong.empty();
    };
  }

  private static RexNode stripped(RexNode rex) {
    return rex.getKind() == SqlKind.CAST ? ((RexCall) rex).getOperands().getFirst() : rex;
  }

  private static void top(Stage stage, RexOver over, long limit) {
    List<Integer> partition = stage.columns(over.getWindow().partitionKeys);
    List<Plan.SortKey> order = order(stage, over.getWindow());
    Plan input = stage.plan();
    Schema schema =
        Plans.columns(input.schema(), List.of(Column.required("row_number", Type.BIGINT)));
    stage.add(
        List.of(over),
        new Plan.TopN(
            input,
            partition,
            PlanBuilder.total(order, input.schema(), partition),
            limit,
            true,
            schema));
  }

  private void window(Stage stage, List<RexOver> group) {
    RexOver first = group.getFirst();
    RexWindow window = first.getWindow();
    List<Integer> partition = stage.columns(window.partitionKeys);
    List<Plan.SortKey> order = order(stage, window);
    boolean rows = window.isRows() && !isFrameless(first);
    boolean total = ORDERED.contains(first.getAggOperator().getName()) || rows;
    Plan input = stage.plan();
    List<Plan.WindowCall> calls = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (RexOver over : group) {
      Type type = CalciteTypes.of(over.getType());
      calls.add(
          new Plan.WindowCall(
              over.getAggOperator().getName(),
              over.isDistinct(),
              over.ignoreNulls(),
              over.getOperands().stream().map(builder::expr).toList(),
              type));
      columns.add(
          new Column(
              "w" + (input.schema().size() + columns.size()), type, over.getType().isNullable()));
    }
    stage.add(
        group,
        new Plan.Window(
            input,
            partition,
            order,
            total ? PlanBuilder.ties(order, input.schema(), partition) : List.of(),
            isFrameless(first)
                ? Optional.empty()
                : Optional.of(PlanFrames.frame(window, order, input.schema())),
            calls,
            Plans.columns(input.schema(), columns)));
  }

  private static boolean isFrameless(RexOver over) {
    return FRAMELESS.contains(over.getAggOperator().getName());
  }

  private static List<Plan.SortKey> order(Stage stage, RexWindow window) {
    List<Plan.SortKey> order = new ArrayList<>();
    for (RexFieldCollation key : window.orderKeys) {
      order.add(
          new Plan.SortKey(
              stage.columns(List.of(key.left)).getFirst(),
              key.getDirection().isDescending(),
              key.right.contains(SqlKind.NULLS_FIRST)));
    }
    return order;
  }

  private static List<RexOver> overs(List<RexNode> nodes) {
    List<RexOver> found = new ArrayList<>();
    RexShuttle collector =
        new RexShuttle() {
          @Override
          public RexNode visitOver(RexOver over) {
            if (!found.contains(over)) {
              found.add(over);
            }
            return over;
          }
        };
    nodes.forEach(n -> n.accept(collector));
    return found;
  }

  /** Calls over one window that are made total alike are computed together. */
  private static Map<String, List<RexOver>> byWindow(List<RexOver> overs) {
    Map<String, List<RexOver>> groups = new LinkedHashMap<>();
    for (RexOver over : overs) {
      String name = over.getAggOperator().getName();
      String key =
          over.getWindow()
              + "|"
              + over.getWindow().getExclude()
              + "|"
              + ORDERED.contains(name)
              + "|"
              + isFrameless(over);
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(over);
    }
    return groups;
  }

  /** A plan to which columns are added, and which of them holds which OVER. */
  private final class Stage {
    private Plan plan;
    private final Map<RexOver, Integer> places = new LinkedHashMap<>();

    Stage(Plan plan) {
      this.plan = plan;
    }

    Plan plan() {
      return plan;
    }

    /** The positions of values, added as columns if they are more than references. */
    List<Integer> columns(List<RexNode> nodes) {
      List<Integer> positions = new ArrayList<>();
      for (RexNode node : nodes) {
        if (node instanceof RexInputRef ref) {
          positions.add(ref.getIndex());
        } else {
          Expr value = builder.expr(node);
          List<Expr> expressions = new ArrayList<>(Plans.refs(plan, 0, plan.schema().size()));
          expressions.add(value);
          positions.add(plan.schema().size());
          Column column = new Column("k" + plan.schema().size(), value.type(), value.nullable());
          plan = new Plan.Project(plan, expressions, Plans.columns(plan.schema(), List.of(column)));
        }
      }
      return positions;
    }

    void add(List<RexOver> overs, Plan next) {
      int at = next.schema().size() - overs.size();
      for (RexOver over : overs) {
        places.put(over, at++);
      }
      plan = next;
    }

    /** The projection of those rows for which conditions, in terms of its input, are true. */
    Plan project(Narrow narrow, Schema schema, List<RexNode> conditions) {
      RexShuttle replace =
          new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
              Integer place = places.get(over);
              return place == null ? over : new RexInputRef(place, over.getType());
            }
          };
      List<Expr> columns =
          narrow.columns().stream().map(p -> builder.expr(p.accept(replace))).toList();
      List<RexNode> placed = conditions.stream().map(c -> c.accept(replace)).toList();
      return Plans.project(builder.filtered(plan, placed), columns, schema);
    }
  }
}
