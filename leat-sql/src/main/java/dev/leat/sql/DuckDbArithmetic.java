package dev.leat.sql;

import static dev.leat.sql.DuckDbExpressions.cast;
import static dev.leat.sql.DuckDbExpressions.function;
import static dev.leat.sql.DuckDbExpressions.infix;

import dev.leat.model.Type;
import java.util.List;
import java.util.Locale;

/** Arithmetic and mathematics as DuckDB's SQL. */
final class DuckDbArithmetic {
  private static final int WIDEST = 38;

  private DuckDbArithmetic() {}

  static String print(Expr.Call call, List<String> a) {
    return switch (call.type()) {
      case Type.Float64 _ -> real(call.function(), a);
      case Type.Decimal d -> decimal(call, a, d);
      default -> whole(call.function(), a);
    };
  }

  private static String whole(Function function, List<String> a) {
    return switch (function) {
      case PLUS -> infix(a, "+");
      case MINUS -> infix(a, "-");
      case TIMES -> infix(a, "*");
      case DIVIDE -> infix(a, "//");
      case MOD -> remainder(a);
      case NEGATE -> "(-(" + a.getFirst() + "))";
      default -> throw new IllegalArgumentException(function.name());
    };
  }

  /** DuckDB takes the least value % -1 for an overflow. */
  private static String remainder(List<String> a) {
    return "(CASE WHEN "
        + a.get(1)
        + " = -1 THEN "
        + infix(List.of(a.get(0), a.get(0)), "-")
        + " ELSE "
        + infix(a, "%")
        + " END)";
  }

  /** Adding 0.0 turns -0.0 into 0.0. */
  private static String real(Function function, List<String> a) {
    return switch (function) {
      case PLUS -> infix(a, "+");
      case MINUS -> infix(a, "-");
      case TIMES -> unsigned(infix(a, "*"));
      case DIVIDE -> unsigned(infix(a, "/"));
      case MOD -> unsigned(infix(a, "%"));
      case NEGATE -> "(0e0 - " + a.getFirst() + ")";
      default -> throw new IllegalArgumentException(function.name());
    };
  }

  private static String unsigned(String value) {
    return "(" + value + " + 0e0)";
  }

  private static String decimal(Expr.Call call, List<String> a, Type.Decimal result) {
    return switch (call.function()) {
      case PLUS -> cast(infix(a, "+"), result);
      case MINUS -> cast(infix(a, "-"), result);
      case MOD -> cast(infix(a, "%"), result);
      case NEGATE -> "(-(" + a.getFirst() + "))";
      case TIMES -> {
        Type.Decimal left = operand(call, 0);
        boolean fits =
            left.precision() + operand(call, 1).precision() <= Type.Decimal.MAX_PRECISION;
        String wide = fits ? a.get(0) : wide(a.get(0), left.scale());
        yield cast("(" + wide + " * " + a.get(1) + ")", result);
      }
      case DIVIDE -> quotient(call, a, result);
      default -> throw new IllegalArgumentException(call.function().name());
    };
  }

  private static Type.Decimal operand(Expr.Call call, int index) {
    return (Type.Decimal) call.arguments().get(index).type();
  }

  private static String wide(String value, int scale) {
    return "CAST(" + value + " AS DECIMAL(" + WIDEST + "," + scale + "))";
  }

  /** In 128-bit integers: (|n| + |d| / 2) / |d|, with its sign. */
  private static String quotient(Expr.Call call, List<String> a, Type.Decimal result) {
    int left = operand(call, 0).scale();
    int right = operand(call, 1).scale();
    int shift = result.scale() - left + right;
    String numerator = unscaled(a.get(0), left, Math.max(shift, 0));
    String denominator = unscaled(a.get(1), right, Math.max(-shift, 0));
    String size =
        "((abs("
            + numerator
            + ") + abs("
            + denominator
            + ") // 2) // abs("
            + denominator
            + ")) * sign("
            + a.get(0)
            + ") * sign("
            + a.get(1)
            + ")";
    return cast(scaled(size, result.scale()), result);
  }

