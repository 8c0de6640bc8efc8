package dev.leat.duckdb;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.sql.DuckDbPrinter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What DuckDB says is wrong, told in Leat's words. The SQL goes to the log only. */
final class Failure {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

  /** What DuckDB says when a value in the data is to blame. */
  private static final List<String> VALUE =
      List.of("Conversion Error: ", "Out of Range Error: ", "Invalid Input Error: ");

  private Failure() {}

  static LeatException of(String sql, String message) {
    LOG.debug("DuckDB: {}\nin: {}", message, sql);
    if (message.contains(DuckDbPrinter.NOT_ENDED)) {
      return failure(
          ErrorCode.ENGINE_RECURSION,
          firstLine(message.substring(message.indexOf(": ") + 2)),
          "Let a condition end it, or use UNION, which ends when a round finds nothing new.");
    }
    for (String prefix : VALUE) {
      if (message.startsWith(prefix)) {
        return failure(
            ErrorCode.MILL_ARITHMETIC,
            valueFault(message.substring(prefix.length())),
            "Correct the value at its source, or use TRY_CAST or CASE where it may occur.");
      }
    }
    if (message.startsWith("INTERRUPT Error")) {
      return failure(
          ErrorCode.ENGINE_STOPPED,
          "The query was stopped before it was done.",
          "Ask for less, or allow it more time.");
    }
    if (message.startsWith("Out of Memory Error")) {
      return failure(
          ErrorCode.ENGINE_MEMORY,
          firstLine(message.substring("Out of Memory Error: ".length())),
          "Raise engine.memory in leat.yaml, or ask for less.");
    }
    LOG.warn("DuckDB: {}\nin: {}", message, sql);
    return failure(
        ErrorCode.ENGINE_FAILED,
        firstLine(message),
        "This is a fault of Leat, not of yours: please report it with the log.");
  }

  /** Without DuckDB's own names for columns and its advice. */
  private static String valueFault(String message) {
    String line = firstLine(message);
    int at = line.indexOf(" in expression (");
    return at < 0 ? line : line.substring(0, at) + ".";
  }

  private static LeatException failure(ErrorCode code, String message, String fix) {
    return new LeatException(Problem.of(code, message, fix));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("no message");
  }
}
