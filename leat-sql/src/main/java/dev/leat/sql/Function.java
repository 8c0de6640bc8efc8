package dev.leat.sql;

/**
 * The allow-list: every scalar function SQL may call. Each has one meaning (standard SQL decides),
 * which every engine is made to keep.
 *
 * <p>Argument and result types are those of {@link Expr.Call}; implicit conversions have become
 * {@link Expr.Cast}s. Unless a function says otherwise a NULL argument gives NULL.
 */
public enum Function {
  // Logic, three-valued. AND and OR take two or more arguments.
  AND,
  OR,
  NOT,
  IS_NULL,
  IS_NOT_NULL,
  IS_TRUE,
  IS_NOT_TRUE,
  IS_FALSE,
  IS_NOT_FALSE,

  // Comparison: both arguments of one type.
  EQ,
  NE,
  LT,
  LE,
  GT,
  GE,
  IS_DISTINCT_FROM,
  IS_NOT_DISTINCT_FROM,

  // Arithmetic. Results are checked: what does not fit is an error, x / 0 is an error for exact
  // types. INTEGER and BIGINT division truncates. Decimal results have the type of the call.
  PLUS,
  MINUS,
  TIMES,
  DIVIDE,
  MOD,
  NEGATE
}
