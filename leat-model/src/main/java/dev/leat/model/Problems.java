package dev.leat.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what is wrong, so that a reader is told everything at once. */
final class Problems {
  private static final Comparator<Problem> IN_READING_ORDER =
      Comparator.comparing((Problem p) -> p.at().map(Location::file).orElse(""))
          .thenComparing(p -> p.at().map(Location::line).orElse(0))
          .thenComparing(p -> p.at().map(Location::column).orElse(0));

  /** Shorter values cannot be told from ordinary text, and hide nothing. */
  private static final int HIDDEN_LENGTH_MIN = 4;

  private final Map<String, String> hidden = new LinkedHashMap<>();
  private final Set<Problem> found = new LinkedHashSet<>();

  void add(Location at, ErrorCode code, String message, String fix) {
    found.add(Problem.at(at, code, message, fix));
  }

  void add(Problem problem) {
    found.add(problem);
  }

  /** A name that refers to nothing. */
  void unknown(Location at, String what, String name, Collection<String> known) {
    add(
        at,
        ErrorCode.UNKNOWN_NAME,
        what + " `" + name + "` does not exist.",
        Nearest.suggestion(name, known));
  }

  /** From now on shows a variable's name in place of its value, which may be a secret. */
  void hide(String variable, String value) {
    if (value.length() >= HIDDEN_LENGTH_MIN) {
      hidden.put(value, variable);
    }
  }

  List<Problem> sorted() {
    return found.stream().map(this::withoutSecrets).sorted(IN_READING_ORDER).toList();
  }

  private Problem withoutSecrets(Problem problem) {
    return new Problem(
        problem.code(), problem.at(), without(problem.message()), without(problem.fix()));
  }

  private String without(String text) {
    String shown = text;
    for (var entry : hidden.entrySet()) {
      shown = shown.replace(entry.getKey(), entry.getValue());
    }
    return shown;
  }
}
