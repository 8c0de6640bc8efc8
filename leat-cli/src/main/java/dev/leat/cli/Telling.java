package dev.leat.cli;

import dev.leat.mill.Progress;
import dev.leat.model.Problem;
import java.util.List;

/** What long work says: progress in the line that changes, trouble in lines that stay. */
final class Telling implements Progress {

  @Override
  public void say(String what) {
    Terminal.progress(what);
  }

  @Override
  public void trouble(Problem problem) {
    Terminal.problems(List.of(problem));
  }
}
