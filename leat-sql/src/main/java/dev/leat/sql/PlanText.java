package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A plan as indented text: one operator a line, inputs below it. */
public final class PlanText {
  private static final Pattern INFIX = Pattern.compile("a (\\S+|IS.* FROM) b");
  private static final Pattern SUFFIX = Pattern.compile("a IS [A-Z ]+");
  private static final Pattern PREFIX = Pattern.compile("(NOT |-)a");

  private PlanText() {}

  public static String of(Plan plan) {
    StringBuilder out = new StringBuilder();
    append(plan, 0, out);
    return out.toString();
  }

  private static void append(Plan plan, int depth, StringBuilder out) {
    out.append("  ".repeat(depth)).append(line(plan)).append('\n');
    plan.inputs().forEach(i -> append(i, depth + 1, out));
  }

  /** One operator, without its inputs. */
  public static String line(Plan plan) {
    return switch (plan) {
      case Plan.Scan scan -> "Scan " + scan.relation();
      case Plan.Itself itself -> "Itself " + itself.name();
      case Plan.Recursive recursive ->
          "Recursive " + recursive.name() + (recursive.distinct() ? " distinct" : "");
      case Plan.Lateral lateral -> "Lateral " + lateral.kind() + " of #" + lateral.id();
      case Plan.Values values ->
          "Values "
              + values.rows().stream()
                  .map(r -> list(r.stream().map(v -> expr(v, plan)).toList()))
                  .collect(Collectors.joining(", "));
      case Plan.Filter filter -> "Filter " + expr(filter.predicate(), filter.input());
      case Plan.Project project -> "Project " + projections(project);
      case Plan.UnionAll _ -> "UnionAll";
      case Plan.Join join -> "Join " + join(join);
      case Plan.Aggregate aggregate -> "Aggregate " + aggregate(aggregate);
      case Plan.Distinct _ -> "Distinct";
      case Plan.TopN top ->
          "TopN "
              + top.limit()
              + " of "
              + (top.partition().isEmpty() ? "all" : names(top.partition(), top.input()))
              + order(top.order(), top.input())
              + (top.rowNumber() ? " numbered" : "");
      case Plan.Hop hop ->
          "Hop "
              + name(hop.input(), hop.timeColumn())
              + " every "
              + hop.slideMicros()
              + " us for "
              + hop.sizeMicros()
              + " us"
              + (hop.offsetMicros() == 0 ? "" : " from " + hop.offsetMicros() + " us");
      case Plan.SetOperation set -> set.kind().name();
      case Plan.Sort sort ->
          "Sort"
              + order(sort.order(), sort.input())
              + sort.limit().map(l -> " limit " + l).orElse("")
              + (sort.offset() == 0 ? "" : " offset " + sort.offset());
      case Plan.Window window ->
          "Window "
              + window.calls().stream()
                  .map(c -> call(c, window.input()))
                  .collect(Collectors.joining(", "))
              + " over "
              + names(window.partition(), window.input())
              + order(window.order(), window.input())
              + (window.ties().isEmpty() ? "" : " ties " + names(window.ties(), window.input()))
              + window.frame().map(PlanText::frame).orElse("");
    };
  }

  private static String call(Plan.WindowCall call, Plan input) {
    return call.function()
        + (call.distinct() ? " distinct" : "")
        + list(exprs(call.arguments(), input))
        + (call.ignoreNulls() ? " ignore nulls" : "");
  }

  private static String frame(Frame frame) {
    return (frame.rows() ? " rows " : " range ")
        + bound(frame.start())
        + " to "
        + bound(frame.end())
        + (frame.exclusion() == Frame.Exclusion.NO_OTHERS ? "" : " without " + frame.exclusion());
  }

  private static String bound(Frame.Bound bound) {
    return switch (bound) {
      case Frame.Bound.Unbounded _ -> "unbounded";
      case Frame.Bound.Rows rows -> Long.toString(rows.after());
      case Frame.Bound.Distance distance ->
          distance.amount().toPlainString() + " " + distance.unit();
    };
  }

