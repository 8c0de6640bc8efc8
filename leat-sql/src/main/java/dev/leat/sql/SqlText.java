package dev.leat.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * SQL as people write it, made parseable: words that the grammar reserves but that stand where only
 * a name can stand ({@code date}, {@code time}, {@code rows}, {@code user} …) are quoted. What
 * stands before and after a word tells. Positions of the original can be had back.
 *
 * <p>The grammar is Calcite's Babel, which reserves few words; {@link #RESERVED} are those left.
 */
final class SqlText {
  private static final Set<String> RESERVED =
      Set.of(
          ("date time timestamp user row rows range order group interval offset limit next current"
                  + " table default any some set values with partition skip variant describe explain"
                  + " uuid measure minus rollup grouping call new stream cursor delete drop update insert"
                  + " left right full natural cross inner outer join union except intersect unique"
                  + " window fetch having into lateral localtime datetime pattern ordinal date_part")
              .split(" "));

  /** After these a name or value follows. */
  private static final Set<String> BEFORE_OPERAND =
      Set.of(
          ("select distinct where and or not on having qualify by when then else case between like"
                  + " ilike in from join is with recursive using")
              .split(" "));

  /** These end a name or value. */
  private static final Set<String> AFTER_OPERAND =
      Set.of(
          ("from as is in not between like ilike and or asc desc nulls where group having order"
                  + " limit offset fetch union intersect except minus qualify when then else end using on"
                  + " join left right inner full cross natural window filter over to for")
              .split(" "));

  /** Where an alias without AS may end. */
  private static final Set<String> AFTER_ALIAS =
      Set.of(
          "from where group having order limit union intersect except minus qualify on join"
              .split(" "));

  /** Reserved, and a name all the same beside an alias, or as one, where AS is left out. */
  private static final Set<String> NAMES_WITHOUT_AS =
      Set.of("date time timestamp datetime user row rows range next pattern ordinal".split(" "));

  /**
   * Calcite's grammar has other arguments for them (a unit for a column called day), unless quoted.
   */
  private static final Set<String> FUNCTIONS = Set.of("date_diff", "datediff", "date_trunc");

  private static final Set<String> CASTS = Set.of("cast", "try_cast", "safe_cast");

  private final String text;
  private final String[] lines;
  private final List<int[]> quotes = new ArrayList<>();

  private enum Kind {
    WORD,
    QUOTED,
    STRING,
    NUMBER,
    SYMBOL,
    END
  }

  private record Token(Kind kind, String text, int start, int end) {
    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean in(Set<String> words) {
      return kind == Kind.WORD && words.contains(text);
    }
  }

