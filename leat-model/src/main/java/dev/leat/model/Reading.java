package dev.leat.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of reading a folder.
 *
 * @param project present exactly when there are no problems
 * @param draft what can be compiled in spite of problems: present when sources have none, so that
 *     what is wrong in SQL can be told as well
 * @param problems everything that is wrong, in the order of files and lines
 */
public record Reading(Optional<Project> project, Optional<Draft> draft, List<Problem> problems) {

  /**
   * A project with faults.
   *
   * @param broken tables of which there is a file and no SELECT that can be read
   */
  public record Draft(Project project, Set<String> broken) {}

  public Reading {
    problems = List.copyOf(problems);
  }

  /** The project, or an exception that carries every problem. */
  public Project orThrow() {
    return project.orElseThrow(() -> new LeatException(problems));
  }
}
