package dev.leat.mill;

/** Sets printed SQL out, a sub-query a line, so that a difference can be read. */
final class SqlLayout {
  private SqlLayout() {}

  static String of(String sql) {
    StringBuilder out = new StringBuilder();
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      quoted ^= c == '\'';
      if (!quoted && sql.startsWith("(SELECT ", i)) {
        out.append('\n').append("  ".repeat(depth + 1));
      }
      depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
      out.append(c);
    }
    return out.toString().replaceAll(" +\n", "\n");
  }
}
