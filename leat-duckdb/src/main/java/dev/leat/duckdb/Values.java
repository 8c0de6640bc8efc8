package dev.leat.duckdb;

import dev.leat.data.Batch;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Base64;

/** Values as people and programs read them. */
public final class Values {
  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter();

  private Values() {}

  /**
   * The value as text: decimals exact, dates and times in ISO 8601, bytes in Base64. Not for a
   * value that is missing.
   */
  public static String text(Batch batch, int column, int row) {
    Vector vector = batch.column(column);
    return switch (batch.schema().column(column).type()) {
      case Type.Bool _ -> longs(vector)[row] == 0 ? "false" : "true";
      case Type.Int _, Type.BigInt _ -> Long.toString(longs(vector)[row]);
      case Type.Float64 _ -> number(((DoubleVector) vector).values()[row]);
      case Type.Decimal(_, int scale) -> decimal(longs(vector)[row], scale);
      case Type.Varchar _ -> ((BytesVector) vector).string(row);
      case Type.Varbinary _ -> base64((BytesVector) vector, row);
      case Type.Date _ -> LocalDate.ofEpochDay(longs(vector)[row]).toString();
      case Type.Timestamp _ -> moment(longs(vector)[row]);
    };
  }

  private static long[] longs(Vector vector) {
    return ((LongVector) vector).values();
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String decimal(long unscaled, int scale) {
    return BigDecimal.valueOf(unscaled, scale).toPlainString();
  }

  private static String base64(BytesVector vector, int row) {
    byte[] value = new byte[vector.length(row)];
    System.arraycopy(vector.data(), vector.start(row), value, 0, value.length);
    return Base64.getEncoder().encodeToString(value);
  }

  private static String moment(long micros) {
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    return MOMENT.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }

  /** The value as JSON; NaN and the infinities, which JSON does not have, as text. */
  public static void json(StringBuilder to, Batch batch, int column, int row) {
    if (batch.column(column).isNull(row)) {
      to.append("null");
      return;
    }
    String text = text(batch, column, row);
    boolean bare =
        switch (batch.schema().column(column).type()) {
          case Type.Bool _, Type.Int _, Type.BigInt _, Type.Decimal _ -> true;
          case Type.Float64 _ -> Double.isFinite(batch.doubles(column).values()[row]);
          case Type.Varchar _, Type.Varbinary _, Type.Date _, Type.Timestamp _ -> false;
        };
    if (bare) {
      to.append(text);
    } else {
      quoted(to, text);
    }
  }

  /** Text as a JSON string. */
  public static void quoted(StringBuilder to, String text) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> to.append("\\\"");
        case '\\' -> to.append("\\\\");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        default -> {
          if (c < ' ') {
            to.append(String.format("\\u%04x", (int) c));
          } else {
            to.append(c);
          }
        }
      }
    }
    to.append('"');
  }
}
