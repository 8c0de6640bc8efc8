package dev.leat.sql;

import static dev.leat.sql.DuckDbExpressions.cast;
import static dev.leat.sql.DuckDbExpressions.function;

import dev.leat.model.Type;
import java.util.List;
import java.util.Locale;

/** Functions of dates and times, and of JSON, as DuckDB's SQL. */
final class DuckDbTime {
  private static final String START = "TIMESTAMP '1970-01-01 00:00:00'";

  private DuckDbTime() {}

  static String print(Expr.Call call, List<String> a) {
    String first = a.getFirst();
    String name = call.function().name().toLowerCase(Locale.ROOT);
    return switch (call.function()) {
      case YEAR, QUARTER, MONTH, WEEK, ISOYEAR, DAY, ISODOW, DAYOFYEAR -> function(name, a);
      case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, DAYNAME, MONTHNAME -> function(name, a);
      case LAST_DAY, STRFTIME -> function(name, a);
      case DATE_DIFF -> difference(a);
      case DAYOFWEEK -> "(dayofweek(" + first + ") + 1)";
      case EPOCH -> "date_diff('second', " + START + ", " + first + ")";
      case EPOCH_MS -> "date_diff('millisecond', " + START + ", " + first + ")";
      case DATE_TRUNC -> cast(function("date_trunc", a), call.type());
      case TIMESTAMPDIFF -> function("date_sub", a);
      case ADD_MONTHS -> cast(first + " + to_months(" + amount(call, a) + ")", call.type());
      case ADD_DAYS ->
          call.type() instanceof Type.Date
              ? "(" + first + " + " + amount(call, a) + ")"
              : "(" + first + " + to_days(" + amount(call, a) + "))";
      case ADD_MICROS -> "(" + first + " + to_microseconds(" + a.get(1) + "))";
      case MAKE_DATE -> made(call, a, function("make_date", a));
      case MAKE_TIMESTAMP ->
          made(
              call,
              a,
              "make_timestamp("
                  + String.join(", ", a.subList(0, 5))
                  + ", CAST("
                  + a.get(5)
                  + " AS DOUBLE))");
      case TO_TIMESTAMP -> "make_timestamp(" + first + " * 1000000)";
      case TO_TIMESTAMP_MS -> "make_timestamp(" + first + " * 1000)";
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** DuckDB counts weeks before 1970 one short, and quarters before the year 0. */
  private static String difference(List<String> a) {
    return switch (a.getFirst()) {
      case "'week'" -> starts("day", 7, a);
      case "'quarter'" -> starts("month", 3, a);
      default -> function("date_diff", a);
    };
  }

  /** How many units lie between the starts of larger ones of so many. */
  private static String starts(String unit, int size, List<String> a) {
    return "(date_diff('%1$s', date_trunc(%3$s, %4$s), date_trunc(%3$s, %5$s)) // %2$d)"
        .formatted(unit, size, a.get(0), a.get(1), a.get(2));
  }

  /** DuckDB takes years to which no text reads back. */
  private static String made(Expr.Call call, List<String> a, String value) {
    String year = a.getFirst();
    boolean safe =
        call.arguments().getFirst() instanceof Expr.Literal literal
            && literal.value().orElse(0L) instanceof Long number
            && number >= 1
            && number <= 9999;
    return safe
        ? value
        : DuckDbText.refused(
            year + " NOT BETWEEN 1 AND 9999", a, "there is no such year from 1 to 9999", value);
  }

  /** As INTEGER; no error where there is nothing to add to. */
  private static String amount(Expr.Call call, List<String> a) {
    if (call.arguments().get(1) instanceof Expr.Literal literal
        && literal.value().orElse("") instanceof Long value
        && value == value.intValue()) {
      return "CAST(" + value + " AS INTEGER)";
    }
    String amount = cast(a.get(1), Type.INTEGER);
    return call.arguments().getFirst().nullable()
        ? "(CASE WHEN " + a.getFirst() + " IS NOT NULL THEN " + amount + " END)"
        : amount;
  }

  static String json(Function function, List<String> a) {
    String json = a.getFirst();
    String path = a.size() > 1 ? a.get(1) : "'$'";
    String at = "(" + json + ", " + path + ")";
    return switch (function) {
      case JSON_VALUE ->
          "(CASE WHEN NOT json_valid("
              + json
              + ") THEN NULL WHEN json_type"
              + at
              + " IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string"
              + at
              + " END)";
      case JSON_EXISTS ->
          "(CASE WHEN json_valid("
              + json
              + ") THEN json_exists"
              + at
              + " WHEN "
              + json
              + " IS NOT NULL THEN FALSE END)";
      case JSON_ARRAY_LENGTH ->
          "(CASE WHEN NOT json_valid("
              + json
              + ") THEN NULL WHEN json_type"
              + at
              + " = 'ARRAY' THEN CAST(json_array_length"
              + at
              + " AS BIGINT) END)";
      default -> throw new IllegalArgumentException(function.name());
    };
  }
}
