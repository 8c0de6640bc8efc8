package dev.leat.sql;

import dev.leat.model.Type;
import dev.leat.sql.Plan.AggregateCall;
import dev.leat.sql.Plan.AggregateFunction;
import dev.leat.sql.Plan.WindowCall;
import java.util.List;
import java.util.Optional;

/**
 * Prints an aggregate for DuckDB, over a group or a window's frame, with the casts that make it
 * mean the same.
 *
 * @param types of the arguments
 * @param filter a condition on the rows that count
 * @param order of STRING_AGG, or empty
 * @param over what follows each call of an aggregate
 */
record DuckDbAggregates(
    AggregateFunction function,
    boolean distinct,
    List<String> arguments,
    List<Type> types,
    Optional<String> filter,
    String order,
    Type type,
    String over) {

  static String call(Plan.Aggregate aggregate, AggregateCall call) {
    Plan input = aggregate.input();
    return new DuckDbAggregates(
            call.function(),
            call.distinct(),
            call.arguments().stream().map(at -> argument(input, call, at)).toList(),
            call.arguments().stream().map(at -> input.schema().column(at).type()).toList(),
            call.filter().map(DuckDbPrinter::column),
            call.order().isEmpty() ? "" : DuckDbWindows.order(call.order(), "") + ", ",
            call.type(),
            "")
        .print();
  }

  static String call(WindowCall call, AggregateFunction function, String over) {
    return new DuckDbAggregates(
            function,
            call.distinct(),
            call.arguments().stream().map(DuckDbPrinter::expression).toList(),
            call.arguments().stream().map(Expr::type).toList(),
            Optional.empty(),
            "",
            call.type(),
            over)
        .print();
  }

  /** DuckDB wants to see a separator, not a column that holds it. */
  private static String argument(Plan input, AggregateCall call, int at) {
    return call.function() == AggregateFunction.STRING_AGG
            && at != call.arguments().getFirst()
            && input instanceof Plan.Project project
            && project.expressions().get(at) instanceof Expr.Literal literal
        ? DuckDbPrinter.expression(literal)
        : DuckDbPrinter.column(at);
  }

  private String print() {
    return switch (function) {
      case COUNT -> arguments.size() > 1 ? countOfSeveral() : plain("count");
      case SUM -> type instanceof Type.Float64 ? plain("sum") : sum();
      case AVG ->
          type instanceof Type.Decimal decimal
              ? exactAverage(types.getFirst(), plain("sum"), plain("count"), decimal)
              : plain("avg");
      case MIN -> plain("min");
      case MAX -> plain("max");
      case STDDEV_POP -> "sqrt(" + variance(0) + ")";
      case STDDEV_SAMP -> "sqrt(" + variance(1) + ")";
      case VAR_POP -> variance(0);
      case VAR_SAMP -> variance(1);
      case MEDIAN -> median();
      case STRING_AGG -> joined();
      case BOOL_AND -> plain("bool_and");
      case BOOL_OR -> plain("bool_or");
      case ARG_MIN -> extreme("arg_min");
      case ARG_MAX -> extreme("arg_max");
      case SINGLE_VALUE ->
          "(CASE WHEN count(*) > 1 THEN error('a sub-query that stands for one value gives several"
              + " rows') ELSE "
              + plain("min")
              + " END)";
    };
  }

  private String plain(String name) {
    return called(name, arguments.isEmpty() ? "*" : String.join(", ", arguments));
  }

  private String called(String name, String argument) {
    return called(name, argument, filter);
  }

  private String called(String name, String argument, Optional<String> rows) {
    return name
        + "("
        + (distinct ? "DISTINCT " : "")
        + argument
        + ")"
        + rows.map(condition -> " FILTER (WHERE " + condition + ")").orElse("")
        + over;
  }

  /** The filter, and that none of these is NULL. */
  private Optional<String> known(List<String> values) {
    return Optional.of(
        filter.map(condition -> condition + " AND ").orElse("")
            + String.join(" IS NOT NULL AND ", values)
            + " IS NOT NULL");
  }

  private String countOfSeveral() {
    String row = "ROW(" + String.join(", ", arguments) + ")";
    return called("count", distinct ? row : "*", known(arguments));
  }

  /** DuckDB sums integers as HUGEINT and decimals with 38 digits; the cast checks the range. */
  private String sum() {
    return DuckDbPrinter.cast(plain("sum"), type.sql());
  }

  /**
   * In two passes: DuckDB's own, in one, loses a digit for every digit that the values have before
   * their spread. Distances of an exact type are exact, and taken from a value near the mean; what
   * that is off by is taken away again.
   *
   * @param less than the number of values is what is divided by
   */
  private String variance(int less) {
    String value = arguments.getFirst();
    String count = called("count", value);
    String mean = called("avg", DuckDbPrinter.cast(value, "DOUBLE"));
    String values = called("list", value, known(List.of(value)));
    String squares;
    if (types.getFirst() instanceof Type.Float64) {
      squares = "list_sum(list_transform(%s, lambda v: pow(v - %s, 2)))".formatted(values, mean);
    } else {
      String wide =
          types.getFirst() instanceof Type.Decimal d ? "DECIMAL(38," + d.scale() + ")" : "HUGEINT";
      String distances =
          "list_transform(%s, lambda v: CAST(CAST(v AS %s) - CAST(%s AS %s) AS DOUBLE))"
              .formatted(values, wide, mean, wide);
      squares =
          "greatest(list_sum(list_transform(%1$s, lambda d: d * d)) - pow(list_sum(%1$s), 2) / %2$s, 0)"
              .formatted(distances, count);
    }
    return "CASE WHEN %1$s > %2$d THEN %3$s / (%1$s - %2$d) END".formatted(count, less, squares);
  }

  private String median() {
    return called("median", DuckDbPrinter.cast(arguments.getFirst(), "DOUBLE"));
  }

  /** In the end in the order of the values, so that the answer does not depend on that of rows. */
  private String joined() {
    String value = arguments.getFirst();
    String separator = arguments.size() > 1 ? arguments.get(1) : "','";
    return called("string_agg", value + ", " + separator + " ORDER BY " + order + value);
  }

  /** Of several rows with the extreme value the one whose answer is extreme too. */
  private String extreme(String name) {
    String value = arguments.get(0);
    String by = arguments.get(1);
    return called(name, value + ", ROW(" + by + ", " + value + ")", known(List.of(value, by)));
  }

  /**
   * AVG of an exact type, rounded half away from zero, in integers: DuckDB's own is a DOUBLE. With
   * {@code n} the unscaled sum brought to the result's scale: {@code sign(n) * ((2|n| + count) //
   * (2 count))}.
   */
  private static String exactAverage(Type argument, String sum, String count, Type.Decimal result) {
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