  private static String projections(Plan.Project project) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < project.expressions().size(); i++) {
      String expr = expr(project.expressions().get(i), project.input());
      String name = name(project, i);
      out.append(i == 0 ? "" : ", ").append(expr);
      if (!expr.equals(name)) {
        out.append(" as ").append(name);
      }
    }
    return out.toString();
  }

  private static String join(Plan.Join join) {
    StringBuilder on = new StringBuilder(join.kind().name());
    for (int i = 0; i < join.leftKeys().size(); i++) {
      on.append(i == 0 ? " on " : " and ")
          .append(name(join.left(), join.leftKeys().get(i)))
          .append(" = ")
          .append(name(join.right(), join.rightKeys().get(i)));
    }
    join.residual().ifPresent(r -> on.append(" where ").append(expr(r, pair(join))));
    return on.toString();
  }

  /** Both sides' columns, for what is said of them together. */
  private static Plan pair(Plan.Join join) {
    return new Plan.Values(
        List.of(), Plans.columns(join.left().schema(), join.right().schema().columns()));
  }

  private static String aggregate(Plan.Aggregate aggregate) {
    String calls =
        aggregate.calls().stream()
            .map(c -> call(c, aggregate.input()))
            .collect(Collectors.joining(", "));
    return calls + " by " + names(aggregate.keys(), aggregate.input());
  }

  private static String call(Plan.AggregateCall call, Plan input) {
    String arguments =
        call.arguments().isEmpty()
            ? "*"
            : call.arguments().stream().map(a -> name(input, a)).collect(Collectors.joining(", "));
    return call.function()
        + (call.distinct() ? "(distinct " : "(")
        + arguments
        + order(call.order(), input)
        + ")"
        + call.filter().map(f -> " filter " + name(input, f)).orElse("");
  }

  private static String order(List<Plan.SortKey> order, Plan input) {
    return order.isEmpty()
        ? ""
        : " order by "
            + order.stream()
                .map(k ->
                    name(input, k.column())
                        + (k.descending() ? " desc" : "")
                        + (k.nullsFirst() ? " nulls first" : ""))
                .collect(Collectors.joining(", "));
  }

  private static String names(List<Integer> columns, Plan input) {
    return columns.stream().map(c -> name(input, c)).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String name(Plan plan, int column) {
    return column < plan.schema().size() ? plan.schema().column(column).name() : "#" + column;
  }

  private static List<String> exprs(List<? extends Expr> exprs, Plan input) {
    return exprs.stream().map(e -> expr(e, input)).toList();
  }

  private static String list(List<String> parts) {
    return parts.stream().collect(Collectors.joining(", ", "(", ")"));
  }

  /** An expression over an input's columns, by their names. */
  public static String expr(Expr expr, Plan input) {
    return switch (expr) {
      case Expr.ColumnRef ref -> name(input, ref.index());
      case Expr.OuterRef ref -> "#" + ref.lateral() + "." + ref.index();
      case Expr.Literal literal -> literal(literal);
      case Expr.Call call -> call(call, input);
      case Expr.Cast cast ->
          (cast.orNull() ? "TRY_CAST(" : "CAST(")
              + expr(cast.operand(), input)
              + " AS "
              + cast.type().sql()
              + ")";
      case Expr.Case choice ->
          choice.branches().stream()
                  .map(b ->
                      " WHEN " + expr(b.condition(), input) + " THEN " + expr(b.value(), input))
                  .collect(Collectors.joining("", "CASE", ""))
              + " ELSE "
              + expr(choice.otherwise(), input)
              + " END";
    };
  }

  /** As the function's syntax says: {@code a + b}, {@code a IS NULL}, {@code NOT a}, F(a, b). */
  private static String call(Expr.Call call, Plan input) {
    String syntax = call.function().syntax();
    if (call.function() == Function.IN) {
      List<String> values = exprs(call.arguments().subList(1, call.arguments().size()), input);
      return operand(call.arguments().getFirst(), input) + " IN " + list(values);
    }
    Matcher infix = INFIX.matcher(syntax);
    if (infix.matches()) {
      return call.arguments().stream()
          .map(a -> operand(a, input))
          .collect(Collectors.joining(" " + infix.group(1) + " "));
    }
    if (call.arguments().size() == 1 && SUFFIX.matcher(syntax).matches()) {
      return operand(call.arguments().getFirst(), input) + syntax.substring(1);
    }
    if (call.arguments().size() == 1 && PREFIX.matcher(syntax).matches()) {
      String operator = syntax.substring(0, syntax.length() - 1);
      return operator + operand(call.arguments().getFirst(), input);
    }
    return call.function() + list(exprs(call.arguments(), input));
  }

  private static String operand(Expr expr, Plan input) {
    String text = expr(expr, input);
    boolean loose = expr instanceof Expr.Call call && !text.startsWith(call.function() + "(");
    return loose ? "(" + text + ")" : text;
  }

  private static String literal(Expr.Literal literal) {
    if (literal.value().isEmpty()) {
      return "NULL";
    }
    Object value = literal.value().get();
    return switch (literal.type()) {
      case Type.Varchar _ -> "'" + value + "'";
      case Type.Varbinary _ ->
          value instanceof byte[] bytes
              ? new String(bytes, StandardCharsets.ISO_8859_1)
              : "" + value;
      case Type.Bool _ -> value.equals(1L) ? "TRUE" : "FALSE";
      case Type.Decimal d -> BigDecimal.valueOf((Long) value, d.scale()).toPlainString();
      case Type.Date _ -> "DATE " + LocalDate.ofEpochDay((Long) value);
      case Type.Timestamp _ -> "TIMESTAMP " + Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
      case Type.Int _, Type.BigInt _, Type.Float64 _ -> String.valueOf(value);
    };
  }

  /** The columns of a schema, a line each. */
  public static String schema(Plan plan) {
    return plan.schema().columns().stream()
        .map(PlanText::column)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String column(Column column) {
    return column.name() + " " + column.type().sql() + (column.nullable() ? "" : " NOT NULL");
  }
}
