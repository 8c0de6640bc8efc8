package dev.leat.sql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Checks the arguments that must be constants: units, patterns, formats, paths, digits. */
final class Constants {
  static final Set<String> UNITS =
      Set.of("year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond");

  private static final java.util.regex.Pattern JSON_PATH =
      java.util.regex.Pattern.compile("\\$(\\.[A-Za-z_][A-Za-z0-9_]*|\\[[0-9]{1,6}\\])*");

  private static final java.util.regex.Pattern FORMAT =
      java.util.regex.Pattern.compile("([^%]|%[YmdHMSfyjBbAaIp%])+");

  private static final java.util.regex.Pattern REPLACEMENT =
      java.util.regex.Pattern.compile("([^\\\\]|\\\\[0-9\\\\])*");

  /** Of RE2's syntax what the runtime's library and DuckDB's take for the same. */
  private static final java.util.regex.Pattern KEPT =
      java.util.regex.Pattern.compile("([^\\\\(]++|\\\\[\\p{ASCII}&&[^pPB]]|\\((?!\\?<|\\?:\\)))*");

  private Constants() {}

  /** Throws LEAT-2002 if a constant argument is not what the function takes. */
  static void check(Function function, List<Expr> arguments) {
    switch (function) {
      case DATE_TRUNC, DATE_DIFF ->
          require(
              UNITS.contains(text(arguments, 0)),
              function,
              "a unit of " + UNITS.stream().sorted().toList(),
              arguments.get(0));
      case ROUND -> digits(function, arguments, -15);
      case TRUNCATE -> digits(function, arguments, 0);
      case STRFTIME ->
          require(
              FORMAT.matcher(text(arguments, 1)).matches(),
              function,
              "a format of the codes %Y %m %d %H %M %S %f %y %j %B %b %A %a %I %p %%",
              arguments.get(1));
      case JSON_VALUE, JSON_EXISTS, JSON_ARRAY_LENGTH -> {
        if (arguments.size() > 1) {
          require(
              JSON_PATH.matcher(text(arguments, 1)).matches(),
              function,
              "a path like '$.a.b[0]'",
              arguments.get(1));
        }
      }
      case REGEXP_LIKE -> groups(function, arguments);
      case REGEXP_REPLACE -> {
        groups(function, arguments);
        require(
            REPLACEMENT.matcher(text(arguments, 2)).matches(),
            function,
            "a replacement in which \\0 to \\9 and \\\\ are the only escapes",
            arguments.get(2));
        references(function, arguments);
      }
      case REGEXP_EXTRACT -> {
        int groups = groups(function, arguments);
        if (arguments.size() > 2) {
          boolean known = number(arguments.get(2)) >= 0 && number(arguments.get(2)) <= groups;
          require(known, function, "a group from 0 to " + groups, arguments.get(2));
        }
      }
      case LIKE, ILIKE -> {
        if (arguments.size() > 2) {
          escape(function, arguments);
        }
      }
      default -> {}
    }
  }

  private static void escape(Function function, List<Expr> arguments) {
    String escape = text(arguments, 2);
    require(
        escape.length() == 1 && escape.charAt(0) < 128,
        function,
        "one ASCII character as ESCAPE",
        arguments.get(2));
    UnaryOperator<String> form = function == Function.ILIKE ? Constants::lower : s -> s;
    boolean escaped = false;
    for (char c : form.apply(text(arguments, 1)).toCharArray()) {
      escaped = !escaped && c == form.apply(escape).charAt(0);
    }
    require(
        !escaped, function, "a pattern in which each escape has one to escape", arguments.get(1));
  }

  /** Each character by itself, as LOWER does. */
  private static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void digits(Function function, List<Expr> arguments, int least) {
    if (arguments.size() > 1) {
      long digits = number(arguments.get(1));
      require(
          digits >= least && digits <= 15,
          function,
          "digits from " + least + " to 15",
          arguments.get(1));
    }
  }

  private static int groups(Function function, List<Expr> arguments) {
    require(
        KEPT.matcher(text(arguments, 1)).matches(),
        function,
        "a pattern without \\p{…}, \\P{…}, \\B, (?<name>…), (?:) and escapes beyond ASCII, which engines take differently",
        arguments.get(1));
    try {
      return Pattern.compile(text(arguments, 1)).groupCount();
    } catch (PatternSyntaxException e) {
      throw wrong(function, "a pattern in RE2 syntax (" + e.getMessage() + ")", arguments.get(1));
    }
  }

  private static void references(Function function, List<Expr> arguments) {
    int groups = groups(function, arguments);
    String replacement = text(arguments, 2);
    for (int i = 0; i < replacement.length() - 1; i++) {
      if (replacement.charAt(i) == '\\') {
        char c = replacement.charAt(++i);
        require(
            c == '\\' || c - '0' <= groups,
            function,
            "references to its " + groups + " groups only",
            arguments.get(2));
      }
    }
  }

  static String text(List<Expr> arguments, int position) {
    return arguments.get(position) instanceof Expr.Literal literal
            && literal.value().orElse("") instanceof String text
        ? text
        : "";
  }

  private static long number(Expr expr) {
    return expr instanceof Expr.Literal literal && literal.value().orElse("") instanceof Long number
        ? number
        : Long.MIN_VALUE;
  }

  private static void require(boolean holds, Function function, String expected, Expr found) {
    if (!holds) {
      throw wrong(function, expected, found);
    }
  }

  private static LeatException wrong(Function function, String expected, Expr found) {
    String shown =
        found instanceof Expr.Literal l
            ? String.valueOf(l.value().orElse("NULL"))
            : "an expression";
    return new LeatException(
        Problem.of(
            ErrorCode.SQL_INVALID,
            function.name() + " takes " + expected + ", not " + shown + ".",
            "docs/functions.md says what it takes."));
  }
}
