package dev.leat.connect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.leat.data.VectorBuilder;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Columns of databases as Leat's. A NUMERIC of more than 18 digits becomes DECIMAL(18, its scale)
 * and a value that does not fit is rejected; a timestamp with a time zone becomes UTC; what Leat
 * has no type for (UUID, JSON, arrays, times) becomes its text.
 */
final class JdbcTypes {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int SCALE_MAX = 9;
  private static final long MICROS = 1_000_000L;

  private JdbcTypes() {}

  /** The schema of a result. */
  static Schema schema(String table, ResultSetMetaData columns) throws SQLException {
    List<Column> schema = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      boolean required = columns.isNullable(i) == ResultSetMetaData.columnNoNulls;
      schema.add(new Column(columns.getColumnLabel(i), type(table, columns, i), !required));
    }
    return new Schema(schema);
  }

  private static Type type(String table, ResultSetMetaData columns, int i) throws SQLException {
    return switch (columns.getColumnType(i)) {
      case Types.BIT, Types.BOOLEAN -> Type.BOOLEAN;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> Type.INTEGER;
      case Types.BIGINT -> Type.BIGINT;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> Type.DOUBLE;
      case Types.NUMERIC, Types.DECIMAL ->
          decimal(table, columns.getColumnLabel(i), columns.getPrecision(i), columns.getScale(i));
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Type.VARBINARY;
      case Types.DATE -> Type.DATE;
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Type.TIMESTAMP;
      default -> Type.VARCHAR;
    };
  }

  private static Type decimal(String table, String column, int precision, int scale) {
    int digits = Type.Decimal.MAX_PRECISION;
    if (precision >= 1 && precision <= digits && scale >= 0 && scale <= precision) {
      return Type.decimal(precision, scale);
    }
    if (precision > digits && scale >= 0 && scale <= SCALE_MAX) {
      return Type.decimal(digits, scale);
    }
    throw new LeatException(
        Problem.of(
            ErrorCode.SOURCE_CONTRACT,
            "Column " + column + " of " + table + " is NUMERIC without a usable precision.",
            "Give the table `columns:` with decimal(p,s), at most 18 digits, or double."));
  }

  /** Whether a column's values carry a time zone. */
  static boolean zoned(ResultSetMetaData columns, int i) throws SQLException {
    return columns.getColumnType(i) == Types.TIMESTAMP_WITH_TIMEZONE
        || columns.getColumnTypeName(i).toLowerCase(Locale.ROOT).equals("timestamptz");
  }

  /**
   * Appends the value of a column of the row at hand; false, with nothing appended, when it does
   * not fit its type.
   */
  static boolean append(ResultSet row, int i, boolean zoned, Type type, VectorBuilder to)
      throws SQLException {
    if (row.getObject(i) == null) {
      to.appendNull();
      return true;
    }
    switch (type) {
      case Type.Bool _ -> to.append(row.getBoolean(i) ? 1L : 0L);
      case Type.Int _, Type.BigInt _ -> to.append(row.getLong(i));
      case Type.Float64 _ -> to.append(row.getDouble(i));
      case Type.Decimal(int precision, int scale) -> {
        BigDecimal value = row.getBigDecimal(i);
        if (value.stripTrailingZeros().scale() > scale) {
          return false;
        }
        BigDecimal scaled = value.setScale(scale, RoundingMode.UNNECESSARY);
        if (scaled.precision() > precision) {
          return false;
        }
        to.append(scaled.unscaledValue().longValueExact());
      }
      case Type.Varchar _ -> to.append(row.getString(i));
      case Type.Varbinary _ -> {
        byte[] bytes = row.getBytes(i);
        to.append(bytes, 0, bytes.length);
      }
      case Type.Date _ -> to.append(day(row, i));
      case Type.Timestamp _ -> to.append(micros(row, i, zoned));
    }
    return true;
  }

  private static long day(ResultSet row, int i) throws SQLException {
    LocalDate date =
        row.getObject(i) instanceof Date old
            ? old.toLocalDate()
            : row.getObject(i, LocalDate.class);
    return date.toEpochDay();
  }

  private static long micros(ResultSet row, int i, boolean zoned) throws SQLException {
    LocalDateTime moment =
        zoned
            ? row.getObject(i, OffsetDateTime.class)
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDateTime()
            : row.getObject(i, LocalDateTime.class);
    return moment.toEpochSecond(ZoneOffset.UTC) * MICROS + moment.getNano() / 1_000;
  }

  /** The columns of a row as a JSON object of texts. */
  static byte[] json(ResultSet row, Schema schema) throws SQLException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      for (int i = 0; i < schema.size(); i++) {
        json.writeStringField(schema.column(i).name(), row.getString(i + 1)); // null is null
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
