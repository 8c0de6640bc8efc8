package dev.leat.runtime;

import static java.util.stream.Collectors.joining;

import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import dev.leat.sql.Plan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a plan means, said as plainly as possible: evaluated whole, row by row. */
final class Reference {
  private final Map<String, Bag> relations;

  Reference(Map<String, Bag> relations) {
    this.relations = relations;
  }

  Bag evaluate(Plan plan) {
    Bag out = new Bag();
    switch (plan) {
      case Plan.Scan p -> out.rows().putAll(relations.getOrDefault(p.relation(), new Bag()).rows());
      case Plan.Values p ->
          p.rows()
              .forEach(r -> out.add(r.stream().map(l -> l.value().orElse(Bag.NULL)).toList(), 1));
      case Plan.Filter p ->
          evaluate(p.input())
              .rows()
              .forEach((row, w) -> {
                if (isTrue(p.predicate(), row)) {
                  out.add(row, w);
                }
              });
      case Plan.Project p ->
          evaluate(p.input())
              .rows()
              .forEach((row, w) ->
                  out.add(p.expressions().stream().map(e -> value(e, row)).toList(), w));
      case Plan.UnionAll p -> p.inputs().forEach(i -> evaluate(i).rows().forEach(out::add));
      case Plan.Hop p -> evaluate(p.input()).rows().forEach((row, w) -> hop(p, row, w, out));
      case Plan.Join p -> join(p, out);
      case Plan.Aggregate p -> aggregate(p, out);
      case Plan.Distinct p -> evaluate(p.input()).rows().keySet().forEach(row -> out.add(row, 1));
      case Plan.SetOperation p -> set(p, out);
      case Plan.TopN p -> topN(p, out);
      case Plan.Sort p -> out.rows().putAll(evaluate(p.input()).rows());
      case Plan.Window p -> window(p, out);
      case Plan.Lateral _, Plan.Recursive _, Plan.Itself _ ->
          throw new IllegalArgumentException("no reference: " + plan);
    }
    return out;
  }

  private static void hop(Plan.Hop p, List<Object> row, long weight, Bag out) {
    if (!(row.get(p.timeColumn()) instanceof Long time)) {
      return;
    }
    for (long start = time - p.sizeMicros() + 1; start <= time; start++) {
      if (Math.floorMod(start - p.offsetMicros(), p.slideMicros()) == 0) {
        out.add(with(row, List.of(start, start + p.sizeMicros())), weight);
      }
    }
  }

  private static List<Object> with(List<Object> left, List<Object> right) {
    List<Object> both = new ArrayList<>(left);
    both.addAll(right);
    return both;
  }

  private void join(Plan.Join p, Bag out) {
    Bag left = evaluate(p.left());
    Bag right = evaluate(p.right());
    Set<List<Object>> matchedRight = new HashSet<>();
    List<Object> noLeft = Collections.nCopies(p.left().schema().size(), Bag.NULL);
    List<Object> noRight = Collections.nCopies(p.right().schema().size(), Bag.NULL);
    left.rows()
        .forEach((l, lw) -> {
          boolean matched = false;
          for (Map.Entry<List<Object>, Long> r : right.rows().entrySet()) {
            if (matches(p, l, r.getKey())) {
              matched = true;
              matchedRight.add(r.getKey());
              switch (p.kind()) {
                case INNER, LEFT, RIGHT, FULL -> out.add(with(l, r.getKey()), lw * r.getValue());
                case SEMI, ANTI -> {}
              }
            }
          }
          switch (p.kind()) {
            case INNER, RIGHT -> {}
            case LEFT, FULL -> {
              if (!matched) {
                out.add(with(l, noRight), lw);
              }
            }
            case SEMI, ANTI -> {
              if (matched == (p.kind() == Plan.JoinKind.SEMI)) {
                out.add(l, lw);
              }
            }
          }
        });
    if (p.kind() == Plan.JoinKind.RIGHT || p.kind() == Plan.JoinKind.FULL) {
      right
          .rows()
          .forEach((r, w) -> {
            if (!matchedRight.contains(r)) {
              out.add(with(noLeft, r), w);
            }
          });
    }
  }

