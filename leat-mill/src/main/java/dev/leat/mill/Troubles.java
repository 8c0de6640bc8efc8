package dev.leat.mill;

import dev.leat.model.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What does not go on now, and why. Each trouble is told once, until it is over. */
final class Troubles {
  private final Map<String, Problem> now = new ConcurrentHashMap<>();
  private final Progress progress;

  Troubles(Progress progress) {
    this.progress = progress;
  }

  void are(String of, Problem problem) {
    if (!problem.equals(now.put(of, problem))) {
      progress.trouble(problem);
    }
  }

  void over(String of) {
    now.remove(of);
  }

  Optional<Problem> of(String of) {
    return Optional.ofNullable(now.get(of));
  }
}