  private SqlText(String sql) {
    StringBuilder out = new StringBuilder();
    List<Token> tokens = tokens(sql);
    int copied = 0;
    List<String> openers = new ArrayList<>();
    for (int i = 1; i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("(")) {
        openers.add(tokens.get(i - 1).kind() == Kind.WORD ? tokens.get(i - 1).text() : "");
      } else if (token.is(")") && !openers.isEmpty()) {
        openers.removeLast();
      } else if (token.kind() == Kind.WORD && isName(tokens, i, openers)) {
        out.append(sql, copied, token.start()).append('"');
        out.append(sql, token.start(), token.end()).append('"');
        copied = token.end();
        quotes.add(new int[] {token.start(), token.end()});
      } else if (token.is(";") && tokens.get(i + 1).kind() == Kind.END) {
        out.append(sql, copied, token.start()).append(' ');
        copied = token.end();
      }
    }
    text = out.append(sql, copied, sql.length()).toString();
    lines = sql.split("\n", -1);
  }

  static SqlText of(String sql) {
    return new SqlText(sql);
  }

  /** What the parser reads. */
  String parseable() {
    return text;
  }

  /**
   * The column, from 1, in the original of a place in the parseable text. Lines do not change.
   *
   * @param line from 1
   * @param column from 1
   */
  int originalColumn(int line, int column) {
    int lineStart = 0;
    for (int i = 1; i < line && i <= lines.length; i++) {
      lineStart += lines[i - 1].length() + 1;
    }
    int added = 0;
    for (int[] quote : quotes) {
      if (quote[0] >= lineStart) {
        if (lineStart + column - 1 > quote[0] + added) {
          added++;
        }
        if (lineStart + column - 1 > quote[1] + added) {
          added++;
        }
      }
    }
    return Math.max(1, column - added);
  }

  private static boolean isName(List<Token> tokens, int i, List<String> openers) {
    Token before = tokens.get(i - 1);
    Token token = tokens.get(i);
    Token after = tokens.get(i + 1);
    if (token.in(FUNCTIONS) && after.is("(")) {
      return true;
    }
    boolean qualified = before.is(".") && i > 1 && tokens.get(i - 2).kind() != Kind.NUMBER;
    if (qualified && !after.is("(")) {
      return true;
    }
    if (!RESERVED.contains(token.text())) {
      return false;
    }
    if (before.kind() == Kind.WORD && before.text().equals("as")) {
      boolean castTarget = !openers.isEmpty() && CASTS.contains(openers.getLast());
      return !castTarget && !after.is("(");
    }
    if (inFrame(token, before, after, openers) || beginsWith(tokens, i)) {
      return false;
    }
    boolean sign =
        token.text().equals("interval")
            && (after.is("-") || after.is("+"))
            && tokens.get(i + 2).kind() == Kind.STRING;
    return beginsOperand(tokens, i)
        ? !sign && (endsOperand(token, after) || hasAlias(tokens, i))
        : isAlias(before, token, after);
  }

  /** {@code OVER (ROWS …)}, {@code OVER (PARTITION BY …)}. */
  private static boolean inFrame(Token token, Token before, Token after, List<String> openers) {
    boolean frame = token.text().equals("rows") || token.text().equals("range");
    boolean inOver = !openers.isEmpty() && openers.getLast().equals("over");
    return frame && (inOver && before.is("(") || after.in(Set.of("unbounded", "current")));
  }

  /** {@code WITH end AS (…)}, {@code WITH limit (a) AS (…)}: no column called with. */
  private static boolean beginsWith(List<Token> tokens, int i) {
    Token second = tokens.get(Math.min(i + 2, tokens.size() - 1));
    return tokens.get(i).text().equals("with")
        && tokens.get(i + 1).kind() == Kind.WORD
        && (second.in(Set.of("as")) || second.is("("));
  }

  private static boolean beginsOperand(List<Token> tokens, int i) {
    Token before = tokens.get(i - 1);
    return switch (before.kind()) {
      case SYMBOL -> !before.is(")") && !before.is("::") && !before.is("]");
      case WORD -> before.in(BEFORE_OPERAND);
      case QUOTED, STRING, NUMBER, END -> false;
    };
  }

  private static boolean endsOperand(Token token, Token after) {
    return switch (after.kind()) {
      case END -> true;
      case SYMBOL -> !after.is("(") && !after.is("[");
      case WORD -> after.in(AFTER_OPERAND) && !joins(token, after);
      case QUOTED, STRING, NUMBER -> false;
    };
  }

  /** {@code SELECT date d, …}, {@code FROM user u}. */
  private static boolean hasAlias(List<Token> tokens, int i) {
    Token alias = tokens.get(i + 1);
    Token next = tokens.get(Math.min(i + 2, tokens.size() - 1));
    return tokens.get(i).in(NAMES_WITHOUT_AS)
        && !tokens.get(i - 1).in(Set.of("with"))
        && alias.kind() == Kind.WORD
        && !RESERVED.contains(alias.text())
        && !alias.in(BEFORE_OPERAND)
        && (next.kind() == Kind.END || next.is(",") || next.is(")") || next.in(AFTER_OPERAND));
  }

  /** {@code LEFT JOIN}, {@code GROUP BY} and the like are no names. */
  private static boolean joins(Token token, Token after) {
    return after.in(Set.of("join")) && token.in(Set.of("left", "right", "full", "inner", "cross"));
  }

  private static boolean isAlias(Token before, Token token, Token after) {
    if (!token.in(NAMES_WITHOUT_AS)) {
      return false;
    }
    boolean afterOperand =
        before.kind() == Kind.QUOTED
            || before.is(")")
            || before.kind() == Kind.WORD
                && !before.in(BEFORE_OPERAND)
                && !before.in(AFTER_OPERAND)
                && !before.in(Set.of("current", "offset", "fetch", "first", "next"));
    return afterOperand
        && (after.kind() == Kind.END || after.is(",") || after.is(")") || after.in(AFTER_ALIAS));
  }

  /** The tokens, without comments, between two that mark the ends. Words are in lower case. */
  private static List<Token> tokens(String sql) {
    List<Token> tokens = new ArrayList<>();
    tokens.add(new Token(Kind.SYMBOL, "", 0, 0));
    int at = 0;
    while (at < sql.length()) {
      int start = at;
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = orEnd(sql.indexOf('\n', at), sql);
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
      } else if (c == '\'' || c == '"') {
        at = closing(sql, at, c);
        tokens.add(new Token(c == '"' ? Kind.QUOTED : Kind.STRING, "", start, at));
      } else if (Character.isJavaIdentifierStart(c)) {
        while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
          at++;
        }
        String word = sql.substring(start, at).toLowerCase(Locale.ROOT);
        tokens.add(new Token(Kind.WORD, word, start, at));
      } else if (Character.isDigit(c)) {
        while (at < sql.length() && Character.isLetterOrDigit(sql.charAt(at))) {
          at++;
        }
        tokens.add(new Token(Kind.NUMBER, "", start, at));
      } else {
        at += sql.startsWith("::", at) ? 2 : 1;
        tokens.add(new Token(Kind.SYMBOL, sql.substring(start, at), start, at));
      }
    }
    tokens.add(new Token(Kind.END, "", sql.length(), sql.length()));
    return tokens;
  }

  private static int closing(String sql, int open, char quote) {
    int at = open + 1;
    while (at < sql.length()) {
      if (sql.charAt(at) == quote) {
        if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
          at++;
        } else {
          return at + 1;
        }
      }
      at++;
    }
    return sql.length();
  }

  private static int orEnd(int index, String sql) {
    return index < 0 ? sql.length() : index;
  }
}
