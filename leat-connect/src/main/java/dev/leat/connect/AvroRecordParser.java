package dev.leat.connect;

import dev.leat.data.BatchBuilder;
import dev.leat.data.VectorBuilder;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Avro records in binary, written with the schema that stands in the folder; a header of the
 * Confluent wire format (a zero byte and a schema id of four) is passed over.
 *
 * <p>A column is the field of its name, without regard to case; {@code a.b} is field {@code b} of
 * the record under {@code a}, if the record there has one. The logical types date, timestamp-* and
 * local-timestamp-* and decimal are understood. Enums, records, arrays and maps go into VARCHAR
 * columns, the last three as JSON.
 */
public final class AvroRecordParser implements RecordParser {
  private static final int HEADER_BYTES = 5;

  private final dev.leat.model.Schema schema;
  private final GenericDatumReader<GenericRecord> reader;
  private final String[][] paths;
  private Optional<BinaryDecoder> decoder = Optional.empty();

  /**
   * @param schemaJson the writers' schema, a record
   * @throws LeatException LEAT-3002 when it is none, or lacks a required column
   */
  public AvroRecordParser(Contract contract, String schemaJson) {
    this.schema = contract.schema();
    Schema written;
    try {
      written = new Schema.Parser().parse(schemaJson);
    } catch (AvroRuntimeException e) { // no JSON, an unknown type, a default of another type
      throw broken(contract, "The Avro schema cannot be read: " + e.getMessage());
    }
    if (written.getType() != Schema.Type.RECORD) {
      throw broken(contract, "The Avro schema is no record but " + written.getType() + ".");
    }
    this.reader = new GenericDatumReader<>(written);
    this.paths = new String[schema.size()][];
    for (int i = 0; i < paths.length; i++) {
      Column column = schema.column(i);
      paths[i] = column.name().split("\\.", -1); // a field's name has no points
      if (!column.nullable() && !has(written, paths[i], 0)) {
        throw broken(contract, "The Avro schema has no field for column " + column.name() + ".");
      }
    }
  }

  private static LeatException broken(Contract contract, String message) {
    return new LeatException(
        Problem.of(
            ErrorCode.SOURCE_CONTRACT,
            message,
            "Make the columns of " + contract.table() + " and its Avro schema agree."));
  }

  /** Whether some record of this schema has a field at the end of a path. */
  private static boolean has(Schema schema, String[] path, int from) {
    return switch (schema.getType()) {
      case UNION -> schema.getTypes().stream().anyMatch(branch -> has(branch, path, from));
      case RECORD ->
          from == path.length
              || field(schema, path[from]).filter(f -> has(f.schema(), path, from + 1)).isPresent();
      case ENUM, ARRAY, MAP, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
          from == path.length;
    };
  }

  private static Optional<Schema.Field> field(Schema record, String name) {
    return Optional.ofNullable(record.getField(name))
        .or(() ->
            record.getFields().stream().filter(f -> f.name().equalsIgnoreCase(name)).findFirst());
  }

  /** What a value was written as: of a union, its branch. */
  private static Schema branch(Schema schema, Object value) {
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().get(GenericData.get().resolveUnion(schema, value))
        : schema;
  }

  @Override
  public Optional<Fault> parse(byte[] data, int start, int end, BatchBuilder into) {
    boolean header = end - start > HEADER_BYTES && data[start] == 0 && data[start + 1] == 0;
    Optional<GenericRecord> record =
        header ? decode(data, start + HEADER_BYTES, end) : Optional.empty();
    if (record.isEmpty()) {
      record = decode(data, start, end);
    }
    if (record.isEmpty()) {
      return Optional.of(Fault.ofRow("not a record of the Avro schema"));
    }
    return append(record.get(), into);
  }

  /** A record that takes exactly these bytes. */
  private Optional<GenericRecord> decode(byte[] data, int start, int end) {
    try {
      BinaryDecoder binary =
          decoder.isPresent()
              ? DecoderFactory.get().binaryDecoder(data, start, end - start, decoder.get())
              : DecoderFactory.get().binaryDecoder(data, start, end - start, null);
      decoder = Optional.of(binary);
      GenericRecord record = reader.read(null, binary);
      return binary.isEnd() ? Optional.of(record) : Optional.empty();
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | ClassCastException
        | NegativeArraySizeException
        | UnsupportedOperationException e) {
      return Optional.empty(); // bytes that are no such record fail in many ways
    }
  }

  /** A value that is there, and what it was written as. */
  private record Found(Object value, Schema written) {}

