package dev.leat.sql;

import dev.leat.model.ErrorCode;

/** Valid SQL that has no plan here. {@link SqlProblems} says where in the text it is. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient SqlPart part;
  private final String fix;

  /**
   * @param message a whole sentence
   */
  Refusal(ErrorCode code, SqlPart part, String message, String fix) {
    super(message);
    this.code = code;
    this.part = part;
    this.fix = fix;
  }

  /** LEAT-2007: what was found, and what to write instead. */
  static Refusal unsupported(SqlPart part, String what, String fix) {
    return new Refusal(ErrorCode.SQL_UNSUPPORTED, part, what + " is not supported yet.", fix);
  }

  ErrorCode code() {
    return code;
  }

  SqlPart part() {
    return part;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  String fix() {
    return fix;
  }
}
