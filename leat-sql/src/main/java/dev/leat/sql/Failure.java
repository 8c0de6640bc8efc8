package dev.leat.sql;

import dev.leat.model.Type;

/**
 * Whether evaluating an expression can be an error for some row. What can fail is evaluated only
 * for the rows that ask for it.
 */
public final class Failure {
  private Failure() {}

  public static boolean isPossible(Expr expr) {
    return switch (expr) {
      case Expr.ColumnRef _, Expr.OuterRef _, Expr.Literal _ -> false;
      case Expr.Cast cast ->
          isPossible(cast.operand())
              || (!cast.orNull() && cast(cast.operand().type(), cast.type()));
      case Expr.Case choice ->
          isPossible(choice.otherwise())
              || choice.branches().stream()
                  .anyMatch(b -> isPossible(b.condition()) || isPossible(b.value()));
      case Expr.Call call ->
          call.arguments().stream().anyMatch(Failure::isPossible)
              || (function(call) && !(call.type() instanceof Type.Float64));
    };
  }

  private static boolean cast(Type from, Type to) {
    return switch (to) {
      case Type.Varchar _ -> from instanceof Type.Varbinary;
      case Type.Varbinary _, Type.Bool _ -> from instanceof Type.Varchar;
      case Type.Float64 _ -> from instanceof Type.Varchar;
      case Type.Timestamp _ -> from instanceof Type.Varchar || from instanceof Type.Date;
      case Type.BigInt _ -> !(from instanceof Type.Int);
      case Type.Int _, Type.Decimal _ -> true;
      case Type.Date _ -> from instanceof Type.Varchar;
    };
  }

  private static boolean function(Expr.Call call) {
    return switch (call.function()) {
      case PLUS, MINUS, TIMES, DIVIDE, MOD, NEGATE, ABS, ROUND, FLOOR, CEIL -> true;
      case SUBSTRING, REPEAT, LPAD, RPAD, CHR -> true;
      case ADD_MONTHS, ADD_DAYS, ADD_MICROS, MAKE_DATE, MAKE_TIMESTAMP -> true;
      case TO_TIMESTAMP, TO_TIMESTAMP_MS -> true;
      case DATE_TRUNC -> call.type() instanceof Type.Date;
      case LIKE, ILIKE ->
          call.arguments().size() > 2 && !(call.arguments().get(1) instanceof Expr.Literal);
      default -> false;
    };
  }
}
