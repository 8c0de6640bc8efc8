package dev.leat.sql;

import dev.leat.model.Type;

/** CAST and TRY_CAST as DuckDB's SQL: what DuckDB reads more liberally than Leat is kept out. */
final class DuckDbCasts {
  private static final String SPACE = "[ \\t\\n\\r]*";
  private static final String SIGNED = "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)";
  private static final String EXACT = SPACE + SIGNED + "([eE][+-]?[0-9]{1,2})?" + SPACE;
  private static final String PARTS = "([+-]?)([0-9]*)\\.?([0-9]*)[eE]([+-]?[0-9]+)";
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
    if (from instanceof Type.Bool && cast.type() instanceof Type.Decimal) {
      return plain(cast, DuckDbExpressions.cast(operand, Type.INTEGER));
    }
    boolean text = cast.type() instanceof Type.Varchar;
    return text && from instanceof Type.Decimal d && d.precision() == d.scale()
        ? plain(cast, withDigit(operand, d))
        : plain(cast, operand);
  }

  /** DuckDB writes no zero before the point where the type has no digit there. */
  private static String withDigit(String operand, Type.Decimal type) {
    return "CAST(%s AS DECIMAL(%d,%d))".formatted(operand, type.precision() + 1, type.scale());
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
      case Type.Int _, Type.BigInt _, Type.Decimal _ ->
          guarded(cast, operand, EXACT, withoutExponent(operand));
      case Type.Float64 _ -> "(" + guarded(cast, operand, REAL, operand) + " + 0e0)";
      case Type.Date _ -> guarded(cast, operand, DATE, operand);
      case Type.Timestamp _ -> guarded(cast, operand, TIMESTAMP, operand);
    };
  }

  /**
   * The same number with its point moved: DuckDB reads the digits before an exponent as if they had
   * to fit the type, and rounds them before it counts the exponent in.
   */
  private static String withoutExponent(String operand) {
    String zeros = "repeat('0', 99)";
    String digits = zeros + " || p.whole || p.part || " + zeros;
    String point = "99 + length(p.whole) + CAST(p.exponent AS INTEGER)";
    return "(CASE WHEN regexp_matches(%1$s, '[eE]') THEN list_transform([regexp_extract(%1$s, %2$s, ['sign', 'whole', 'part', 'exponent'])], lambda p: p.sign || left(%3$s, %4$s) || '.' || substring(%3$s, %4$s + 1))[1] ELSE %1$s END)"
        .formatted(operand, DuckDbLiterals.quoted(PARTS), digits, point);
  }

  /**
   * @param readable what DuckDB reads instead of an operand that keeps to the grammar
   */
  private static String guarded(Expr.Cast cast, String operand, String grammar, String readable) {
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
        + plain(cast, readable)
        + refused
        + " END)";
  }
}
