package dev.leat.sql;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;

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

  /** Of a call of a function or an operator. */
  static Refusal of(RexCall call, LeatException e) {
    SqlPart part =
        call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST
            ? SqlPart.some(SqlKind.CAST, SqlKind.SAFE_CAST)
            : SqlPart.someCall(call.getOperator().getName());
    Problem problem = e.problems().getFirst();
    return new Refusal(problem.code(), part, problem.message(), problem.fix());
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
