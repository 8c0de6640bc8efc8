package dev.leat.cli;

import dev.leat.mill.Progress;
import dev.leat.model.Problem;
import java.util.List;

/**
 * What long work says: progress, for people, in the line that changes; trouble in lines that stay.
 */
final class Telling implements Progress {
  private final Talk talk;

  Telling(Talk talk) {
    this.talk = talk;
  }

  @Override
  public void say(String what) {
    if (!talk.json) {
      Terminal.progress(what);
    }
  }

  @Override
  public void trouble(Problem problem) {
    talk.problems(List.of(problem));
  }
}
