package dev.leat.model;

import java.util.List;
import java.util.Optional;

/**
 * What came of reading a folder.
 *
 * @param project present exactly when there are no problems
 * @param draft what can be compiled in spite of problems: present when sources and tables have none
 *     of their own, so that what is wrong in their SQL can be told as well
 * @param problems everything that is wrong, in the order of files and lines
 */
public record Reading(Optional<Project> project, Optional<Project> draft, List<Problem> problems) {
  public Reading {
    problems = List.copyOf(problems);
  }

  /** The project, or an exception that carries every problem. */
  public Project orThrow() {
    return project.orElseThrow(() -> new LeatException(problems));
  }
}
