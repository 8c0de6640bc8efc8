package dev.leat.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is thrown when something cannot go on: one or more {@link Problem}s, in the reader's words.
 */
public final class LeatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public LeatException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public LeatException(Problem problem) {
    this(List.of(problem));
  }

  public LeatException(Problem problem, Throwable cause) {
    this(List.of(problem));
    initCause(cause);
  }

  public List<Problem> problems() {
    return problems;
  }
}
