package dev.leat.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds one value in JSON text. Reads what DuckDB reads: standard JSON, and besides a comma before
 * a closing bracket, and NaN and Infinity. Of members with one name the first counts.
 */
final class Json {
  private static final int DEEPEST = 1000;

  private final String text;
  private final Path path;
  private int at;
  private Optional<Found> found = Optional.empty();

  private Json(String text, Path path) {
    this.text = text;
    this.path = path;
  }

  /** Steps from the root: a String for a member, an Integer for an element. */
  record Path(List<Object> steps) {
    static Path parse(String path) {
      List<Object> steps = new ArrayList<>();
      int i = 1;
      while (i < path.length()) {
        int end = i + 1;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
          end++;
        }
        String step = path.substring(i + 1, end);
        if (path.charAt(i) == '.') {
          steps.add(step);
        } else {
          steps.add(Integer.valueOf(step.substring(0, step.length() - 1)));
        }
        i = end;
      }
      return new Path(steps);
    }
  }

  /**
   * A value that was found.
   *
   * @param scalar its text, unless it is an object, an array or null
   * @param elements how many, if it is an array
   */
  record Found(Optional<String> scalar, Optional<Long> elements) {
    static final Found NOTHING = new Found(Optional.empty(), Optional.empty());

    static Found scalar(String text) {
      return new Found(Optional.of(text), Optional.empty());
    }
  }

  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super("", null, false, false);
    }
  }

  /** Empty if there is nothing at the path, or the text is not JSON. */
  static Optional<Found> find(String text, Path path) {
    Json json = new Json(text, path);
    try {
      json.space();
      Found root = json.value(0, 0);
      json.space();
      if (json.at != text.length()) {
        return Optional.empty();
      }
      return path.steps.isEmpty() ? Optional.of(root) : json.found;
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  /**
   * @param matched steps of the path that lead to this value; -1 if they lead elsewhere
   */
  private Found value(int depth, int matched) throws Malformed {
    if (depth > DEEPEST) {
      throw new Malformed();
    }
    Found value =
        switch (peek()) {
          case '{' -> object(depth, matched);
          case '[' -> array(depth, matched);
          case '"' -> Found.scalar(string());
          default -> word();
        };
    if (matched == path.steps.size() && found.isEmpty()) {
      found = Optional.of(value);
    }
    return value;
  }

  private Found object(int depth, int matched) throws Malformed {
    at++;
    space();
    boolean taken = false;
    while (peek() != '}') {
      String name = string();
      space();
      expect(':');
      space();
      boolean leads = !taken && matched >= 0 && step(matched).equals(name);
      taken |= leads;
      value(depth + 1, leads ? matched + 1 : -1);
      space();
      if (peek() == ',') {
        at++;
        space();
      } else if (peek() != '}') {
        throw new Malformed();
      }
    }
    at++;
    return Found.NOTHING;
  }

  private Object step(int matched) {
    return matched < path.steps.size() ? path.steps.get(matched) : "";
  }

  private Found array(int depth, int matched) throws Malformed {
    at++;
    space();
    int count = 0;
    while (peek() != ']') {
      boolean leads =
          matched >= 0
              && matched < path.steps.size()
              && path.steps.get(matched).equals(Integer.valueOf(count));
      value(depth + 1, leads ? matched + 1 : -1);
      count++;
      space();
      if (peek() == ',') {
        at++;
        space();
      } else if (peek() != ']') {
        throw new Malformed();
      }
    }
    at++;
    return new Found(Optional.empty(), Optional.of((long) count));
  }

  private String string() throws Malformed {
    expect('"');
    StringBuilder result = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw new Malformed();
      }
      if (c == '\\') {
        escape(result);
      } else {
        result.append(c);
      }
    }
    at++;
    return result.toString();
  }

  private void escape(StringBuilder result) throws Malformed {
    char c = peek();
    at++;
    switch (c) {
      case '"', '\\', '/' -> result.append(c);
      case 'b' -> result.append('\b');
      case 'f' -> result.append('\f');
      case 'n' -> result.append('\n');
      case 'r' -> result.append('\r');
      case 't' -> result.append('\t');
      case 'u' -> unicode(result);
      default -> throw new Malformed();
    }
  }

  private void unicode(StringBuilder result) throws Malformed {
    char first = hex();
    result.append(first);
    if (Character.isHighSurrogate(first)) {
      expect('\\');
      expect('u');
      char second = hex();
      if (!Character.isLowSurrogate(second)) {
        throw new Malformed();
      }
      result.append(second);
    } else if (Character.isLowSurrogate(first)) {
      throw new Malformed();
    }
  }

  private char hex() throws Malformed {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw new Malformed();
      }
      value = 16 * value + digit;
      at++;
    }
    return (char) value;
  }

  private Found word() throws Malformed {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "true", "false" -> Found.scalar(word);
      case "null" -> Found.NOTHING;
      default -> Found.scalar(number(word));
    };
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.';
  }

  private static String number(String word) throws Malformed {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan" -> "NaN";
      case "inf", "infinity" -> "Infinity";
      case "-inf", "-infinity" -> "-Infinity";
      default -> JsonNumber.text(word).orElseThrow(Malformed::new);
    };
  }

  private char peek() throws Malformed {
    if (at >= text.length()) {
      throw new Malformed();
    }
    return text.charAt(at);
  }

  private void expect(char c) throws Malformed {
    if (peek() != c) {
      throw new Malformed();
    }
    at++;
  }

  private void space() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
