package dev.leat.mill;

import dev.leat.model.Problem;

/** Where long work says what it is doing, for people. */
@FunctionalInterface
public interface Progress {
  Progress SILENT = _ -> {};

  /** What is going on now: the next may replace it. */
  void say(String what);

  /** Something that somebody should see and may have to do something about. */
  default void trouble(Problem problem) {
    say(problem.toString());
  }
}
