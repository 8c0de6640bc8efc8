package dev.leat.runtime;

import dev.leat.sql.Expr;
import dev.leat.sql.Frame;
import dev.leat.sql.Plan;
import dev.leat.sql.Plan.WindowCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** What OVER means, row by row from its definition. */
final class WindowReference {
  private final Plan.Window plan;
  private final List<List<Object>> rows;
  private final Comparator<List<Object>> order;

  /**
   * @param rows of one partition, in its order
   */
  WindowReference(Plan.Window plan, List<List<Object>> rows, Comparator<List<Object>> order) {
    this.plan = plan;
    this.rows = rows;
    this.order = order;
  }

  List<Object> row(int at) {
    List<Object> result = new ArrayList<>(rows.get(at));
    plan.calls().forEach(call -> result.add(call(call, at)));
    return result;
  }

  private Object call(WindowCall call, int at) {
    long before = rows.stream().filter(r -> order.compare(r, rows.get(at)) < 0).count();
    long upTo = rows.stream().filter(r -> order.compare(r, rows.get(at)) <= 0).count();
    return switch (call.function()) {
      case "ROW_NUMBER" -> at + 1L;
      case "RANK" -> before + 1;
      case "DENSE_RANK" ->
          1L
              + rows.subList(0, at).stream()
                  .filter(r -> order.compare(r, rows.get(at)) < 0)
                  .map(r -> plan.order().stream().map(k -> r.get(k.column())).toList())
                  .distinct()
                  .count();
      case "PERCENT_RANK" -> rows.size() == 1 ? 0.0 : (double) before / (rows.size() - 1);
      case "CUME_DIST" -> (double) upTo / rows.size();
      case "NTILE" -> bucket(at, number(call, 0));
      case "LAG" -> shifted(call, at, -1);
      case "LEAD" -> shifted(call, at, 1);
      default -> framed(call, frame(at));
    };
  }

  private static long number(WindowCall call, int argument) {
    return (Long) ((Expr.Literal) call.arguments().get(argument)).value().orElseThrow();
  }

  private static Object value(WindowCall call, int argument, List<Object> row) {
    return row.get(((Expr.ColumnRef) call.arguments().get(argument)).index());
  }

  /** Deals the rows out, the first buckets one more. */
  private long bucket(int at, long buckets) {
    long place = 0;
    for (long bucket = 1; ; bucket++) {
      place += rows.size() / buckets + (bucket <= rows.size() % buckets ? 1 : 0);
      if (at < place) {
        return bucket;
      }
    }
  }

  private Object shifted(WindowCall call, int at, int sign) {
    long from = at + sign * (call.arguments().size() > 1 ? number(call, 1) : 1);
    if (from >= 0 && from < rows.size()) {
      return value(call, 0, rows.get((int) from));
    }
    return call.arguments().size() > 2 ? value(call, 2, rows.get(at)) : Bag.NULL;
  }

  private List<List<Object>> frame(int at) {
    Frame frame = plan.frame().orElseThrow();
    List<List<Object>> inside = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      int place = i;
      int peer = order.compare(rows.get(i), rows.get(at));
      boolean afterStart =
          switch (frame.start()) {
            case Frame.Bound.Unbounded _ -> true;
            case Frame.Bound.Rows(long after) -> frame.rows() ? place - at >= after : peer >= 0;
            case Frame.Bound.Distance _ -> throw new IllegalArgumentException("no reference");
          };
      boolean beforeEnd =
          switch (frame.end()) {
            case Frame.Bound.Unbounded _ -> true;
            case Frame.Bound.Rows(long after) -> frame.rows() ? place - at <= after : peer <= 0;
            case Frame.Bound.Distance _ -> throw new IllegalArgumentException("no reference");
          };
      if (afterStart && beforeEnd) {
        inside.add(rows.get(i));
      }
    }
    return inside;
  }

  private static Object framed(WindowCall call, List<List<Object>> frame) {
    if (call.arguments().isEmpty()) {
      return (long) frame.size();
    }
    List<Object> all = frame.stream().map(r -> value(call, 0, r)).toList();
    List<Object> known = all.stream().filter(v -> v != Bag.NULL).toList();
    return switch (call.function()) {
      case "COUNT" -> (long) known.size();
      case "FIRST_VALUE" -> all.isEmpty() ? Bag.NULL : all.getFirst();
      case "LAST_VALUE" -> all.isEmpty() ? Bag.NULL : all.getLast();
      case "NTH_VALUE" -> all.size() < 2 ? Bag.NULL : all.get(1);
      case "MIN" -> known.isEmpty() ? Bag.NULL : Collections.min(known, Reference::compare);
      case "MAX" -> known.isEmpty() ? Bag.NULL : Collections.max(known, Reference::compare);
      case "SUM" -> known.isEmpty() ? Bag.NULL : Reference.sum(known);
      case "AVG" ->
          known.isEmpty()
              ? Bag.NULL
              : Reference.average(call.type(), known, call.arguments().getFirst().type());
      default -> throw new IllegalArgumentException("no reference of " + call);
    };
  }
}
