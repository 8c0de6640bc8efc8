package dev.leat.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the name that somebody probably meant. */
public final class Nearest {
  private static final int LISTED_MAX = 12;

  private Nearest() {}

  /** The known name closest to a mistyped one, if one is close enough to be worth naming. */
  public static Optional<String> to(String name, Collection<String> known) {
    int tolerance = Math.max(1, (name.length() + 1) / 3);
    return known.stream()
        .filter(k -> distance(name, k) <= tolerance)
        .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k));
  }

  /** What to do about an unknown name: the nearest known one, or a few of those there are. */
  public static String suggestion(String name, Collection<String> known) {
    return to(name, known).map(k -> "Did you mean `" + k + "`?").orElseGet(() -> listed(known));
  }

  private static String listed(Collection<String> known) {
    if (known.isEmpty()) {
      return "There are none yet.";
    }
    var names = new TreeSet<>(known).stream().limit(LISTED_MAX).toList();
    String more = known.size() > LISTED_MAX ? ", …" : "";
    return "Known: " + String.join(", ", names) + more + ".";
  }

  /** Edits between two names: insert, delete, replace or swap neighbours, case apart. */
  static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(int[][] d, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
