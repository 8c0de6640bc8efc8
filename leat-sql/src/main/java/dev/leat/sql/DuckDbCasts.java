package dev.leat.sql;

import dev.leat.model.Type;

/** CAST and TRY_CAST as DuckDB's SQL: what DuckDB reads more liberally than Leat is kept out. */
final class DuckDbCasts {
  private static final String SPACE = "[ \\t\\n\\r]*";
  private static final String SIGNED = "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)";
  private static final String EXACT = SPACE + SIGNED + "([eE][+-]?[0-9]{1,2})?" + SPACE;
  private static final String REAL =
      SPACE + "(" + SIGNED + "([eE][+-]?[0-9]{1,4})?|(?i:nan|[+-]?inf(inity)?))" + SPACE;
  private static final String DAY =
      "(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-[0-9]{1,2}-[0-9]{1,2}";
  private static final String DATE = SPACE + DAY + SPACE;
  private static final String TIMESTAMP =
      SPACE + DAY + "([ T]([01]?[0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?Z?)?" + SPACE;

  private DuckDbCasts() {}

  static String print(Expr.Cast cast, String operand) {
    Type from = cast.operand().type();
    if (from instanceof Type.Varchar) {
      return text(cast, operand);
    }
    if (from instanceof Type.Varbinary) {
      return cast.orNull() ? "TRY(decode(" + operand + "))" : "decode(" + operand + ")";
    }
    return plain(cast, operand);
  }

  private static String plain(Expr.Cast cast, String operand) {
    return (cast.orNull() ? "TRY_CAST(" : "CAST(")
        + operand
        + " AS "
        + DuckDbExpressions.type(cast.type())
        + ")";
  }

  private static String text(Expr.Cast cast, String operand) {
    return switch (cast.type()) {
      case Type.Varbinary _ -> "encode(" + operand + ")";
      case Type.Varchar _ -> operand;
      case Type.Bool _ -> plain(cast, operand);
      case Type.Int _, Type.BigInt _, Type.Decimal _ -> guarded(cast, operand, EXACT);
      case Type.Float64 _ -> "(" + guarded(cast, operand, REAL) + " + 0e0)";
      case Type.Date _ -> guarded(cast, operand, DATE);
      case Type.Timestamp _ -> guarded(cast, operand, TIMESTAMP);
    };
  }

  private static String guarded(Expr.Cast cast, String operand, String grammar) {
    String refused =
        cast.orNull()
            ? ""
            : " WHEN "
                + operand
                + " IS NOT NULL THEN error('CAST: not a value of type "
                + cast.type().sql()
                + ": ' || "
                + operand
                + ")";
    return "(CASE WHEN regexp_full_match("
        + operand
        + ", "
        + DuckDbLiterals.quoted(grammar)
        + ") THEN "
        + plain(cast, operand)
        + refused
        + " END)";
  }
}
