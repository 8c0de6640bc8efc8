package dev.leat.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code /* leat … *}{@code /} comment at the start of a table's file, where other comments may
 * stand before it.
 *
 * @param yaml its text, moved by blanks and line ends to where it stands in the file
 * @param sql the file with the comment blanked out, every other character in its place
 */
record SqlHeader(String yaml, String sql) {
  private static final Pattern COMMENT =
      Pattern.compile(
          "\\A((?:\\s|--[^\\n]*+|/\\*(?!\\s*leat\\b)(?:(?!\\*/).)*+\\*/)*+/\\*\\s*leat\\b)(.*?)(\\*/)",
          Pattern.DOTALL);

  static SqlHeader of(String text) {
    Matcher matcher = COMMENT.matcher(text);
    if (!matcher.find()) {
      return new SqlHeader("", text);
    }
    String yaml = blank(text.substring(0, matcher.end(1))) + matcher.group(2);
    String sql = blank(text.substring(0, matcher.end())) + text.substring(matcher.end());
    return new SqlHeader(yaml, sql);
  }

  private static String blank(String text) {
    return text.replaceAll("[^\\r\\n]", " ");
  }
}
