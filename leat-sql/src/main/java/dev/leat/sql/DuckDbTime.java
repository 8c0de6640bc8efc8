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
      case DATE_DIFF, LAST_DAY, STRFTIME -> function(name, a);
      case DAYOFWEEK -> "(dayofweek(" + first + ") + 1)";
      case EPOCH -> "date_diff('second', " + START + ", " + first + ")";
      case EPOCH_MS -> "date_diff('millisecond', " + START + ", " + first + ")";
      case DATE_TRUNC -> cast(function("date_trunc", a), call.type());
      case TIMESTAMPDIFF -> function("date_sub", a);
      case ADD_MONTHS ->
          cast(first + " + to_months(" + cast(a.get(1), Type.INTEGER) + ")", call.type());
      case ADD_DAYS ->
          call.type() instanceof Type.Date
              ? "(" + first + " + " + cast(a.get(1), Type.INTEGER) + ")"
              : "(" + first + " + to_days(" + cast(a.get(1), Type.INTEGER) + "))";
      case ADD_MICROS -> "(" + first + " + to_microseconds(" + a.get(1) + "))";
      case MAKE_DATE -> function("make_date", a);
      case MAKE_TIMESTAMP ->
          "make_timestamp("
              + String.join(", ", a.subList(0, 5))
              + ", CAST("
              + a.get(5)
              + " AS DOUBLE))";
      case TO_TIMESTAMP -> "make_timestamp(" + first + " * 1000000)";
      case TO_TIMESTAMP_MS -> "make_timestamp(" + first + " * 1000)";
      default -> throw new IllegalArgumentException(name);
    };
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
