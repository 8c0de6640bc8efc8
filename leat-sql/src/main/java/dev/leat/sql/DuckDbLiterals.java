package dev.leat.sql;

import dev.leat.model.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Constants as DuckDB's SQL, of exactly their type. */
final class DuckDbLiterals {
  private DuckDbLiterals() {}

  static String print(Expr.Literal literal) {
    String type = DuckDbExpressions.type(literal.type());
    if (literal.value().isEmpty()) {
      return "CAST(NULL AS " + type + ")";
    }
    return switch (literal.value().get()) {
      case String text ->
          quoted(text) + (literal.type() instanceof Type.Varchar ? "" : "::" + type);
      case Double real -> real(real);
      case Long value -> whole(value, literal.type());
      default -> throw new IllegalArgumentException(literal.toString());
    };
  }

  static String quoted(String text) {
    String escaped = text.replace("'", "''");
    return text.indexOf(0) < 0
        ? "'" + escaped + "'"
        : "('" + escaped.replace("\0", "' || chr(0) || '") + "')";
  }

  private static String real(double value) {
    return Double.isFinite(value) ? "CAST('" + value + "' AS DOUBLE)" : special(value);
  }

  private static String special(double value) {
    return Double.isNaN(value)
        ? "CAST('nan' AS DOUBLE)"
        : value > 0 ? "CAST('inf' AS DOUBLE)" : "CAST('-inf' AS DOUBLE)";
  }

  private static String whole(long value, Type type) {
    return switch (type) {
      case Type.Bool _ -> value != 0 ? "TRUE" : "FALSE";
      case Type.Int _ -> value >= 0 ? Long.toString(value) : "CAST(" + value + " AS INTEGER)";
      case Type.BigInt _ -> "CAST('" + value + "' AS BIGINT)";
      case Type.Decimal d ->
          "CAST('" + BigDecimal.valueOf(value, d.scale()).toPlainString() + "' AS " + d.sql() + ")";
      case Type.Date _ -> "DATE '" + LocalDate.ofEpochDay(value) + "'";
      case Type.Timestamp _ -> "TIMESTAMP '" + timestamp(value) + "'";
      case Type.Float64 _, Type.Varchar _, Type.Varbinary _ ->
          throw new IllegalArgumentException(type.sql());
    };
  }

  private static String timestamp(long micros) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L),
            1000 * Math.floorMod(micros, 1_000_000),
            ZoneOffset.UTC);
    String clock = time.toLocalTime().toString();
    return time.toLocalDate() + " " + (clock.length() == 5 ? clock + ":00" : clock);
  }
}
