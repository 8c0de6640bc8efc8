package dev.leat.connect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.leat.data.VectorBuilder;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import dev.leat.model.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
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
 * Columns of databases as Leat's. A NUMERIC of more than 18 digits becomes DECIMAL(18, its scale);
 * a timestamp with a time zone becomes UTC; what Leat has no type for (UUID, JSON, times) becomes
 * its text. An array is refused when a schema is inferred; declared as varchar it is its text.
 *
 * <p>A value that its column's type does not hold exactly (a NUMERIC that is NaN, an infinite
 * timestamp, a number too large) is none: its row is rejected, and the others are read.
 */
final class JdbcTypes {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int SCALE_MAX = 9;
  private static final int LONG_DIGITS_MAX = 19;
  private static final String DATA_EXCEPTION = "22"; // the class of SQL states about one value

  private JdbcTypes() {}

  /** The schema of a result. */
  static Schema schema(SourceTable table, ResultSetMetaData columns) throws SQLException {
    List<Column> schema = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      schema.add(named(columns, i, type(table, columns, i)));
    }
    return new Schema(schema);
  }

  /** A column by its name, and whether it may miss its value. */
  static Column named(ResultSetMetaData columns, int i, Type type) throws SQLException {
    boolean required = columns.isNullable(i) == ResultSetMetaData.columnNoNulls;
    return new Column(columns.getColumnLabel(i), type, !required);
  }

  private static Type type(SourceTable table, ResultSetMetaData columns, int i)
      throws SQLException {
    return switch (columns.getColumnType(i)) {
      case Types.BIT -> columns.getPrecision(i) > 1 ? Type.VARCHAR : Type.BOOLEAN;
      case Types.BOOLEAN -> Type.BOOLEAN;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> Type.INTEGER;
      case Types.BIGINT -> Type.BIGINT;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> Type.DOUBLE;
      case Types.NUMERIC, Types.DECIMAL ->
          decimal(table, columns.getColumnLabel(i), columns.getPrecision(i), columns.getScale(i));
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Type.VARBINARY;
      case Types.DATE -> Type.DATE;
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Type.TIMESTAMP;
      case Types.ARRAY -> throw array(table, columns.getColumnLabel(i));
      default -> Type.VARCHAR;
    };
  }

  private static LeatException array(SourceTable table, String column) {
    return new LeatException(
        Problem.at(
            table.at(),
            ErrorCode.SOURCE_CONTRACT,
            "Column "
                + column
                + " of "
                + JdbcDatabase.remote(table)
                + " is an array, which Leat has no type for.",
            "Give the table `columns:` without it, or with it as varchar: its text."));
  }

  private static Type decimal(SourceTable table, String column, int precision, int scale) {
    int digits = Type.Decimal.MAX_PRECISION;
    if (precision >= 1 && precision <= digits && scale >= 0 && scale <= precision) {
      return Type.decimal(precision, scale);
    }
    if (precision > digits && scale >= 0 && scale <= SCALE_MAX) {
      return Type.decimal(digits, scale);
    }
    throw new LeatException(
        Problem.at(
            table.at(),
            ErrorCode.SOURCE_CONTRACT,
            "Column "
                + column
                + " of "
                + JdbcDatabase.remote(table)
                + " is NUMERIC without a usable precision.",
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
    try {
      Object value = row.getObject(i);
      if (value == null) {
        to.appendNull();
        return true;
      }
      return append(row, i, zoned, value, type, to);
    } catch (SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      if (state.startsWith(DATA_EXCEPTION)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean append(
      ResultSet row, int i, boolean zoned, Object value, Type type, VectorBuilder to)
      throws SQLException {
    return switch (type) {
      case Type.Bool _ ->
          value instanceof Boolean truth
              ? appended(to, truth ? 1L : 0L)
              : appendText(type, row.getString(i), to);
      case Type.Int _, Type.BigInt _ ->
          value instanceof Number number
              ? appendWhole(type, number, to)
              : appendText(type, row.getString(i), to);
      case Type.Float64 _ ->
          value instanceof Number number
              ? appendDouble(number, to)
              : appendText(type, row.getString(i), to);
      case Type.Decimal decimal ->
          value instanceof BigDecimal number
              ? Values.appendDecimal(number, decimal, to)
              : appendText(type, row.getString(i), to);
      case Type.Varchar _ -> {
        to.append(row.getString(i));
        yield true;
      }
      case Type.Varbinary _ -> {
        byte[] bytes = row.getBytes(i);
        to.append(bytes, 0, bytes.length);
        yield true;
      }
      case Type.Date _ -> {
        long day = row.getObject(i, LocalDate.class).toEpochDay();
        yield Instants.isDay(day) && appended(to, day);
      }
      case Type.Timestamp _ -> {
        long micros = micros(row, i, zoned);
        yield micros != Instants.NONE && appended(to, micros);
      }
    };
  }

  private static boolean appended(VectorBuilder to, long value) {
    to.append(value);
    return true;
  }

  private static boolean appendText(Type type, String text, VectorBuilder to) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Values.append(type, bytes, 0, bytes.length, to);
  }

  private static boolean appendWhole(Type type, Number number, VectorBuilder to) {
    return switch (number) {
      case Long whole -> appendLong(type, whole, to);
      case Integer whole -> appendLong(type, whole, to);
      case BigDecimal exact -> {
        boolean whole = exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0;
        boolean small = exact.precision() - (long) exact.scale() <= LONG_DIGITS_MAX;
        yield whole && small && appendText(type, exact.toBigInteger().toString(), to);
      }
      default -> appendText(type, number.toString(), to);
    };
  }

  private static boolean appendLong(Type type, long whole, VectorBuilder to) {
    return (type instanceof Type.BigInt || whole == (int) whole) && appended(to, whole);
  }

  /** A real of four bytes becomes the double of the same value, however the driver fetched it. */
  private static boolean appendDouble(Number number, VectorBuilder to) {
    double value = number.doubleValue();
    boolean tooLarge =
        Double.isInfinite(value) && !(number instanceof Double || number instanceof Float);
    if (!tooLarge) {
      to.append(value);
    }
    return !tooLarge;
  }

  /** Microseconds since 1970, or {@link Instants#NONE}. */
  private static long micros(ResultSet row, int i, boolean zoned) throws SQLException {
    if (zoned) {
      OffsetDateTime moment = row.getObject(i, OffsetDateTime.class);
      return Instants.ofSeconds(moment.toEpochSecond(), moment.getNano());
    }
    LocalDateTime moment = row.getObject(i, LocalDateTime.class);
    return Instants.ofSeconds(moment.toEpochSecond(ZoneOffset.UTC), moment.getNano());
  }

  /** The columns of a row as a JSON object of texts, in the form of {@link Values}. */
  static byte[] json(ResultSet row, Schema schema) throws SQLException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      for (int i = 0; i < schema.size(); i++) {
        json.writeFieldName(schema.column(i).name());
        write(json, row, i + 1, schema.column(i).type());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Bytes become Base64, where the column has some: each database spells them its own way. */
  private static void write(JsonGenerator json, ResultSet row, int i, Type type)
      throws SQLException, IOException {
    if (type instanceof Type.Varbinary
        && (row.getObject(i) instanceof byte[] || row.getObject(i) instanceof Blob)) {
      json.writeBinary(row.getBytes(i));
    } else {
      json.writeString(row.getString(i)); // null is null
    }
  }
}
