package dev.leat.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of reading a folder.
 *
 * @param project present exactly when there are no problems
 * @param draft what can be compiled in spite of problems, so that what is wrong in SQL can be told
 *     as well; absent without a leat.yaml that can be read
 * @param problems everything that is wrong, in the order of files and lines
 */
public record Reading(Optional<Project> project, Optional<Draft> draft, List<Problem> problems) {

  /**
   * A project with faults.
   *
   * @param project without the sources whose contracts cannot be told
   * @param broken tables that are there, and of which there is no contract or no SELECT that can be
   *     read
   * @param unread files of sources that cannot be read: what tables they have is not known
   */
  public record Draft(Project project, Set<String> broken, Set<String> unread) {

    /** Of a project that has none. */
    public static Draft of(Project project) {
      return new Draft(project, Set.of(), Set.of());
    }

    /** Whether it is one, whatever stands in the files that cannot be read. */
    public boolean isCertain(Problem problem) {
      return unread.isEmpty() || problem.code() != ErrorCode.SQL_UNKNOWN_TABLE;
    }

    /** Whether all tables there are can be compiled, as far as reading tells. */
    public boolean isWhole() {
      return broken.isEmpty() && unread.isEmpty();
    }
  }

  public Reading {
    problems = List.copyOf(problems);
  }

  /** The project, or an exception that carries every problem. */
  public Project orThrow() {
    return project.orElseThrow(() -> new LeatException(problems));
  }
}