  private static boolean matches(Plan.Join p, List<Object> left, List<Object> right) {
    for (int i = 0; i < p.leftKeys().size(); i++) {
      Object l = left.get(p.leftKeys().get(i));
      if (l == Bag.NULL || !l.equals(right.get(p.rightKeys().get(i)))) {
        return false;
      }
    }
    return p.residual().isEmpty() || isTrue(p.residual().get(), with(left, right));
  }

  private void aggregate(Plan.Aggregate p, Bag out) {
    Map<List<Object>, Bag> groups = new LinkedHashMap<>();
    if (p.keys().isEmpty()) {
      groups.put(List.of(), new Bag());
    }
    evaluate(p.input())
        .rows()
        .forEach((row, w) ->
            groups
                .computeIfAbsent(p.keys().stream().map(row::get).toList(), _ -> new Bag())
                .add(row, w));
    groups.forEach((key, rows) -> {
      List<Object> result = new ArrayList<>(key);
      p.calls().forEach(call -> result.add(call(call, rows, p)));
      out.add(result, 1);
    });
  }

  private static Object call(Plan.AggregateCall call, Bag rows, Plan.Aggregate p) {
    if (call.function() == Plan.AggregateFunction.ARG_MIN
        || call.function() == Plan.AggregateFunction.ARG_MAX) {
      return AggregateReference.argExtreme(call, rows);
    }
    List<Object> values = new ArrayList<>();
    rows.rows()
        .forEach((row, w) -> {
          if (call.filter().isEmpty() || row.get(call.filter().get()).equals(1L)) {
            Object value = call.arguments().isEmpty() ? 1L : row.get(call.arguments().get(0));
            if (value != Bag.NULL) {
              values.addAll(Collections.nCopies((int) (long) w, value));
            }
          }
        });
    List<Object> used = call.distinct() ? new ArrayList<>(new HashSet<>(values)) : values;
    if (call.function() == Plan.AggregateFunction.COUNT) {
      return (long) used.size();
    }
    if (used.isEmpty()) {
      return Bag.NULL;
    }
    Type argument =
        call.arguments().isEmpty()
            ? Type.BIGINT
            : p.input().schema().column(call.arguments().getFirst()).type();
    int scale = argument instanceof Type.Decimal decimal ? decimal.scale() : 0;
    return switch (call.function()) {
      case MIN, BOOL_AND -> Collections.min(used, Reference::compare);
      case MAX, BOOL_OR -> Collections.max(used, Reference::compare);
      case SUM -> sum(used);
      case AVG -> average(call.type(), used, argument);
      case MEDIAN -> AggregateReference.median(used, scale);
      case STRING_AGG ->
          used.stream().sorted(Reference::compare).map(Object::toString).collect(joining(","));
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
          AggregateReference.spread(Spread.of(call.function()), used, scale);
      default -> throw new IllegalArgumentException("no reference of " + call);
    };
  }

  static Object sum(List<Object> values) {
    if (values.getFirst() instanceof Long) {
      return exact(values).longValueExact();
    }
    double special = 0;
    for (Object value : values) {
      if (!Double.isFinite((Double) value)) {
        special += (Double) value;
      }
    }
    return special != 0 || Double.isNaN(special) ? (Object) special : exact(values).doubleValue();
  }

