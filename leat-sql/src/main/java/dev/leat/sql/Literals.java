package dev.leat.sql;

import dev.leat.model.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;

/** Calcite's constants as Leat's. */
final class Literals {
  private Literals() {}

  static Expr.Literal of(RexLiteral literal) {
    Type type = CalciteTypes.of(literal.getType());
    if (literal.isNull()) {
      return Expr.Literal.ofNull(type);
    }
    return switch (type) {
      case Type.Bool _ -> Expr.Literal.of(value(literal, Boolean.class) ? 1 : 0, type);
      case Type.Int _, Type.BigInt _ ->
          Expr.Literal.of(value(literal, BigDecimal.class).longValueExact(), type);
      case Type.Decimal d ->
          Expr.Literal.of(
              value(literal, BigDecimal.class)
                  .setScale(d.scale(), RoundingMode.HALF_UP)
                  .unscaledValue()
                  .longValueExact(),
              type);
      case Type.Float64 _ -> Expr.Literal.of(value(literal, BigDecimal.class).doubleValue());
      case Type.Varchar _ -> Expr.Literal.of(value(literal, String.class));
      case Type.Varbinary _ -> throw RexToExpr.unsupported("A constant of type VARBINARY");
      case Type.Date _ ->
          Expr.Literal.of(value(literal, DateString.class).getDaysSinceEpoch(), type);
      case Type.Timestamp _ -> Expr.Literal.of(micros(value(literal, TimestampString.class)), type);
    };
  }

  private static <T> T value(RexLiteral literal, Class<T> as) {
    return Objects.requireNonNull(literal.getValueAs(as));
  }

  private static long micros(TimestampString timestamp) {
    String text = timestamp.toString();
    int point = text.indexOf('.');
    long fraction =
        point < 0 ? 0 : Long.parseLong((text.substring(point + 1) + "000000").substring(0, 6));
    return Math.floorDiv(timestamp.getMillisSinceEpoch(), 1000L) * 1_000_000L + fraction;
  }
}
