package dev.leat.connect;

import dev.leat.data.VectorBuilder;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Values of Leat's types in their text form, as CSV files and JSON strings hold them.
 *
 * <ul>
 *   <li>BOOLEAN: {@code true}, {@code false}, {@code t}, {@code f}, {@code 1}, {@code 0}, in any
 *       case.
 *   <li>INTEGER, BIGINT: digits with an optional sign; no point, no exponent.
 *   <li>DECIMAL: exact; more decimals than the type has only if they are zeros.
 *   <li>DOUBLE: as Java reads it, also {@code NaN}, {@code Infinity}, {@code -Infinity}; a number
 *       too large for a double is refused.
 *   <li>DATE: {@code 2026-11-22}.
 *   <li>TIMESTAMP: {@code 2026-11-22T13:14:15.123456Z}: T or a blank between, seconds and fraction
 *       optional, an offset is converted to UTC, a date alone is its midnight. Also a number:
 *       seconds since 1970 when under 1e11, else milliseconds.
 *   <li>VARBINARY: Base64.
 *   <li>VARCHAR: any UTF-8.
 * </ul>
 *
 * <p>Numbers, dates and booleans may have blanks around them.
 */
public final class Values {
  static final int NUMBER_LENGTH_MAX = 1000;
  private static final long[] POWERS = powers();

  private Values() {}

  /**
   * Appends the value that {@code data[start .. end)} is the text of; false, with nothing appended,
   * when it is none of that type.
   */
  public static boolean append(Type type, byte[] data, int start, int end, VectorBuilder into) {
    int from = start;
    int to = end;
    if (!(type instanceof Type.Varchar)) {
      while (from < to && data[from] == ' ') {
        from++;
      }
      while (to > from && data[to - 1] == ' ') {
        to--;
      }
    }
    return switch (type) {
      case Type.Varchar _ -> {
        boolean valid = Utf8.valid(data, start, end);
        if (valid) {
          into.append(data, start, end - start);
        }
        yield valid;
      }
      case Type.Date _ -> appendUnlessNone(Instants.date(data, from, to), into);
      case Type.Timestamp _ -> appendTimestamp(data, from, to, into);
      case Type.Varbinary _ -> appendBase64(text(data, from, to), into);
      case Type.Bool _ -> appendBoolean(text(data, from, to), into);
      case Type.Float64 _ -> appendDouble(text(data, from, to), into);
      case Type.Int _, Type.BigInt _, Type.Decimal _ ->
          appendNumber(type, text(data, from, to), into);
    };
  }

  /** What is said of a value that is none of its type. */
  public static String expected(Type type, String found) {
    String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
    return "expected " + type.sql() + ", found " + shown;
  }

  /** A number for INTEGER, BIGINT, DECIMAL or TIMESTAMP from its text. */
  static boolean appendNumber(Type type, String text, VectorBuilder into) {
    if (text.isEmpty() || text.length() > NUMBER_LENGTH_MAX) {
      return false;
    }
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException _) {
      return false;
    }
    return switch (type) {
      case Type.Int _ -> appendInteger(number, text, Integer.MIN_VALUE, Integer.MAX_VALUE, into);
      case Type.BigInt _ -> appendInteger(number, text, Long.MIN_VALUE, Long.MAX_VALUE, into);
      case Type.Decimal decimal -> appendDecimal(number, decimal, into);
      case Type.Timestamp _ -> appendUnlessNone(Instants.timestamp(number), into);
      case Type.Bool _, Type.Float64 _, Type.Varchar _, Type.Varbinary _, Type.Date _ -> false;
    };
  }

  private static boolean appendInteger(
      BigDecimal number, String text, long least, long most, VectorBuilder into) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (i > 0 || (c != '-' && c != '+'))) {
        return false; // a point or an exponent
      }
    }
    if (number.precision() > 19 || number.unscaledValue().bitLength() > 63) {
      return false;
    }
    long value = number.longValue();
    if (value < least || value > most) {
      return false;
    }
    into.append(value);
    return true;
  }

  /** Appends a number if the type holds it exactly. */
  static boolean appendDecimal(BigDecimal number, Type.Decimal type, VectorBuilder into) {
    BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    long digitsBeforePoint = stripped.precision() - (long) stripped.scale();
    boolean fits =
        number.signum() == 0
            || (stripped.scale() <= type.scale()
                && digitsBeforePoint <= type.precision() - type.scale());
    if (fits) {
      into.append(stripped.setScale(type.scale()).unscaledValue().longValue());
    }
    return fits;
  }

  static boolean appendDouble(String text, VectorBuilder into) {
    double value;
    switch (text) {
      case "NaN" -> value = Double.NaN;
      case "Infinity" -> value = Double.POSITIVE_INFINITY;
      case "-Infinity" -> value = Double.NEGATIVE_INFINITY;
      default -> {
        if (text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1))) {
          return false; // "1d" and the like are numbers to Java only
        }
        try {
          value = Double.parseDouble(text);
        } catch (NumberFormatException _) {
          return false;
        }
        if (Double.isInfinite(value)) {
          return false;
        }
      }
    }
    into.append(value);
    return true;
  }

  private static boolean appendTimestamp(byte[] data, int start, int end, VectorBuilder into) {
    long micros = Instants.timestamp(data, start, end);
    return micros != Instants.NONE
        ? appendUnlessNone(micros, into)
        : appendNumber(Type.TIMESTAMP, text(data, start, end), into);
  }

  private static boolean appendUnlessNone(long value, VectorBuilder into) {
    if (value != Instants.NONE) {
      into.append(value);
      return true;
    }
    return false;
  }

  private static boolean appendBoolean(String text, VectorBuilder into) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> into.append(1L);
      case "false", "f", "0" -> into.append(0L);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean appendBase64(String text, VectorBuilder into) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      into.append(bytes, 0, bytes.length);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  static long power(int exponent) {
    return POWERS[exponent];
  }

  private static long[] powers() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  private static String text(byte[] data, int start, int end) {
    return new String(data, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