  static BigDecimal exact(List<Object> values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object value : values) {
      if (value instanceof Long v) {
        sum = sum.add(BigDecimal.valueOf(v));
      } else if (value instanceof Double v && Double.isFinite(v)) {
        sum = sum.add(new BigDecimal(v));
      }
    }
    return sum;
  }

  static Object average(Type type, List<Object> values, Type argument) {
    if (values.getFirst() instanceof Double) {
      return (Double) sum(values) / values.size() + 0.0;
    }
    int from = argument instanceof Type.Decimal d ? d.scale() : 0;
    int to = ((Type.Decimal) type).scale();
    return exact(values)
        .scaleByPowerOfTen(to - from)
        .divide(BigDecimal.valueOf(values.size()), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private void set(Plan.SetOperation p, Bag out) {
    List<Bag> inputs = p.inputs().stream().map(this::evaluate).toList();
    Set<List<Object>> all = new HashSet<>();
    inputs.forEach(b -> all.addAll(b.rows().keySet()));
    for (List<Object> row : all) {
      long[] counts = inputs.stream().mapToLong(b -> b.rows().getOrDefault(row, 0L)).toArray();
      long others = Arrays.stream(counts).skip(1).sum();
      long least = Arrays.stream(counts).min().orElseThrow();
      out.add(
          row,
          switch (p.kind()) {
            case UNION -> 1;
            case INTERSECT -> Math.min(1, least);
            case INTERSECT_ALL -> least;
            case EXCEPT -> counts[0] > 0 && others == 0 ? 1 : 0;
            case EXCEPT_ALL -> Math.max(0, counts[0] - others);
          });
    }
  }

  private void topN(Plan.TopN p, Bag out) {
    for (List<List<Object>> rows : partitions(p.input(), p.partition())) {
      rows.sort(order(p.order()));
      for (int i = 0; i < Math.min(p.limit(), rows.size()); i++) {
        out.add(p.rowNumber() ? with(rows.get(i), List.of(i + 1L)) : rows.get(i), 1);
      }
    }
  }

  private void window(Plan.Window p, Bag out) {
    List<Plan.SortKey> total = new ArrayList<>(p.order());
    for (int column = 0; column < p.input().schema().size(); column++) {
      total.add(new Plan.SortKey(column, false, false));
    }
    for (List<List<Object>> rows : partitions(p.input(), p.partition())) {
      rows.sort(order(total));
      WindowReference reference = new WindowReference(p, rows, order(p.order()));
      for (int i = 0; i < rows.size(); i++) {
        out.add(reference.row(i), 1);
      }
    }
  }

  private Collection<List<List<Object>>> partitions(Plan input, List<Integer> by) {
    Map<List<Object>, List<List<Object>>> partitions = new LinkedHashMap<>();
    evaluate(input)
        .rows()
        .forEach((row, w) ->
            partitions
                .computeIfAbsent(by.stream().map(row::get).toList(), _ -> new ArrayList<>())
                .addAll(Collections.nCopies((int) (long) w, row)));
    return partitions.values();
  }

  private static Comparator<List<Object>> order(List<Plan.SortKey> keys) {
    return (left, right) -> {
      for (Plan.SortKey key : keys) {
        Object l = left.get(key.column());
        Object r = right.get(key.column());
        int order;
        if (l == Bag.NULL || r == Bag.NULL) {
          order = l == r ? 0 : (l == Bag.NULL) == key.nullsFirst() ? -1 : 1;
        } else {
          order = key.descending() ? compare(r, l) : compare(l, r);
        }
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  static int compare(Object left, Object right) {
    return switch (left) {
      case Long l -> Long.compare(l, (Long) right);
      case Double l -> Double.compare(l, (Double) right);
      case String l ->
          Arrays.compareUnsigned(
              l.getBytes(StandardCharsets.UTF_8),
              ((String) right).getBytes(StandardCharsets.UTF_8));
      default -> throw new IllegalArgumentException("value " + left);
    };
  }

  private static boolean isTrue(Expr predicate, List<Object> row) {
    return value(predicate, row).equals(1L);
  }

  private static Object value(Expr expr, List<Object> row) {
    return switch (expr) {
      case Expr.ColumnRef e -> row.get(e.index());
      case Expr.Literal e -> e.value().orElse(Bag.NULL);
      case Expr.Call e -> call(e, row);
      case Expr.OuterRef _, Expr.Cast _, Expr.Case _ ->
          throw new IllegalArgumentException("no reference: " + expr);
    };
  }

  private static Object call(Expr.Call call, List<Object> row) {
    List<Object> a = call.arguments().stream().map(e -> value(e, row)).toList();
    if (call.function() == Function.IS_NULL) {
      return a.getFirst() == Bag.NULL ? 1L : 0L;
    }
    if (a.contains(Bag.NULL)) {
      return Bag.NULL;
    }
    return switch (call.function()) {
      case EQ -> compare(a.get(0), a.get(1)) == 0 ? 1L : 0L;
      case LT -> compare(a.get(0), a.get(1)) < 0 ? 1L : 0L;
      case GE -> compare(a.get(0), a.get(1)) >= 0 ? 1L : 0L;
      case PLUS -> (Long) a.get(0) + (Long) a.get(1);
      default -> throw new IllegalArgumentException("no reference: " + call.function());
    };
  }
}
