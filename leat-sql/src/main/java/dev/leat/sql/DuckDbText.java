package dev.leat.sql;

import static dev.leat.sql.DuckDbExpressions.cast;
import static dev.leat.sql.DuckDbExpressions.function;
import static dev.leat.sql.DuckDbExpressions.infix;

import dev.leat.model.Type;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Functions of text as DuckDB's SQL. */
final class DuckDbText {
  /** Longer than any text, and well within what DuckDB takes as a position. */
  private static final long FAR = 1_000_000_000L;

  private static final long LONGEST = 1_000_000L;

  private DuckDbText() {}

  static String print(Expr.Call call, List<String> a) {
    String first = a.getFirst();
    String name = call.function().name().toLowerCase(Locale.ROOT);
    return switch (call.function()) {
      case CONCATENATE -> infix(a, "||");
      case CONCAT, CONCAT_WS, UPPER, LOWER, REPLACE, MD5, SHA256, TRANSLATE -> function(name, a);
      case STARTS_WITH, ENDS_WITH, CONTAINS -> function(name, a);
      case TRIM, LTRIM, RTRIM -> function(name, a.size() == 1 ? List.of(first, "' '") : a);
      case LENGTH -> cast("length(" + first + ")", Type.INTEGER);
      case OCTET_LENGTH -> cast("strlen(" + first + ")", Type.INTEGER);
      case STRPOS -> cast(function("strpos", a), Type.INTEGER);
      case ASCII -> cast(function("ascii", a), Type.INTEGER);
      case CHR -> "chr(" + cast(first, Type.INTEGER) + ")";
      case TO_HEX -> "to_hex(" + first + ")";
      case REVERSE ->
          "array_to_string(list_reverse(regexp_extract_all(" + first + ", '(?s).')), '')";
      case INITCAP -> initcap(first);
      case SUBSTRING -> substring(call.arguments(), a);
      case LEFT, RIGHT ->
          name + "(" + first + ", " + clamped(call.arguments().get(1), a.get(1), -FAR, FAR) + ")";
      case REPEAT -> repeat(call.arguments(), a);
      case LPAD, RPAD -> pad(name, call.arguments(), a);
      case SPLIT_PART -> splitPart(call.arguments(), a);
      case LIKE -> like(call, a);
      case ILIKE -> like(call, a.stream().map(value -> "lower(" + value + ")").toList());
      case REGEXP_LIKE -> function("regexp_matches", a);
      case REGEXP_REPLACE -> "regexp_replace(" + String.join(", ", a) + ", 'g')";
      case REGEXP_EXTRACT -> function("regexp_extract", a);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String like(Expr.Call call, List<String> a) {
    String matched = "(" + a.get(0) + " LIKE " + a.get(1);
    if (a.size() == 2) {
      return matched + ")";
    }
    String value = matched + " ESCAPE " + a.get(2) + ")";
    if (call.arguments().get(1) instanceof Expr.Literal) {
      return value;
    }
    char escape = Constants.text(call.arguments(), 2).charAt(0);
    String ending =
        endingWith(call.function() == Function.ILIKE ? Character.toLowerCase(escape) : escape);
    return refused(
        "regexp_full_match(" + a.get(1) + ", '" + ending + "')",
        a.subList(0, 2),
        "LIKE: the pattern ends with its escape",
        value);
  }

  /** An escape that escapes nothing, of which DuckDB tells only where matching comes to it. */
  private static String endingWith(char escape) {
    String one = "\\x{%x}".formatted((int) escape);
    return "(?s)([^%1$s]|%1$s.)*%1$s".formatted(one);
  }

  private static String initcap(String text) {
    return "array_to_string(list_transform(regexp_extract_all(lower("
        + text
        + "), '[0-9a-z\\x{80}-\\x{10FFFF}]+|[^0-9a-z\\x{80}-\\x{10FFFF}]+'), lambda w: upper(left(w, 1)) || substring(w, 2)), '')";
  }

  /** The value kept within bounds; NULL stays NULL. */
  private static String clamped(Expr expr, String value, long least, long most) {
    if (expr instanceof Expr.Literal literal && literal.value().orElse("") instanceof Long number) {
      return Long.toString(Math.max(least, Math.min(most, number)));
    }
    return clamped(value, least, most);
  }

  private static String clamped(String value, long least, long most) {
    return "(CASE WHEN "
        + value
        + " < "
        + least
        + " THEN "
        + least
        + " WHEN "
        + value
        + " > "
        + most
        + " THEN "
        + most
        + " ELSE "
        + value
        + " END)";
  }

  private static String notNull(List<String> a) {
    return a.stream().map(x -> x + " IS NOT NULL").collect(Collectors.joining(" AND "));
  }

  /** An error where the condition holds and no argument is NULL. */
  static String refused(String condition, List<String> a, String message, String value) {
    return "(CASE WHEN "
        + condition
        + " AND "
        + notNull(a)
        + " THEN error('"
        + message
        + "') ELSE "
        + value
        + " END)";
  }

  private static String substring(List<Expr> arguments, List<String> a) {
    String start = clamped(arguments.get(1), a.get(1), 1, FAR);
    if (a.size() == 2) {
      return "substring(" + a.getFirst() + ", " + start + ")";
    }
    String length = clamped(arguments.get(2), a.get(2), 0, FAR);
    boolean plain =
        arguments.get(1) instanceof Expr.Literal s
            && s.value().orElse(0L) instanceof Long n
            && n >= 1;
    String end = "(" + a.get(1) + "::HUGEINT + " + a.get(2) + " - 1)";
    String count =
        plain
            ? length
            : "(CASE WHEN "
                + a.get(1)
                + " >= 1 THEN "
                + length
                + " ELSE "
                + cast(clamped(end, 0, FAR), Type.BIGINT)
                + " END)";
    String value = "substring(" + a.getFirst() + ", " + start + ", " + count + ")";
    boolean safe =
        arguments.get(2) instanceof Expr.Literal l
            && l.value().orElse(0L) instanceof Long n
            && n >= 0;
    return safe ? value : refused(a.get(2) + " < 0", a, "SUBSTRING: a negative length", value);
  }

  private static String repeat(List<Expr> arguments, List<String> a) {
    String times = clamped(arguments.get(1), a.get(1), 0, FAR);
    return refused(
        "length(" + a.getFirst() + ") * " + times + " > " + LONGEST,
        a,
        "REPEAT: longer than 1,000,000 characters",
        "repeat(" + a.getFirst() + ", " + times + ")");
  }

  private static String pad(String name, List<Expr> arguments, List<String> a) {
    String length = cast(clamped(arguments.get(1), a.get(1), 0, FAR), Type.INTEGER);
    String fill = a.size() > 2 ? a.get(2) : "' '";
    String value = name + "(" + a.getFirst() + ", " + length + ", " + fill + ")";
    boolean safe =
        arguments.get(1) instanceof Expr.Literal l
            && l.value().orElse(0L) instanceof Long n
            && n <= LONGEST;
    return safe
        ? value
        : refused(
            a.get(1) + " > " + LONGEST, a, "LPAD, RPAD: longer than 1,000,000 characters", value);
  }

  private static String splitPart(List<Expr> arguments, List<String> a) {
    String part = clamped(arguments.get(2), a.get(2), -FAR, FAR);
    String value = "split_part(" + a.get(0) + ", " + a.get(1) + ", " + part + ")";
    boolean safe = arguments.get(1) instanceof Expr.Literal l && !l.value().orElse("").equals("");
    return safe
        ? value
        : "(CASE WHEN "
            + a.get(1)
            + " = '' AND abs("
            + part
            + ") = 1 THEN "
            + a.get(0)
            + " WHEN "
            + a.get(1)
            + " = '' AND "
            + notNull(a)
            + " THEN '' ELSE "
            + value
            + " END)";
  }
}
