package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.data.VectorBuilder;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Plan;
import dev.leat.sql.Plan.WindowCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The columns of OVER, over whole partitions in their order. */
final class WindowFunctions {
  private static final int NONE = -1;
  private static final Set<String> KNOWN =
      Set.of(
          "ROW_NUMBER",
          "RANK",
          "DENSE_RANK",
          "PERCENT_RANK",
          "CUME_DIST",
          "NTILE",
          "LAG",
          "LEAD",
          "FIRST_VALUE",
          "LAST_VALUE",
          "NTH_VALUE",
          "COUNT",
          "SUM",
          "AVG",
          "MIN",
          "MAX",
          "EVERY",
          "SOME",
          "BOOL_AND",
          "BOOL_OR");

  /** Their last argument is a number of rows, the same for every row. */
  private static final Set<String> COUNTED = Set.of("NTILE", "LAG", "LEAD", "NTH_VALUE");

  private final Plan.Window plan;
  private final List<List<Evaluator>> arguments = new ArrayList<>();

  WindowFunctions(Plan.Window plan) {
    this.plan = plan;
    for (WindowCall call : plan.calls()) {
      arguments.add(
          IntStream.range(0, call.arguments().size())
              .mapToObj(i -> Evaluators.of(converted(call, i)))
              .toList());
    }
  }

  /** Values that are given on have the type of the result. */
  private static Expr converted(WindowCall call, int position) {
    Expr argument = call.arguments().get(position);
    boolean given =
        switch (call.function()) {
          case "LAG", "LEAD" -> position != 1;
          case "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE", "MIN", "MAX" -> position == 0;
          default -> false;
        };
    return given && !argument.type().equals(call.type())
        ? new Expr.Cast(argument, call.type(), argument.nullable(), false)
        : argument;
  }

  /** Why a call cannot be worked out here, if so. */
  static Optional<String> refusal(WindowCall call, Plan.Window plan) {
    if (!KNOWN.contains(call.function())) {
      return Optional.of(call.function() + " OVER has no other form");
    }
    if (call.distinct() || call.ignoreNulls()) {
      return Optional.of(
          (call.distinct() ? "DISTINCT" : "IGNORE NULLS") + " OVER has no other form");
    }
    Optional<String> unknown = plan.frame().flatMap(WindowFrames::unknown);
    if (unknown.isPresent()) {
      return unknown.map(part -> part + " has no other form");
    }
    int number = call.function().equals("NTILE") ? 0 : 1;
    if (COUNTED.contains(call.function())
        && call.arguments().size() > number
        && rows(call, number) < 1) {
      return Optional.of(call.function() + " by a number of rows that is not given as a number");
    }
    return call.arguments().stream().flatMap(a -> Evaluators.refusal(a).stream()).findFirst();
  }

  /** A number of rows that is written out; 0 for anything else. */
  private static long rows(WindowCall call, int argument) {
    return call.arguments().get(argument) instanceof Expr.Literal literal
            && literal.value().orElse(0L) instanceof Long number
            && literal.type().physical() == Type.Physical.LONG
            && !(literal.type() instanceof Type.Decimal)
        ? number
        : 0;
  }

  /**
   * The rows with a column a call.
   *
   * @param starts where each partition begins, and after the last where it ends
   * @param weight of every row of the result
   */
  Batch evaluate(Batch rows, int[] starts, int partitions, long weight) {
    WindowFrames frames = new WindowFrames(plan, rows, starts, partitions);
    List<Vector> columns = new ArrayList<>(rows.columns());
    for (int c = 0; c < plan.calls().size(); c++) {
      List<Vector> values = arguments.get(c).stream().map(a -> a.evaluate(rows)).toList();
      columns.add(column(plan.calls().get(c), values, frames));
    }
    long[] weights = new long[rows.size()];
    Arrays.fill(weights, weight);
    return new Batch(plan.schema(), columns, weights, rows.size(), weight > 0);
  }