  private static String unscaled(String value, int scale, int shift) {
    String whole = "CAST(" + wide(value, scale) + " * " + power(scale) + " AS HUGEINT)";
    return shift == 0 ? whole : "(" + whole + " * CAST(" + power(shift) + " AS HUGEINT))";
  }

  private static String power(int exponent) {
    return "CAST('1" + "0".repeat(exponent) + "' AS DECIMAL(" + (exponent + 1) + ",0))";
  }

  private static String scaled(String whole, int scale) {
    String wide = "CAST(" + whole + " AS DECIMAL(" + WIDEST + ",0))";
    return scale == 0
        ? wide
        : "("
            + wide
            + " * CAST('0."
            + "0".repeat(scale - 1)
            + "1' AS DECIMAL("
            + scale
            + ","
            + scale
            + ")))";
  }

  static String maths(Expr.Call call, List<String> a) {
    boolean real =
        !call.arguments().isEmpty() && call.arguments().getFirst().type() instanceof Type.Float64;
    Type type = call.type();
    String name = call.function().name().toLowerCase(Locale.ROOT);
    return switch (call.function()) {
      case ABS -> function("abs", a);
      case SIGN -> cast(function("sign", a), type);
      case FLOOR -> real ? function("floor", a) : fraction(type, "floor", a);
      case CEIL -> real ? unsigned(function("ceil", a)) : fraction(type, "ceil", a);
      case TRUNCATE -> real ? unsigned(truncated(call, a)) : digits(call, a, "trunc");
      case ROUND -> real ? rounded(call, a) : digits(call, a, "round");
      case DEGREES -> "(" + a.getFirst() + " * (180e0 / pi()))";
      case RADIANS -> "(" + a.getFirst() + " * (pi() / 180e0))";
      case POWER -> unsigned(function("pow", a));
      case PI -> "pi()";
      case SQRT,
          CBRT,
          EXP,
          LN,
          LOG10,
          LOG2,
          SIN,
          COS,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          ATAN2,
          SINH,
          COSH,
          TANH ->
          function(name, a);
      case BITAND -> infix(a, "&");
      case BITOR -> infix(a, "|");
      case BITXOR -> function("xor", a);
      case BITNOT -> "(~" + a.getFirst() + ")";
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String fraction(Type type, String name, List<String> a) {
    boolean whole = !(type instanceof Type.Decimal d) || d.scale() == 0;
    return whole ? a.getFirst() : cast(function(name, a), type);
  }

  private static long constant(Expr.Call call) {
    return call.arguments().size() == 1
        ? 0
        : (Long) ((Expr.Literal) call.arguments().get(1)).value().orElseThrow();
  }

  private static String digits(Expr.Call call, List<String> a, String name) {
    long digits = constant(call);
    int scale = call.type() instanceof Type.Decimal d ? d.scale() : 0;
    if (digits >= scale) {
      return a.getFirst();
    }
    String exact =
        digits < 0 && call.type() instanceof Type.Decimal
            ? name
                + "(CAST("
                + a.getFirst()
                + " AS DECIMAL("
                + WIDEST
                + ","
                + scale
                + ")), "
                + digits
                + ")"
            : name + "(" + a.getFirst() + ", " + digits + ")";
    return cast(exact, call.type());
  }

  private static String rounded(Expr.Call call, List<String> a) {
    long digits = constant(call);
    return unsigned(
        digits == 0
            ? function("round", a.subList(0, 1))
            : "round(" + a.getFirst() + ", " + digits + ")");
  }

  private static String truncated(Expr.Call call, List<String> a) {
    long digits = constant(call);
    return digits == 0
        ? function("trunc", a.subList(0, 1))
        : "trunc(" + a.getFirst() + ", " + digits + ")";
  }
}
