package dev.leat.sql;

import dev.leat.model.Type;
import dev.leat.sql.Plan.AggregateCall;
import java.util.stream.Collectors;

/** Prints the aggregates of a GROUP BY for DuckDB, with the casts that make them mean the same. */
final class DuckDbAggregates {
  private DuckDbAggregates() {}

  static String call(Plan.Aggregate aggregate, AggregateCall call) {
    String type = call.type().sql();
    return switch (call.function()) {
      case COUNT -> plain("count", call);
      case SUM -> call.type() instanceof Type.Float64 ? plain("sum", call) : sum(call, type);
      case AVG ->
          call.type() instanceof Type.Decimal decimal
              ? exactAverage(
                  aggregate.input().schema().column(call.arguments().getFirst()).type(),
                  plain("sum", call),
                  plain("count", call),
                  decimal)
              : plain("avg", call);
      case MIN -> plain("min", call);
      case MAX -> plain("max", call);
      case STDDEV_POP -> "sqrt(" + variance(aggregate, call, 0) + ")";
      case STDDEV_SAMP -> "sqrt(" + variance(aggregate, call, 1) + ")";
      case VAR_POP -> variance(aggregate, call, 0);
      case VAR_SAMP -> variance(aggregate, call, 1);
      case MEDIAN -> median(call);
      case STRING_AGG -> joined(aggregate, call);
      case BOOL_AND -> plain("bool_and", call);
      case BOOL_OR -> plain("bool_or", call);
      case ARG_MIN -> extreme("arg_min", call);
      case ARG_MAX -> extreme("arg_max", call);
      case SINGLE_VALUE ->
          "(CASE WHEN count(*) > 1 THEN error('a sub-query that stands for one value gives several"
              + " rows') ELSE "
              + plain("min", call)
              + " END)";
    };
  }

  /** DuckDB sums integers as HUGEINT and decimals with 38 digits; the cast checks the range. */
  private static String sum(AggregateCall call, String type) {
    return DuckDbPrinter.cast(plain("sum", call), type);
  }

  private static String plain(String function, AggregateCall call) {
    String arguments =
        call.arguments().isEmpty()
            ? "*"
            : call.arguments().stream()
                .map(DuckDbPrinter::column)
                .collect(Collectors.joining(", "));
    return function + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + ")" + filter(call);
  }

  private static String filter(AggregateCall call) {
    return call.filter().map(at -> " FILTER (WHERE " + DuckDbPrinter.column(at) + ")").orElse("");
  }

  /**
   * In two passes: DuckDB's own, in one, loses a digit for every digit that the values have before
   * their spread. Distances of an exact type are exact, and taken from a value near the mean; what
   * that is off by is taken away again.
   *
   * @param less than the number of values is what is divided by
   */
  private static String variance(Plan.Aggregate aggregate, AggregateCall call, int less) {
    int at = call.arguments().getFirst();
    Type type = aggregate.input().schema().column(at).type();
    String column = DuckDbPrinter.column(at);
    String distinct = call.distinct() ? "DISTINCT " : "";
    String count = "count(" + distinct + column + ")" + filter(call);
    String mean = "avg(" + distinct + DuckDbPrinter.cast(column, "DOUBLE") + ")" + filter(call);
    String values =
        "list(%s%s) FILTER (WHERE %s%s IS NOT NULL)"
            .formatted(
                distinct,
                column,
                call.filter().map(f -> DuckDbPrinter.column(f) + " AND ").orElse(""),
                column);
    String squares;
    if (type instanceof Type.Float64) {
      squares = "list_sum(list_transform(%s, lambda v: pow(v - %s, 2)))".formatted(values, mean);
    } else {
      String wide = type instanceof Type.Decimal d ? "DECIMAL(38," + d.scale() + ")" : "HUGEINT";
      String distances =
          "list_transform(%s, lambda v: CAST(CAST(v AS %s) - CAST(%s AS %s) AS DOUBLE))"
              .formatted(values, wide, mean, wide);
      squares =
          "greatest(list_sum(list_transform(%1$s, lambda d: d * d)) - pow(list_sum(%1$s), 2) / %2$s, 0)"
              .formatted(distances, count);
    }
    return "CASE WHEN %1$s > %2$d THEN %3$s / (%1$s - %2$d) END".formatted(count, less, squares);
  }

  private static String median(AggregateCall call) {
    String argument =
        DuckDbPrinter.cast(DuckDbPrinter.column(call.arguments().getFirst()), "DOUBLE");
    return "median(" + (call.distinct() ? "DISTINCT " : "") + argument + ")" + filter(call);
  }

  /** Values in their own order, so that the answer does not depend on that of the rows. */
  private static String joined(Plan.Aggregate aggregate, AggregateCall call) {
    String value = DuckDbPrinter.column(call.arguments().getFirst());
    String separator =
        call.arguments().size() > 1 ? constant(aggregate.input(), call.arguments().get(1)) : "','";
    return "string_agg("
        + (call.distinct() ? "DISTINCT " : "")
        + value
        + ", "
        + separator
        + " ORDER BY "
        + value
        + ")"
        + filter(call);
  }

  /** DuckDB wants to see a separator, not a column that holds it. */
  private static String constant(Plan input, int at) {
    return input instanceof Plan.Project project
            && project.expressions().get(at) instanceof Expr.Literal literal
        ? DuckDbPrinter.expression(literal)
        : DuckDbPrinter.column(at);
  }

  /** Of several rows with the extreme value the one whose answer is extreme too. */
  private static String extreme(String function, AggregateCall call) {
    String value = DuckDbPrinter.column(call.arguments().get(0));
    String by = DuckDbPrinter.column(call.arguments().get(1));
    String known = value + " IS NOT NULL AND " + by + " IS NOT NULL";
    return function
        + "("
        + value
        + ", ROW("
        + by
        + ", "
        + value
        + ")) FILTER (WHERE "
        + call.filter().map(f -> DuckDbPrinter.column(f) + " AND ").orElse("")
        + known
        + ")";
  }

  /**
   * AVG of an exact type, rounded half away from zero, in integers: DuckDB's own is a DOUBLE. With
   * {@code n} the unscaled sum brought to the result's scale: {@code sign(n) * ((2|n| + count) //
   * (2 count))}.
   */
  static String exactAverage(Type argument, String sum, String count, Type.Decimal result) {
    int scale = argument instanceof Type.Decimal decimal ? decimal.scale() : 0;
    String unscaled =
        scale == 0
            ? DuckDbPrinter.cast(sum, "HUGEINT")
            : DuckDbPrinter.cast(
                scale <= 9
                    ? "CAST(%s AS DECIMAL(28,%d)) * CAST(%s AS DECIMAL(%d,0))"
                        .formatted(sum, scale, power(scale), scale + 1)
                    : "replace(CAST(%s AS VARCHAR), '.', '')".formatted(sum),
                "HUGEINT");
    String n = "(" + unscaled + " * " + power(result.scale() - scale) + ")";
    return DuckDbPrinter.cast(
        "CAST(sign(%1$s) * ((2 * abs(%1$s) + %2$s) // (2 * %2$s)) AS DECIMAL(19,0)) * CAST(%3$s AS DECIMAL(%4$d,%5$d))"
            .formatted(n, count, unit(result.scale()), Math.max(1, result.scale()), result.scale()),
        result.sql());
  }

  /** 10 to the power of {@code digits}. */
  private static String power(int digits) {
    return "1" + "0".repeat(digits);
  }

  /** One in the last of so many digits after the point. */
  private static String unit(int digits) {
    return digits == 0 ? "1" : "0." + "0".repeat(digits - 1) + "1";
  }
}
