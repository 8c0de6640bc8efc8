package dev.leat.runtime;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Type;

/** The errors that values can be: all LEAT-6002. */
final class ValueErrors {
  private ValueErrors() {}

  static LeatException of(String message) {
    return new LeatException(
        Problem.of(
            ErrorCode.MILL_ARITHMETIC,
            message,
            "Widen the type, filter such rows, or use TRY_CAST or CASE."));
  }

  static LeatException doesNotFit(String what, Type type) {
    return of(what + " does not fit " + type.sql() + ".");
  }

  static LeatException divisionByZero(String what) {
    return of(what + " is a division by zero.");
  }

  static LeatException severalRows() {
    return new LeatException(
        Problem.of(
            ErrorCode.MILL_ARITHMETIC,
            "A sub-query that stands for one value gives several rows.",
            "Use MIN or MAX in it, or write it as a LEFT JOIN."));
  }

  static LeatException notConvertible(String value, Type type) {
    String shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
    return of("CAST: '" + shown + "' is not a value of type " + type.sql() + ".");
  }
}
