package dev.leat.runtime;

import static dev.leat.runtime.Rowwise.number;
import static dev.leat.runtime.Rowwise.string;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.leat.data.BytesVector;
import dev.leat.data.Vector;
import dev.leat.data.VectorBuilder;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Functions of text. Positions and lengths count code points. */
final class TextKernels {
  private static final int LONGEST = 1_000_000;

  private TextKernels() {}

  static Kernel kernel(Expr.Call call) {
    List<Expr> arguments = call.arguments();
    int count = arguments.size();
    return switch (call.function()) {
      case CONCATENATE -> Rowwise.appending(Type.VARCHAR, TextKernels::concatenate);
      case CONCAT -> (a, n) -> joined(a, n);
      case CONCAT_WS -> (a, n) -> separated(a, n);
      case UPPER -> Rowwise.text((a, i) -> Letters.upper(string(a, 0, i)));
      case LOWER -> Rowwise.text((a, i) -> Letters.lower(string(a, 0, i)));
      case INITCAP -> Rowwise.text((a, i) -> Letters.initcap(string(a, 0, i)));
      case LENGTH -> Rowwise.longs((a, i) -> length((BytesVector) a[0], i));
      case OCTET_LENGTH -> Rowwise.longs((a, i) -> ((BytesVector) a[0]).length(i));
      case SUBSTRING ->
          count == 2
              ? Rowwise.text((a, i) -> Slices.from(string(a, 0, i), number(a, 1, i)))
              : Rowwise.text(
                  (a, i) -> Slices.part(string(a, 0, i), number(a, 1, i), number(a, 2, i)));
      case LEFT -> Rowwise.text((a, i) -> Slices.left(string(a, 0, i), number(a, 1, i)));
      case RIGHT -> Rowwise.text((a, i) -> Slices.right(string(a, 0, i), number(a, 1, i)));
      case TRIM, LTRIM, RTRIM -> trim(call.function(), count);
      case REPLACE ->
          Rowwise.text((a, i) -> replaced(string(a, 0, i), string(a, 1, i), string(a, 2, i)));
      case REVERSE ->
          Rowwise.text((a, i) -> new StringBuilder(string(a, 0, i)).reverse().toString());
      case REPEAT -> Rowwise.text((a, i) -> repeated(string(a, 0, i), number(a, 1, i)));
      case LPAD, RPAD -> pad(call.function(), count);
      case STRPOS -> Rowwise.longs((a, i) -> position(string(a, 0, i), string(a, 1, i)));
      case STARTS_WITH -> Rowwise.longs((a, i) -> bit(string(a, 0, i).startsWith(string(a, 1, i))));
      case ENDS_WITH -> Rowwise.longs((a, i) -> bit(string(a, 0, i).endsWith(string(a, 1, i))));
      case CONTAINS -> Rowwise.longs((a, i) -> bit(string(a, 0, i).contains(string(a, 1, i))));
      case SPLIT_PART ->
          Rowwise.text(
              (a, i) -> Slices.splitPart(string(a, 0, i), string(a, 1, i), number(a, 2, i)));
      case ASCII -> Rowwise.longs((a, i) -> ascii(string(a, 0, i)));
      case CHR -> Rowwise.text((a, i) -> character(number(a, 0, i)));
      case TRANSLATE ->
          Rowwise.text(
              (a, i) -> Letters.translate(string(a, 0, i), string(a, 1, i), string(a, 2, i)));
      case MD5 -> digest("MD5");
      case SHA256 -> digest("SHA-256");
      case TO_HEX ->
          Rowwise.text((a, i) -> Long.toHexString(number(a, 0, i)).toUpperCase(Locale.ROOT));
      case LIKE -> Like.kernel(arguments, s -> s);
      case ILIKE -> Like.kernel(arguments, Letters::lower);
      case REGEXP_LIKE -> {
        Pattern pattern = pattern(arguments);
        yield Rowwise.longs((a, i) -> bit(pattern.matcher(string(a, 0, i)).find()));
      }
      case REGEXP_REPLACE -> {
        Pattern pattern = pattern(arguments);
        String replacement = constant(arguments.get(2));
        yield Rowwise.text((a, i) -> replaceAll(pattern, string(a, 0, i), replacement));
      }
      case REGEXP_EXTRACT -> {
        Pattern pattern = pattern(arguments);
        int group = count < 3 ? 0 : MathKernels.constant(arguments.get(2));
        yield Rowwise.text((a, i) -> extracted(pattern, string(a, 0, i), group));
      }
      default -> throw new IllegalArgumentException(call.function().name());
    };
  }

  private static long bit(boolean value) {
    return value ? 1 : 0;
  }

  static String constant(Expr expr) {
    return (String) ((Expr.Literal) expr).value().orElseThrow();
  }

  private static Pattern pattern(List<Expr> arguments) {
    return Pattern.compile(constant(arguments.get(1)));
  }

  private static void concatenate(Vector[] arguments, int row, VectorBuilder result) {
    int size = 0;
    for (Vector argument : arguments) {
      size += ((BytesVector) argument).length(row);
    }
    byte[] joined = new byte[size];
    int position = 0;
    for (Vector argument : arguments) {
      BytesVector bytes = (BytesVector) argument;
      System.arraycopy(bytes.data(), bytes.start(row), joined, position, bytes.length(row));
      position += bytes.length(row);
    }
    result.append(joined, 0, size);
  }

