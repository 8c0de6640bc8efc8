package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** Windows of time: TUMBLE, HOP and SESSION. */
final class PlanTimeWindows {
  private static final Column[] BOUNDS = {
    Column.required("window_start", Type.TIMESTAMP), Column.required("window_end", Type.TIMESTAMP)
  };

  private final PlanBuilder builder;

  PlanTimeWindows(PlanBuilder builder) {
    this.builder = builder;
  }

  Plan plan(TableFunctionScan function) {
    RexCall call = (RexCall) function.getCall();
    String name = call.getOperator().getName();
    if (function.getInputs().size() == 1) {
      switch (name) {
        case "TUMBLE", "HOP" -> {
          return hop(function, call, name);
        }
        case "SESSION" -> {
          return session(function, call);
        }
        default -> {}
      }
    }
    throw Refusal.unsupported(
        SqlPart.eachCall(name), "The table function " + name, "Use TUMBLE, HOP or SESSION.");
  }

  private Plan hop(TableFunctionScan function, RexCall call, String name) {
    boolean tumble = name.equals("TUMBLE");
    long slide = micros(call, 1);
    long size = tumble ? slide : micros(call, 2);
    int offsetAt = tumble ? 2 : 3;
    long offset = call.getOperands().size() > offsetAt ? micros(call, offsetAt) : 0;
    checkLength(name, Math.min(slide, size));
    Plan input = builder.build(function.getInput(0));
    return new Plan.Hop(
        input, columns(call, 0).getFirst(), slide, size, offset, with(input, BOUNDS));
  }

  /**
   * The rows of a key are one session as long as none comes later than the gap after the one before
   * it. Rows without a time are in none.
   *
   * <pre>
   * SESSION(I, time, keys, gap)   →   Project(I, first, last + gap)
   *                                     Window(keys, n: MIN(time) first, MAX(time) last)
   *                                       Window(keys, order time: SUM(begins) n)
   *                                         Project(I, time &gt; before + gap begins)
   *                                           Window(keys, order time: LAG(time) before)
   *                                             Filter(time IS NOT NULL)
   * </pre>
   */
  private Plan session(TableFunctionScan function, RexCall call) {
    int time = columns(call, 0).getFirst();
    List<Integer> keys = columns(call, 1);
    long gap = micros(call, 2);
    checkLength("SESSION", gap);
    Plan all = builder.build(function.getInput(0));
    Expr.ColumnRef at = Plans.ref(all, time);
    Plan input =
        new Plan.Filter(all, RexToExpr.plain(Function.IS_NOT_NULL, List.of(at), Type.BOOLEAN));
    int width = input.schema().size();
    List<Plan.SortKey> order = List.of(new Plan.SortKey(time, false, false));

    Plan lagged =
        new Plan.Window(
            input,
            keys,
            order,
            PlanBuilder.ties(order, input.schema(), keys),
            Optional.empty(),
            List.of(new Plan.WindowCall("LAG", List.of(at), Type.TIMESTAMP)),
            with(input, Column.optional("before", Type.TIMESTAMP)));
    List<Expr> begins = new ArrayList<>(Plans.refs(lagged, 0, width));
    begins.add(begins(at, Plans.ref(lagged, width), gap));
    Plan begun =
        new Plan.Project(lagged, begins, with(input, Column.required("begins", Type.BIGINT)));

    Frame soFar = new Frame(false, new Frame.Bound.Unbounded(), new Frame.Bound.Rows(0));
    Plan numbered =
        new Plan.Window(
            begun,
            keys,
            order,
            List.of(),
            Optional.of(soFar),
            List.of(new Plan.WindowCall("SUM", List.of(Plans.ref(begun, width)), Type.BIGINT)),
            with(begun, Column.required("number", Type.BIGINT)));

    List<Integer> session = new ArrayList<>(keys);
    session.add(width + 1);
    Frame whole = new Frame(false, new Frame.Bound.Unbounded(), new Frame.Bound.Unbounded());
    Plan bounded =
        new Plan.Window(
            numbered,
            session,
            List.of(),
            List.of(),
            Optional.of(whole),
            List.of(
                new Plan.WindowCall("MIN", List.of(at), Type.TIMESTAMP),
                new Plan.WindowCall("MAX", List.of(at), Type.TIMESTAMP)),
            with(
                numbered,
                Column.required("first", Type.TIMESTAMP),
                Column.required("last", Type.TIMESTAMP)));

    List<Expr> given = new ArrayList<>(Plans.refs(bounded, 0, width));
    given.add(Plans.ref(bounded, width + 2));
    given.add(later(Plans.ref(bounded, width + 3), gap));
    return new Plan.Project(bounded, given, with(input, BOUNDS));
  }

  private static Schema with(Plan input, Column... more) {
    return Plans.columns(input.schema(), List.of(more));
  }

  /** 1 for a row that does not belong to the session of the row before it. */
  private static Expr begins(Expr at, Expr before, long gap) {
    Expr belongs = RexToExpr.plain(Function.LE, List.of(at, later(before, gap)), Type.BOOLEAN);
    return new Expr.Case(
        List.of(new Expr.Case.Branch(belongs, Expr.Literal.of(0, Type.BIGINT))),
        Expr.Literal.of(1, Type.BIGINT),
        Type.BIGINT,
        false);
  }

  private static Expr later(Expr time, long micros) {
    return RexToExpr.plain(
        Function.ADD_MICROS, List.of(time, Expr.Literal.of(micros, Type.BIGINT)), Type.TIMESTAMP);
  }

  /** The columns that a DESCRIPTOR names. */
  private static List<Integer> columns(RexCall call, int operand) {
    return ((RexCall) call.getOperands().get(operand))
        .getOperands().stream().map(column -> ((RexInputRef) column).getIndex()).toList();
  }

  private static void checkLength(String name, long micros) {
    if (micros <= 0) {
      throw Refusal.unsupported(
          SqlPart.someCall(name), "A window of no length", "Give it one: INTERVAL '1' MINUTE.");
    }
  }

  private static long micros(RexCall call, int operand) {
    if (call.getOperands().get(operand) instanceof RexLiteral literal
        && literal.getType().getSqlTypeName().getFamily() == SqlTypeFamily.INTERVAL_DAY_TIME) {
      return literal.getValueAs(BigDecimal.class).longValueExact() * 1000;
    }
    throw Refusal.unsupported(
        SqlPart.someCall(call.getOperator().getName()),
        "A window whose length is not a constant of days or less",
        "Use INTERVAL '…' DAY.");
  }
}
