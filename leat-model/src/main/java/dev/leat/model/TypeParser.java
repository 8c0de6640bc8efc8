package dev.leat.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a type as people write it: Leat's own names and the usual other ones, with {@code not null}
 * after it where a value must be there. A length ({@code varchar(20)}) or a precision of a time
 * ({@code timestamp(3)}) may be written; it is not enforced.
 */
public final class TypeParser {
  private static final Pattern FORM =
      Pattern.compile(
          "([a-z][a-z0-9 ]*?) ?(?:\\( ?([0-9]{1,9}) ?(?:, ?([0-9]{1,9}) ?)?\\))?"
              + "( without time zone)?( not null| null)?");

  private static final Map<String, Type> SIMPLE =
      Map.ofEntries(
          Map.entry("boolean", Type.BOOLEAN),
          Map.entry("bool", Type.BOOLEAN),
          Map.entry("tinyint", Type.INTEGER),
          Map.entry("smallint", Type.INTEGER),
          Map.entry("int", Type.INTEGER),
          Map.entry("int4", Type.INTEGER),
          Map.entry("integer", Type.INTEGER),
          Map.entry("bigint", Type.BIGINT),
          Map.entry("int8", Type.BIGINT),
          Map.entry("long", Type.BIGINT),
          Map.entry("double", Type.DOUBLE),
          Map.entry("double precision", Type.DOUBLE),
          Map.entry("float", Type.DOUBLE),
          Map.entry("float8", Type.DOUBLE),
          Map.entry("real", Type.DOUBLE),
          Map.entry("date", Type.DATE));

  /** Types that may be followed by one number that is not kept. */
  private static final Map<String, Type> SIZED =
      Map.ofEntries(
          Map.entry("varchar", Type.VARCHAR),
          Map.entry("character varying", Type.VARCHAR),
          Map.entry("text", Type.VARCHAR),
          Map.entry("string", Type.VARCHAR),
          Map.entry("uuid", Type.VARCHAR),
          Map.entry("json", Type.VARCHAR),
          Map.entry("varbinary", Type.VARBINARY),
          Map.entry("blob", Type.VARBINARY),
          Map.entry("bytea", Type.VARBINARY),
          Map.entry("binary", Type.VARBINARY),
          Map.entry("timestamp", Type.TIMESTAMP),
          Map.entry("datetime", Type.TIMESTAMP));

  private static final Set<String> DECIMAL = Set.of("decimal", "numeric", "dec");
  private static final Set<String> ZONED = Set.of("timestamptz", "timestamp with time zone");

  private TypeParser() {}

  /** What came of reading a type. */
  public sealed interface Result {
    record Found(Type type, boolean nullable) implements Result {}

    /** Not a type; says why, and what to write instead. */
    record Refused(String message, String fix) implements Result {}
  }

  public static Result parse(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    Matcher matcher = FORM.matcher(plain);
    if (!matcher.matches()) {
      return unknown(text);
    }
    boolean nullable = !" not null".equals(matcher.group(5));
    return type(matcher.group(1), number(matcher, 2), number(matcher, 3), text, nullable);
  }

  /** The type alone; empty when it is none. */
  public static Optional<Type> type(String text) {
    return parse(text) instanceof Result.Found(Type type, _) ? Optional.of(type) : Optional.empty();
  }

  private static Result type(
      String name,
      Optional<Integer> first,
      Optional<Integer> second,
      String text,
      boolean nullable) {
    if (DECIMAL.contains(name)) {
      return decimal(first.orElse(Type.Decimal.MAX_PRECISION), second.orElse(0), nullable);
    }
    if (ZONED.contains(name)) {
      return new Result.Refused(
          "`" + text + "` has a time zone, and Leat's TIMESTAMP has none.",
          "Write `timestamp`: values that carry an offset are turned into UTC.");
    }
    Optional<Type> plain = first.isEmpty() ? Optional.ofNullable(SIMPLE.get(name)) : sized(name);
    Optional<Type> found = plain.or(() -> second.isEmpty() ? sized(name) : Optional.empty());
    return found.<Result>map(t -> new Result.Found(t, nullable)).orElseGet(() -> unknown(text));
  }

  private static Optional<Type> sized(String name) {
    return Optional.ofNullable(SIZED.get(name));
  }

  private static Result decimal(int precision, int scale, boolean nullable) {
    if (precision < 1 || precision > Type.Decimal.MAX_PRECISION) {
      return new Result.Refused(
          "A decimal has 1 to " + Type.Decimal.MAX_PRECISION + " digits, not " + precision + ".",
          "Write `decimal(18," + Math.min(scale, 18) + ")`, or `double` or `varchar`.");
    }
    if (scale > precision) {
      return new Result.Refused(
          "A decimal of " + precision + " digits cannot have " + scale + " after the point.",
          "Write the digits in all first, then those after the point.");
    }
    return new Result.Found(Type.decimal(precision, scale), nullable);
  }

  private static Result unknown(String text) {
    var names = new TreeSet<String>(SIMPLE.keySet());
    names.addAll(SIZED.keySet());
    names.add("decimal");
    String word = text.strip().split("[ (]", 2)[0];
    String fix =
        Nearest.to(word, names)
            .map(n -> "Did you mean `" + n + "`?")
            .orElse(
                "Types: boolean, integer, bigint, double, decimal(p,s), varchar, varbinary, date,"
                    + " timestamp; `not null` may follow.");
    return new Result.Refused("`" + text + "` is not a type.", fix);
  }

  private static Optional<Integer> number(Matcher matcher, int group) {
    return Optional.ofNullable(matcher.group(group)).map(Integer::valueOf);
  }
}
