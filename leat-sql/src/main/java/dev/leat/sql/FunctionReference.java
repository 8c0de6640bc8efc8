package dev.leat.sql;

import java.util.Locale;
import java.util.stream.Collectors;

/** The page docs/functions.md: every function of the allow-list, printed from {@link Function}. */
public final class FunctionReference {
  private FunctionReference() {}

  public static String markdown() {
    StringBuilder page = new StringBuilder(START);
    for (Function.Group group : Function.Group.values()) {
      page.append("\n## ").append(title(group)).append("\n\n");
      page.append("| written | meaning |\n| --- | --- |\n");
      for (Function function : Function.values()) {
        if (function.group() == group) {
          page.append(row(function));
        }
      }
    }
    return page.toString();
  }

  private static final String START =
      "# Functions\n\n"
          + "Every scalar function that SQL may call. Each has one meaning, which the maintenance"
          + " runtime and DuckDB both keep: a test compares them.\n"
          + "A NULL argument gives NULL unless it is said otherwise. This page is printed from"
          + " `Function`.\n\n"
          + "`?` marks an argument that may be left out, `...` one that may be repeated; CONSTANT is"
          + " a value written in the query itself, NUMBER any numeric type, DATETIME a DATE or"
          + " TIMESTAMP, SAME any type (all such arguments are brought to one).\n\n"
          + "CASE, IF(condition, a, b), BETWEEN and CAST are there too. CAST to an exact type rounds"
          + " half away from zero, but a DOUBLE becomes an INTEGER or BIGINT by rounding half to"
          + " even; what does not fit or does not read as a value is an error, or NULL with"
          + " TRY_CAST. Text reads as a number (`-1.5e3`), a DATE (`2026-01-05`), a TIMESTAMP"
          + " (`2026-01-05 10:00:00.5`; `T` and a final `Z` are allowed, other zones are not) or a"
          + " BOOLEAN (true, t, yes, y, 1 and their opposites).\n";

  private static String title(Function.Group group) {
    String name = group.name();
    return group == Function.Group.JSON
        ? name
        : name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String row(Function function) {
    String aliases =
        function.aliases().isEmpty()
            ? ""
            : function.aliases().stream()
                .map(alias -> "`" + alias + "`")
                .collect(Collectors.joining(", ", " Also named ", "."));
    return "| `"
        + function.syntax().replace("|", "\\|").replace("!", "")
        + "` | "
        + function.meaning().replace("|", "\\|")
        + aliases
        + " |\n";
  }
}