  /** Records of a union differ in their fields: each is asked for its own, by name. */
  private static Optional<Found> find(GenericRecord record, String[] path, int from) {
    Optional<Schema.Field> field = field(record.getSchema(), path[from]);
    Object value = field.isEmpty() ? null : record.get(field.get().pos());
    if (value == null) {
      return Optional.empty();
    }
    if (from + 1 == path.length) {
      return Optional.of(new Found(value, branch(field.get().schema(), value)));
    }
    return value instanceof GenericRecord inner ? find(inner, path, from + 1) : Optional.empty();
  }

  private Optional<Fault> append(GenericRecord record, BatchBuilder into) {
    for (int i = 0; i < paths.length; i++) {
      Column column = schema.column(i);
      Optional<Found> found = find(record, paths[i], 0);
      if (found.isEmpty()) {
        if (!column.nullable()) {
          into.cancelRow();
          return Optional.of(new Fault(column.name(), "required, but null"));
        }
        into.column(i).appendNull();
      } else if (!append(
          column.type(), found.get().value(), found.get().written(), into.column(i))) {
        into.cancelRow();
        return Optional.of(
            new Fault(
                column.name(), Values.expected(column.type(), found.get().value().toString())));
      }
    }
    into.endRow(1);
    return Optional.empty();
  }

  private static boolean append(Type type, Object value, Schema written, VectorBuilder into) {
    return switch (value) {
      case Boolean b when type instanceof Type.Bool -> {
        into.append(b ? 1L : 0L);
        yield true;
      }
      case Integer n -> appendInteger(type, n, written, into);
      case Long n -> appendInteger(type, n, written, into);
      case Float n when type instanceof Type.Float64 -> {
        into.append(n.doubleValue());
        yield true;
      }
      case Double n when type instanceof Type.Float64 -> {
        into.append(n.doubleValue());
        yield true;
      }
      case ByteBuffer bytes -> appendBytes(type, array(bytes), written, into);
      case GenericFixed fixed -> appendBytes(type, fixed.bytes(), written, into);
      case CharSequence text -> appendText(type, text.toString(), into);
      default -> type instanceof Type.Varchar && appendText(type, json(value), into);
    };
  }

  private static String json(Object value) {
    return value instanceof GenericData.EnumSymbol
        ? value.toString()
        : GenericData.get().toString(value);
  }

  private static boolean appendText(Type type, String text, VectorBuilder into) {
    boolean takesText =
        switch (type) {
          case Type.Varchar _, Type.Date _, Type.Timestamp _, Type.Decimal _ -> true;
          case Type.Bool _, Type.Int _, Type.BigInt _, Type.Float64 _, Type.Varbinary _ -> false;
        };
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return takesText && Values.append(type, bytes, 0, bytes.length, into);
  }

  private static boolean appendInteger(Type type, long n, Schema written, VectorBuilder into) {
    return switch (type) {
      case Type.Timestamp _ -> appendInstant(n, written.getLogicalType(), into);
      case Type.Date _ -> {
        boolean date = written.getLogicalType() instanceof LogicalTypes.Date && Instants.isDay(n);
        if (date) {
          into.append(n);
        }
        yield date;
      }
      case Type.Float64 _ -> {
        into.append((double) n);
        yield true;
      }
      case Type.Int _, Type.BigInt _, Type.Decimal _ ->
          Values.appendNumber(type, Long.toString(n), into);
      case Type.Varchar _ -> appendText(type, Long.toString(n), into);
      case Type.Bool _, Type.Varbinary _ -> false;
    };
  }

  private static boolean appendInstant(long n, LogicalType logical, VectorBuilder into) {
    String name = logical == null ? "" : logical.getName();
    long micros =
        switch (name) {
          case "timestamp-millis", "local-timestamp-millis" -> Instants.ofMillis(n);
          case "timestamp-micros", "local-timestamp-micros" -> Instants.ofMicros(n);
          case "timestamp-nanos", "local-timestamp-nanos" ->
              Instants.ofMicros(Math.floorDiv(n, 1000L));
          default -> Instants.timestamp(BigDecimal.valueOf(n));
        };
    if (micros != Instants.NONE) {
      into.append(micros);
    }
    return micros != Instants.NONE;
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  private static boolean appendBytes(Type type, byte[] bytes, Schema written, VectorBuilder into) {
    if (written.getLogicalType() instanceof LogicalTypes.Decimal decimal && bytes.length > 0) {
      String number = new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString();
      return type instanceof Type.Float64
          ? Values.appendDouble(number, into)
          : appendText(type, number, into);
    }
    boolean binary = type instanceof Type.Varbinary;
    if (binary) {
      into.append(bytes, 0, bytes.length);
    }
    return binary;
  }
}