  /** A NULL's slot is empty, which is what it counts as. */
  private static Vector joined(Vector[] arguments, int n) {
    VectorBuilder result = VectorBuilder.of(Type.VARCHAR);
    for (int i = 0; i < n; i++) {
      concatenate(arguments, i, result);
    }
    return result.build();
  }

  private static Vector separated(Vector[] arguments, int n) {
    VectorBuilder result = VectorBuilder.of(Type.VARCHAR);
    for (int i = 0; i < n; i++) {
      if (arguments[0].isNull(i)) {
        result.appendNull();
        continue;
      }
      StringBuilder text = new StringBuilder();
      boolean started = false;
      for (int j = 1; j < arguments.length; j++) {
        if (!arguments[j].isNull(i)) {
          text.append(started ? string(arguments, 0, i) : "").append(string(arguments, j, i));
          started = true;
        }
      }
      result.append(text.toString());
    }
    return result.build();
  }

  /** Bytes that do not continue a character. */
  private static long length(BytesVector bytes, int row) {
    int end = bytes.offsets()[row + 1];
    long characters = 0;
    for (int i = bytes.start(row); i < end; i++) {
      characters += (bytes.data()[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return characters;
  }

  private static Kernel trim(Function function, int count) {
    boolean start = function != Function.RTRIM;
    boolean end = function != Function.LTRIM;
    return Rowwise.text(
        (a, i) -> Slices.trimmed(string(a, 0, i), count == 1 ? " " : string(a, 1, i), start, end));
  }

  private static String replaced(String text, String search, String replacement) {
    return search.isEmpty() ? text : text.replace(search, replacement);
  }

  private static String repeated(String text, long times) {
    long characters = text.codePointCount(0, text.length());
    if (times > 0 && characters > 0 && times > LONGEST / characters) {
      throw ValueErrors.of("REPEAT(…, " + times + ") is longer than 1,000,000 characters.");
    }
    return times <= 0 || characters == 0 ? "" : text.repeat((int) times);
  }

  private static Kernel pad(Function function, int count) {
    return Rowwise.text((a, i) -> {
      long length = number(a, 1, i);
      if (length > LONGEST) {
        throw ValueErrors.of(function + "(…, " + length + ") is longer than 1,000,000 characters.");
      }
      String fill = count == 2 ? " " : string(a, 2, i);
      return padded(function, string(a, 0, i), (int) Math.max(length, 0), fill);
    });
  }

  private static String padded(Function function, String text, int length, String fill) {
    int characters = text.codePointCount(0, text.length());
    if (characters >= length) {
      return text.substring(0, text.offsetByCodePoints(0, length));
    }
    if (fill.isEmpty()) {
      throw ValueErrors.of(function + " needs a fill that is not empty.");
    }
    int missing = length - characters;
    int[] filling = fill.codePoints().toArray();
    StringBuilder pad = new StringBuilder(missing);
    for (int i = 0; i < missing; i++) {
      pad.appendCodePoint(filling[i % filling.length]);
    }
    return function == Function.LPAD ? pad + text : text + pad;
  }

  private static long position(String text, String search) {
    int index = text.indexOf(search);
    return index < 0 ? 0 : text.codePointCount(0, index) + 1;
  }

  private static long ascii(String text) {
    return text.isEmpty() ? 0 : text.codePointAt(0);
  }

  private static String character(long code) {
    boolean surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < 0 || code > Character.MAX_CODE_POINT || surrogate) {
      throw ValueErrors.of("CHR(" + code + ") is no character.");
    }
    return Character.toString((int) code);
  }

  private static Kernel digest(String algorithm) {
    return Rowwise.text((a, i) -> {
      try {
        byte[] text = string(a, 0, i).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /** RE2's rule for an empty match: none right after another match. */
  private static String replaceAll(Pattern pattern, String text, String replacement) {
    Matcher matcher = pattern.matcher(text);
    StringBuilder result = new StringBuilder();
    int copied = 0;
    int lastEnd = -1;
    while (matcher.find()) {
      boolean empty = matcher.start() == matcher.end();
      if (empty && (matcher.start() == lastEnd || isInside(text, matcher.start()))) {
        continue;
      }
      result.append(text, copied, matcher.start());
      expand(matcher, replacement, result);
      copied = matcher.end();
      lastEnd = copied;
    }
    return result.append(text, copied, text.length()).toString();
  }

  /** Whether a position is in the middle of a character of two halves. */
  private static boolean isInside(String text, int position) {
    return position > 0
        && position < text.length()
        && Character.isLowSurrogate(text.charAt(position))
        && Character.isHighSurrogate(text.charAt(position - 1));
  }

  private static void expand(Matcher matcher, String replacement, StringBuilder result) {
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c != '\\') {
        result.append(c);
      } else {
        char escaped = replacement.charAt(++i);
        if (escaped == '\\') {
          result.append('\\');
        } else {
          String group = matcher.group(escaped - '0');
          result.append(group == null ? "" : group);
        }
      }
    }
  }

  private static String extracted(Pattern pattern, String text, int group) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return "";
    }
    String found = matcher.group(group);
    return found == null ? "" : found;
  }
}
