package dev.leat.runtime;

import dev.leat.data.Vector;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Mathematical functions. Transcendental ones are the C library's, which DuckDB calls too. */
final class MathKernels {
  private static final double LARGEST_FRACTION = 0x1p52;

  private MathKernels() {}

  static Kernel kernel(Expr.Call call) {
    List<Expr> arguments = call.arguments();
    Type type = call.type();
    boolean real = !arguments.isEmpty() && arguments.getFirst().type() instanceof Type.Float64;
    return switch (call.function()) {
      case ABS -> real ? Rowwise.doubles((a, i) -> Math.abs(x(a, i))) : absolute(type);
      case SIGN ->
          real
              ? Rowwise.longs((a, i) -> (long) signum(x(a, i)))
              : Rowwise.longs((a, i) -> Long.signum(Rowwise.number(a, 0, i)));
      case FLOOR ->
          real ? Rowwise.doubles((a, i) -> Math.floor(x(a, i))) : whole(type, RoundingMode.FLOOR);
      case CEIL ->
          real ? Rowwise.doubles((a, i) -> Math.ceil(x(a, i))) : whole(type, RoundingMode.CEILING);
      case TRUNCATE -> cut(call, real, RoundingMode.DOWN);
      case ROUND -> cut(call, real, RoundingMode.HALF_UP);
      case SQRT -> Rowwise.doubles((a, i) -> Math.sqrt(x(a, i)));
      case PI -> (a, n) -> new Constant(Expr.Literal.of(Math.PI)).ofSize(n);
      case DEGREES -> Rowwise.doubles((a, i) -> x(a, i) * (180 / Math.PI));
      case RADIANS -> Rowwise.doubles((a, i) -> x(a, i) * (Math.PI / 180));
      case POWER, ATAN2 -> CLibrary.binary(call.function());
      case CBRT, EXP, LN, LOG10, LOG2, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH ->
          CLibrary.unary(call.function());
      case BITAND -> Rowwise.longs((a, i) -> number(a, 0, i) & number(a, 1, i));
      case BITOR -> Rowwise.longs((a, i) -> number(a, 0, i) | number(a, 1, i));
      case BITXOR -> Rowwise.longs((a, i) -> number(a, 0, i) ^ number(a, 1, i));
      case BITNOT -> Rowwise.longs((a, i) -> ~number(a, 0, i));
      default -> throw new IllegalArgumentException(call.function().name());
    };
  }

  private static double x(Vector[] arguments, int row) {
    return Rowwise.real(arguments, 0, row);
  }

  private static long number(Vector[] arguments, int index, int row) {
    return Rowwise.number(arguments, index, row);
  }

  private static double signum(double value) {
    return value > 0 ? 1 : value < 0 ? -1 : 0;
  }

  private static Kernel absolute(Type type) {
    Range range = Range.of(type);
    return Rowwise.longs((a, i) -> {
      long value = number(a, 0, i);
      if (value == Long.MIN_VALUE || !range.holds(Math.abs(value))) {
        throw ValueErrors.doesNotFit("ABS(" + Decimals.text(value, type) + ")", type);
      }
      return Math.abs(value);
    });
  }

  private static Kernel whole(Type type, RoundingMode mode) {
    int scale = Decimals.scale(type);
    return scale == 0
        ? (a, n) -> a[0]
        : Rowwise.longs((a, i) -> cut(number(a, 0, i), type, 0, mode));
  }

  private static Kernel cut(Expr.Call call, boolean real, RoundingMode mode) {
    int digits = call.arguments().size() == 1 ? 0 : constant(call.arguments().get(1));
    if (real) {
      return mode == RoundingMode.DOWN
          ? Rowwise.doubles((a, i) -> truncated(x(a, i), digits))
          : Rowwise.doubles((a, i) -> rounded(x(a, i), digits));
    }
    Type type = call.type();
    return digits >= Decimals.scale(type)
        ? (a, n) -> a[0]
        : Rowwise.longs((a, i) -> cut(number(a, 0, i), type, digits, mode));
  }

  static int constant(Expr expr) {
    return Math.toIntExact((Long) ((Expr.Literal) expr).value().orElseThrow());
  }

  private static long cut(long unscaled, Type type, int digits, RoundingMode mode) {
    BigDecimal value = BigDecimal.valueOf(unscaled, Decimals.scale(type));
    return Decimals.unscaled(value.setScale(digits, mode), type);
  }

  /** To the nearest whole number, halves away from zero. */
  static double halfAway(double value) {
    if (!(Math.abs(value) < LARGEST_FRACTION)) {
      return value;
    }
    double size = Math.abs(value);
    double below = Math.floor(size);
    double rounded = size - below >= 0.5 ? below + 1 : below;
    return Math.copySign(rounded, value);
  }

  private static double rounded(double value, int digits) {
    if (digits == 0) {
      return halfAway(value);
    }
    double power = Math.pow(10, Math.abs(digits));
    double result = digits > 0 ? halfAway(value * power) / power : halfAway(value / power) * power;
    return Double.isFinite(result) ? result : value;
  }

  private static double truncated(double value, int digits) {
    double power = Math.pow(10, digits);
    double scaled = value * power;
    double result = (scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled)) / power;
    return Double.isFinite(result) ? result : value;
  }
}
