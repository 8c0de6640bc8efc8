package dev.leat.runtime;

import java.util.regex.Pattern;

/** Parts of text, by code points. */
final class Slices {
  private Slices() {}

  static String from(String text, long start) {
    return slice(text, Math.max(start, 1), Long.MAX_VALUE);
  }

  static String part(String text, long start, long length) {
    if (length < 0) {
      throw ValueErrors.of("SUBSTRING with the negative length " + length + ".");
    }
    long end = start > Long.MAX_VALUE - length ? Long.MAX_VALUE : start + length;
    return slice(text, Math.max(start, 1), end);
  }

  /** Characters from {@code start}, 1 or more, to before {@code end}. */
  private static String slice(String text, long start, long end) {
    int characters = text.codePointCount(0, text.length());
    if (start > characters || end <= start) {
      return "";
    }
    int from = text.offsetByCodePoints(0, (int) (start - 1));
    int to = end > characters ? text.length() : text.offsetByCodePoints(from, (int) (end - start));
    return text.substring(from, to);
  }

  static String left(String text, long count) {
    long characters = text.codePointCount(0, text.length());
    long kept = count >= 0 ? count : Math.max(0, characters + Math.max(count, -characters));
    return slice(text, 1, kept >= characters ? Long.MAX_VALUE : kept + 1);
  }

  static String right(String text, long count) {
    long characters = text.codePointCount(0, text.length());
    long kept = count >= 0 ? count : Math.max(0, characters + Math.max(count, -characters));
    return slice(text, Math.max(1, characters - Math.min(kept, characters) + 1), Long.MAX_VALUE);
  }

  static String trimmed(String text, String characters, boolean atStart, boolean atEnd) {
    int start = 0;
    int end = text.length();
    while (atStart && start < end && characters.indexOf(text.codePointAt(start)) >= 0) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (atEnd && end > start && characters.indexOf(text.codePointBefore(end)) >= 0) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  static String splitPart(String text, String separator, long part) {
    if (separator.isEmpty()) {
      return part == 1 || part == -1 ? text : "";
    }
    String[] parts = text.split(Pattern.quote(separator), -1);
    long index = part > 0 ? part - 1 : parts.length + Math.max(part, -parts.length - 1L);
    return part == 0 || index < 0 || index >= parts.length ? "" : parts[(int) index];
  }
}
