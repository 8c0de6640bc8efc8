package dev.leat.sql;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Which type goes with which, and the casts that make it so. */
final class Conversions {
  private Conversions() {}

  /** The expression in a type: itself, a constant of that type, or a {@link Expr.Cast}. */
  static Expr to(Expr expr, Type type) {
    if (expr.type().equals(type)) {
      return expr;
    }
    if (expr instanceof Expr.Literal literal) {
      Optional<Expr> folded = folded(literal, type);
      if (folded.isPresent()) {
        return folded.get();
      }
    }
    check(expr.type(), type);
    return new Expr.Cast(expr, type, expr.nullable(), false);
  }

  /** TRY_CAST. */
  static Expr orNull(Expr expr, Type type) {
    if (expr.type().equals(type)) {
      return expr;
    }
    check(expr.type(), type);
    return new Expr.Cast(expr, type, true, true);
  }

  /** The type that both sides of a comparison are brought to. */
  static Type common(Type a, Type b) {
    if (a.equals(b)) {
      return a;
    }
    if (isNumber(a) && isNumber(b)) {
      return number(a, b);
    }
    if (a instanceof Type.Varchar) {
      return b;
    }
    if (b instanceof Type.Varchar) {
      return a;
    }
    if (isTime(a) && isTime(b)) {
      return Type.TIMESTAMP;
    }
    throw mismatch(a, b);
  }

  private static Type number(Type a, Type b) {
    if (a instanceof Type.Float64 || b instanceof Type.Float64) {
      return Type.DOUBLE;
    }
    if (a instanceof Type.Decimal || b instanceof Type.Decimal) {
      Type.Decimal x = decimal(a);
      Type.Decimal y = decimal(b);
      int scale = Math.max(x.scale(), y.scale());
      int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
      return Type.decimal(Math.min(Type.Decimal.MAX_PRECISION, whole + scale), scale);
    }
    return Type.BIGINT;
  }

  private static Type.Decimal decimal(Type type) {
    return switch (type) {
      case Type.Decimal d -> d;
      case Type.Int _ -> new Type.Decimal(10, 0);
      default -> new Type.Decimal(18, 0);
    };
  }

  static boolean isNumber(Type type) {
    return switch (type) {
      case Type.Int _, Type.BigInt _, Type.Decimal _, Type.Float64 _ -> true;
      case Type.Bool _, Type.Varchar _, Type.Varbinary _, Type.Date _, Type.Timestamp _ -> false;
    };
  }

  private static boolean isTime(Type type) {
    return type instanceof Type.Date || type instanceof Type.Timestamp;
  }

  private static void check(Type from, Type to) {
    boolean text = from instanceof Type.Varchar || to instanceof Type.Varchar;
    boolean binary = from instanceof Type.Varbinary || to instanceof Type.Varbinary;
    boolean numbers =
        (isNumber(from) || from instanceof Type.Bool) && (isNumber(to) || to instanceof Type.Bool);
    boolean allowed = binary ? text : text || numbers || (isTime(from) && isTime(to));
    if (!allowed) {
      throw mismatch(from, to);
    }
  }

  private static LeatException mismatch(Type a, Type b) {
    return new LeatException(
        Problem.of(
            ErrorCode.SQL_INVALID,
            a.sql() + " and " + b.sql() + " do not convert into each other.",
            "Write a CAST by way of a type that both convert to."));
  }

  /** A constant in another type, if it is the same value there. */
  private static Optional<Expr> folded(Expr.Literal literal, Type type) {
    if (literal.value().isEmpty()) {
      return Optional.of(Expr.Literal.ofNull(type));
    }
    if (!(literal.value().get() instanceof Long value)) {
      return Optional.empty();
    }
    if (literal.type() instanceof Type.Date && type instanceof Type.Timestamp) {
      return Optional.of(Expr.Literal.of(value * 86_400_000_000L, type));
    }
    if (!isNumber(literal.type()) || !isNumber(type)) {
      return Optional.empty();
    }
    int scale = literal.type() instanceof Type.Decimal d ? d.scale() : 0;
    BigDecimal exact = BigDecimal.valueOf(value, scale);
    if (type instanceof Type.Float64) {
      return Optional.of(Expr.Literal.of(exact.doubleValue()));
    }
    try {
      int target = type instanceof Type.Decimal d ? d.scale() : 0;
      long unscaled =
          exact.setScale(target, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
      return fits(unscaled, type) ? Optional.of(Expr.Literal.of(unscaled, type)) : Optional.empty();
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static boolean fits(long unscaled, Type type) {
    return switch (type) {
      case Type.Int _ -> unscaled == (int) unscaled;
      case Type.Decimal d -> BigDecimal.valueOf(unscaled).precision() <= d.precision();
      default -> true;
    };
  }
}
