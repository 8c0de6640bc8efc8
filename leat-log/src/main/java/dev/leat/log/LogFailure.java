package dev.leat.log;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.util.concurrent.ExecutionException;

/** Says in the reader's words that the log does not do what it should. */
final class LogFailure {
  private LogFailure() {}

  static LeatException of(String message) {
    return new LeatException(problem(message + "."));
  }

  static LeatException of(String message, Throwable thrown) {
    Throwable inner = thrown.getCause();
    Throwable cause = thrown instanceof ExecutionException && inner != null ? inner : thrown;
    return new LeatException(problem(message + ": " + cause.getMessage()), cause);
  }

  private static Problem problem(String message) {
    return Problem.of(
        ErrorCode.LOG_FAILED, message, "Check that the broker runs and that its disk has room.");
  }
}
