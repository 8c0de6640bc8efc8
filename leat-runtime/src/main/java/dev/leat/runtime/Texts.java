package dev.leat.runtime;

import dev.leat.model.Type;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as text, and text as values: what CAST writes and reads. */
final class Texts {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,2})?");
  private static final Pattern REAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");
  private static final Pattern DATE = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})"
              + "([ T]([0-9]{1,2}):([0-9]{2})(:([0-9]{2})(\\.([0-9]{1,9}))?)?Z?)?");

  private Texts() {}

  /** The shortest digits that read back as the same value; an exponent below 1e-4, from 1e16. */
  static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return "0.0";
    }
    BigDecimal exact = shortest(value);
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = exact.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = exact.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    int size = Math.abs(exponent);
    return (value < 0 ? "-" : "")
        + mantissa
        + (exponent < 0 ? "e-" : "e+")
        + (size < 10 ? "0" : "")
        + size;
  }

  /** Java writes at least two digits; one may do. */
  static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (exact.precision() == 2) {
      BigDecimal one = exact.round(new MathContext(1)).stripTrailingZeros();
      return one.doubleValue() == value ? one : exact;
    }
    return exact;
  }

  /** As DuckDB does: no sign before a long year; the year before 1 is 1 (BC). */
  static String date(long days) {
    LocalDate date = LocalDate.ofEpochDay(days);
    int year = date.getYear();
    if (year >= 1 && year <= 9999) {
      return date.toString();
    }
    StringBuilder text = new StringBuilder(18);
    TimeFormat.digits(text, year < 1 ? 1 - year : year, 4);
    TimeFormat.digits(text.append('-'), date.getMonthValue(), 2);
    TimeFormat.digits(text.append('-'), date.getDayOfMonth(), 2);
    return text.append(year < 1 ? " (BC)" : "").toString();
  }

  /** With as many digits after the second as it needs: none, or one to six. */
  static String timestamp(long micros) {
    long day = Math.floorDiv(micros, Casts.MICROS_PER_DAY);
    long rest = Math.floorMod(micros, Casts.MICROS_PER_DAY);
    StringBuilder text = new StringBuilder(26).append(date(day));
    long seconds = rest / 1_000_000;
    pair(text.append(' '), seconds / 3600);
    pair(text.append(':'), seconds / 60 % 60);
    pair(text.append(':'), seconds % 60);
    long fraction = rest % 1_000_000;
    if (fraction != 0) {
      String digits = Long.toString(1_000_000 + fraction).substring(1);
      text.append('.').append(digits.replaceAll("0+$", ""));
    }
    return text.toString();
  }

  private static void pair(StringBuilder text, long number) {
    if (number < 10) {
      text.append('0');
    }
    text.append(number);
  }

  static long toBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1" -> 1;
      case "false", "f", "no", "n", "0" -> 0;
      default -> throw ValueErrors.notConvertible(text, Type.BOOLEAN);
    };
  }

  static BigDecimal toNumber(String text, Type type) {
    String bare = bare(text);
    if (!NUMBER.matcher(bare).matches()) {
      throw ValueErrors.notConvertible(text, type);
    }
    return new BigDecimal(bare);
  }

  static double toDouble(String text) {
    String bare = bare(text);
    if (REAL.matcher(bare).matches()) {
      return Double.parseDouble(bare);
    }
    return switch (bare.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw ValueErrors.notConvertible(text, Type.DOUBLE);
    };
  }

  static long toDate(String text) {
    Matcher matcher = DATE.matcher(bare(text));
    if (!matcher.matches()) {
      throw ValueErrors.notConvertible(text, Type.DATE);
    }
    return day(matcher, text, Type.DATE);
  }

  private static long day(Matcher date, String text, Type type) {
    try {
      int year = Integer.parseInt(date.group(1));
      LocalDate day =
          LocalDate.of(year, Integer.parseInt(date.group(2)), Integer.parseInt(date.group(3)));
      if (year == 0) {
        throw ValueErrors.notConvertible(text, type);
      }
      return day.toEpochDay();
    } catch (DateTimeException _) {
      throw ValueErrors.notConvertible(text, type);
    }
  }

  static long toTimestamp(String text) {
    Matcher matcher = TIMESTAMP.matcher(bare(text));
    if (!matcher.matches()) {
      throw ValueErrors.notConvertible(text, Type.TIMESTAMP);
    }
    Matcher date = DATE.matcher(matcher.group(1));
    date.matches();
    long micros = day(date, text, Type.TIMESTAMP) * Casts.MICROS_PER_DAY;
    if (matcher.group(2) == null) {
      return micros;
    }
    long hour = Long.parseLong(matcher.group(3));
    long minute = Long.parseLong(matcher.group(4));
    long second = matcher.group(6) == null ? 0 : Long.parseLong(matcher.group(6));
    if (hour > 23 || minute > 59 || second > 59) {
      throw ValueErrors.notConvertible(text, Type.TIMESTAMP);
    }
    long fraction =
        matcher.group(8) == null ? 0 : Long.parseLong((matcher.group(8) + "00000").substring(0, 6));
    return micros + ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction;
  }

  /** Without the white space at both ends: space, tab, line feed, carriage return. */
  private static String bare(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