  private static Vector column(WindowCall call, List<Vector> values, WindowFrames f) {
    return switch (call.function()) {
      case "ROW_NUMBER" -> longs(f, i -> i - f.partitionStart[i] + 1);
      case "RANK" -> longs(f, i -> rank(f, i));
      case "DENSE_RANK" -> denseRank(f);
      case "PERCENT_RANK" ->
          doubles(f, i -> rows(f, i) == 1 ? 0 : (double) (rank(f, i) - 1) / (rows(f, i) - 1));
      case "CUME_DIST" ->
          doubles(f, i -> (double) (f.peerEnd[i] - f.partitionStart[i]) / rows(f, i));
      case "NTILE" -> longs(f, i -> bucket(f, i, rows(call, 0)));
      case "LAG" -> shifted(call, values, f, -1);
      case "LEAD" -> shifted(call, values, f, 1);
      case "FIRST_VALUE" ->
          picked(call, values.getFirst(), f, i -> f.start[i] < f.end[i] ? f.start[i] : NONE);
      case "LAST_VALUE" ->
          picked(call, values.getFirst(), f, i -> f.start[i] < f.end[i] ? f.end[i] - 1 : NONE);
      case "NTH_VALUE" -> {
        long n = rows(call, 1);
        yield picked(
            call,
            values.getFirst(),
            f,
            i -> f.end[i] - f.start[i] >= n ? (int) (f.start[i] + n - 1) : NONE);
      }
      case "COUNT" -> FrameAggregates.count(values, f);
      case "SUM" -> FrameAggregates.sum(call, values.getFirst(), f);
      case "AVG" -> FrameAggregates.average(call, values.getFirst(), f);
      case "MIN", "EVERY", "BOOL_AND" ->
          picked(call, values.getFirst(), f, FrameAggregates.extreme(values.getFirst(), f, -1));
      case "MAX", "SOME", "BOOL_OR" ->
          picked(call, values.getFirst(), f, FrameAggregates.extreme(values.getFirst(), f, 1));
      default -> throw new IllegalArgumentException(call.function());
    };
  }

  private static Vector longs(WindowFrames f, IntToLongFunction value) {
    long[] values = new long[f.size];
    Arrays.setAll(values, value);
    return new LongVector(values, Vector.NO_NULLS, f.size);
  }

  private static Vector doubles(WindowFrames f, IntToDoubleFunction value) {
    double[] values = new double[f.size];
    Arrays.setAll(values, value);
    return new DoubleVector(values, Vector.NO_NULLS, f.size);
  }

  private static int rows(WindowFrames f, int row) {
    return f.partitionEnd[row] - f.partitionStart[row];
  }

  private static int rank(WindowFrames f, int row) {
    return f.peerStart[row] - f.partitionStart[row] + 1;
  }

  private static Vector denseRank(WindowFrames f) {
    long[] ranks = new long[f.size];
    for (int i = 0; i < f.size; i++) {
      if (i == f.partitionStart[i]) {
        ranks[i] = 1;
      } else {
        ranks[i] = ranks[i - 1] + (f.peerStart[i] == i ? 1 : 0);
      }
    }
    return new LongVector(ranks, Vector.NO_NULLS, f.size);
  }

  /** The first buckets have one row more when the rows do not part evenly. */
  private static long bucket(WindowFrames f, int row, long buckets) {
    long rows = rows(f, row);
    long place = row - f.partitionStart[row];
    long size = rows / buckets;
    long larger = rows % buckets;
    return place < larger * (size + 1)
        ? place / (size + 1) + 1
        : larger + (place - larger * (size + 1)) / size + 1;
  }

  private static Vector shifted(WindowCall call, List<Vector> values, WindowFrames f, int sign) {
    long by = sign * (values.size() > 1 ? rows(call, 1) : 1);
    VectorBuilder result = VectorBuilder.of(call.type());
    for (int i = 0; i < f.size; i++) {
      long from = i + by;
      if (from >= f.partitionStart[i] && from < f.partitionEnd[i]) {
        result.appendFrom(values.getFirst(), (int) from);
      } else if (values.size() > 2) {
        result.appendFrom(values.get(2), i);
      } else {
        result.appendNull();
      }
    }
    return result.build();
  }

  /** Of each row the value of another; NULL when there is none. */
  private static Vector picked(
      WindowCall call, Vector values, WindowFrames f, IntUnaryOperator of) {
    VectorBuilder result = VectorBuilder.of(call.type());
    for (int i = 0; i < f.size; i++) {
      int from = of.applyAsInt(i);
      if (from == NONE) {
        result.appendNull();
      } else {
        result.appendFrom(values, from);
      }
    }
    return result.build();
  }
}
