package dev.leat.sql;

import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.util.List;

/**
 * What of a project's tables can be compiled.
 *
 * @param compiled those that can
 * @param problems of the others: empty when there are none
 */
public record Attempt(CompiledProject compiled, List<Problem> problems) {
  public Attempt {
    problems = List.copyOf(problems);
  }

  /**
   * All tables.
   *
   * @throws LeatException with every problem, when there is one
   */
  public CompiledProject whole() {
    if (!problems.isEmpty()) {
      throw new LeatException(problems);
    }
    return compiled;
  }
}
