package dev.leat.sql;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Intervals exist only inside an expression: as a BIGINT of months or of microseconds. */
final class Intervals {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final RexToExpr translator;

  Intervals(RexToExpr translator) {
    this.translator = translator;
  }

  static boolean isInterval(RelDataType type) {
    return SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  static boolean concerns(RexCall call) {
    return isInterval(call.getType())
        || call.getOperands().stream().anyMatch(o -> isInterval(o.getType()));
  }

  /** A point in time plus or minus an interval; or a sum of intervals. */
  Expr sum(RexCall call) {
    if (isInterval(call.getType())) {
      return amount(call);
    }
    RexNode first = call.getOperands().get(0);
    RexNode second = call.getOperands().get(1);
    RexNode interval = isInterval(first.getType()) ? first : second;
    Expr time = translator.translate(interval == first ? second : first);
    Expr amount = amount(interval);
    if (call.getKind() == SqlKind.MINUS) {
      amount = negated(amount);
    }
    boolean months = SqlTypeName.YEAR_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName());
    if (months) {
      return RexToExpr.plain(Function.ADD_MONTHS, List.of(time, amount), time.type());
    }
    return plusMicros(time, amount, CalciteTypes.of(call.getType()));
  }

  private static Expr plusMicros(Expr time, Expr micros, Type type) {
    if (micros instanceof Expr.Literal(var value, _)
        && value.isPresent()
        && (Long) value.get() % MICROS_PER_DAY == 0) {
      Expr days = Expr.Literal.of((Long) value.get() / MICROS_PER_DAY, Type.BIGINT);
      return Conversions.to(
          RexToExpr.plain(Function.ADD_DAYS, List.of(time, days), time.type()), type);
    }
    Expr start = Conversions.to(time, Type.TIMESTAMP);
    Expr moved = RexToExpr.plain(Function.ADD_MICROS, List.of(start, micros), Type.TIMESTAMP);
    return Conversions.to(moved, type);
  }

  /** Months or microseconds of an interval. */
  Expr amount(RexNode interval) {
    return switch (interval) {
      case RexLiteral literal when literal.isNull() -> Expr.Literal.ofNull(Type.BIGINT);
      case RexLiteral literal -> {
        BigDecimal value = Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
        boolean months =
            SqlTypeName.YEAR_INTERVAL_TYPES.contains(literal.getType().getSqlTypeName());
        yield Expr.Literal.of(value.longValueExact() * (months ? 1 : 1000), Type.BIGINT);
      }
      case RexCall call -> amount(call);
      default -> throw RexToExpr.unsupported("A column of type INTERVAL");
    };
  }

  Expr amount(RexCall call) {
    return switch (call.getKind()) {
      case PLUS, CHECKED_PLUS -> combined(Function.PLUS, call);
      case MINUS, CHECKED_MINUS -> subtracted(call);
      case TIMES, CHECKED_TIMES -> combined(Function.TIMES, call);
      case MINUS_PREFIX -> negated(amount(call.getOperands().getFirst()));
      case CAST -> scaled(call);
      default -> throw RexToExpr.unsupported("An INTERVAL from " + call);
    };
  }

  private Expr subtracted(RexCall call) {
    if (call.getOperands().stream().allMatch(o -> isInterval(o.getType()))) {
      return combined(Function.MINUS, call);
    }
    throw new LeatException(
        Problem.of(
            ErrorCode.SQL_UNSUPPORTED,
            "The difference of two points in time as an INTERVAL is not a column's type.",
            "Write DATE_DIFF('day', a, b) or TIMESTAMPDIFF(DAY, a, b): it gives a number."));
  }

  private Expr combined(Function function, RexCall call) {
    List<Expr> operands =
        call.getOperands().stream()
            .map(o ->
                isInterval(o.getType())
                    ? amount(o)
                    : Conversions.to(translator.translate(o), Type.BIGINT))
            .toList();
    if (function == Function.TIMES
        && operands.stream().allMatch(o -> o instanceof Expr.Literal l && l.value().isPresent())) {
      long product = 1;
      for (Expr operand : operands) {
        product = Math.multiplyExact(product, (Long) ((Expr.Literal) operand).value().get());
      }
      return Expr.Literal.of(product, Type.BIGINT);
    }
    return RexToExpr.plain(function, operands, Type.BIGINT);
  }

  /** A number of units as an interval, or an interval in another unit. */
  private Expr scaled(RexCall call) {
    RexNode operand = call.getOperands().getFirst();
    if (isInterval(operand.getType()) && isInterval(call.getType())) {
      return amount(operand);
    }
    throw RexToExpr.unsupported("CAST from or to an INTERVAL");
  }

  private static Expr negated(Expr amount) {
    return amount instanceof Expr.Literal(var value, _) && value.isPresent()
        ? Expr.Literal.of(-(Long) value.get(), Type.BIGINT)
        : RexToExpr.plain(Function.NEGATE, List.of(amount), Type.BIGINT);
  }

  Expr difference(RexCall call) {
    String unit = unit((RexLiteral) call.getOperands().get(0));
    Expr from = Conversions.to(translator.translate(call.getOperands().get(1)), Type.TIMESTAMP);
    Expr to = Conversions.to(translator.translate(call.getOperands().get(2)), Type.TIMESTAMP);
    Expr whole =
        RexToExpr.plain(
            Function.TIMESTAMPDIFF, List.of(Expr.Literal.of(unit), from, to), Type.BIGINT);
    return Conversions.to(whole, CalciteTypes.of(call.getType()));
  }

  /** The name of a unit that stands in the grammar: DAY is 'day'. */
  static String unit(RexLiteral literal) {
    String unit =
        isInterval(literal.getType())
            ? Objects.requireNonNull(literal.getType().getIntervalQualifier()).getUnit().name()
            : String.valueOf(literal.getValue());
    String name = unit.toLowerCase(Locale.ROOT);
    if (!Constants.UNITS.contains(name)) {
      throw RexToExpr.unsupported("The unit " + unit);
    }
    return name;
  }

  /** The function that EXTRACT(part FROM …) is. */
  static Function part(RexLiteral literal) {
    TimeUnitRange part = Objects.requireNonNull(literal.getValueAs(TimeUnitRange.class));
    return switch (part) {
      case YEAR -> Function.YEAR;
      case ISOYEAR -> Function.ISOYEAR;
      case QUARTER -> Function.QUARTER;
      case MONTH -> Function.MONTH;
      case WEEK -> Function.WEEK;
      case DAY -> Function.DAY;
      case DOW -> Function.DAYOFWEEK;
      case ISODOW -> Function.ISODOW;
      case DOY -> Function.DAYOFYEAR;
      case HOUR -> Function.HOUR;
      case MINUTE -> Function.MINUTE;
      case SECOND -> Function.SECOND;
      case MILLISECOND -> Function.MILLISECOND;
      case MICROSECOND -> Function.MICROSECOND;
      case EPOCH -> Function.EPOCH;
      default -> throw RexToExpr.unsupported("EXTRACT(" + part + " FROM …)");
    };
  }
}
