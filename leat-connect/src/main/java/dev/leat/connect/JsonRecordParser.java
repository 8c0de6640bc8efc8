package dev.leat.connect;

import dev.leat.data.BatchBuilder;
import dev.leat.data.VectorBuilder;
import dev.leat.model.Column;
import dev.leat.model.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * JSON objects, one a record.
 *
 * <p>Values: INTEGER, BIGINT, DECIMAL and DOUBLE take numbers (integers without point or exponent);
 * BOOLEAN takes true and false; DATE, TIMESTAMP, DECIMAL and VARBINARY take strings in the form of
 * {@link Values}; TIMESTAMP also takes a number (seconds since 1970 under 1e11, else milliseconds);
 * DOUBLE also takes the strings NaN, Infinity and -Infinity; VARCHAR takes a string, and anything
 * else as its JSON text. A column {@code a.b} takes key {@code a.b}, or key {@code b} of the object
 * under {@code a}. Keys outside the contract are ignored. A key that stands twice is a fault.
 *
 * <p>There are two ways through a record. The fast one predicts the next key and reads values
 * straight from the bytes; whatever it does not expect, it leaves to {@link JsonSlowPath}, which
 * understands all of JSON and finds the reasons. Both make the same rows.
 */
public final class JsonRecordParser implements RecordParser {
  private enum Kind {
    BOOLEAN,
    INTEGER,
    BIGINT,
    DECIMAL,
    DOUBLE,
    TEXT,
    INSTANT,
    OTHER
  }

  private static final VectorBuilder NOWHERE = VectorBuilder.of(Type.BOOLEAN);

  private final JsonSlowPath slowPath;
  private final List<Column> columns;
  private final Kind[] kinds;
  private final boolean[] required;
  private final int[] scales;
  private final long[] bounds;
  private final JsonShape shape;
  private final JsonScanner scanner = new JsonScanner();
  private final NumberScan number = new NumberScan();
  private final int[] seen;
  private final VectorBuilder[] builders;
  private int record;
  private Optional<BatchBuilder> filling = Optional.empty();

  public JsonRecordParser(Contract contract) {
    this(contract, JsonSlowPath.Spelling.JSON);
  }

  JsonRecordParser(Contract contract, JsonSlowPath.Spelling spelling) {
    columns = contract.schema().columns();
    int n = columns.size();
    kinds = new Kind[n];
    required = new boolean[n];
    scales = new int[n];
    bounds = new long[n];
    seen = new int[n];
    builders = new VectorBuilder[n];
    Arrays.fill(builders, NOWHERE);
    for (int i = 0; i < n; i++) {
      required[i] = !columns.get(i).nullable();
      kinds[i] = kind(columns.get(i).type());
      if (columns.get(i).type() instanceof Type.Decimal(int precision, int scale)) {
        scales[i] = scale;
        bounds[i] = Values.power(precision);
      }
    }
    shape = new JsonShape(columns.stream().map(Column::name).toList());
    slowPath = new JsonSlowPath(contract.schema(), shape, spelling);
  }

  private static Kind kind(Type type) {
    return switch (type) {
      case Type.Bool _ -> Kind.BOOLEAN;
      case Type.Int _ -> Kind.INTEGER;
      case Type.BigInt _ -> Kind.BIGINT;
      case Type.Decimal _ -> Kind.DECIMAL;
      case Type.Float64 _ -> Kind.DOUBLE;
      case Type.Varchar _ -> Kind.TEXT;
      case Type.Date _, Type.Timestamp _ -> Kind.INSTANT;
      case Type.Varbinary _ -> Kind.OTHER;
    };
  }

  @Override
  public Optional<Fault> parse(byte[] data, int start, int end, BatchBuilder into) {
    if (filling.isEmpty() || filling.get() != into) {
      for (int i = 0; i < builders.length; i++) {
        builders[i] = into.column(i);
      }
      filling = Optional.of(into);
    }
    if (fast(data, start, end)) {
      into.endRow(1);
      return Optional.empty();
    }
    into.cancelRow();
    return slowPath.parse(data, start, end, into);
  }

  /** Lets go of the batch last filled, so that a parser kept for later holds no memory. */
  void release() {
    filling = Optional.empty();
    Arrays.fill(builders, NOWHERE);
  }

  /** The same row or fault without the fast way; what tests compare with. */
  Optional<Fault> parseSlowly(byte[] data, int start, int end, BatchBuilder into) {
    return slowPath.parse(data, start, end, into);
  }

  private boolean fast(byte[] b, int start, int end) {
    int stamp = ++record;
    int i = JsonScanner.skipBlanks(b, start);
    if (b[i] != '{' || i >= end) {
      return false;
    }
    i = JsonScanner.skipBlanks(b, i + 1);
    int expected = 0;
    int filled = 0;
    if (b[i] == '}') {
      return i < end && finish(b, i + 1, end, filled, stamp);
    }
    while (true) {
      int key = shape.find(b, i, end, expected);
      if (key == JsonShape.NOT_FOUND) {
        return false;
      }
      i += shape.bytes(key);
      if (key < expected) {
        shape.move(key, expected - 1);
        key = expected - 1;
      }
      expected = key + 1;
      if (b[i] != ':') {
        i = JsonScanner.skipBlanks(b, i);
        if (b[i] != ':') {
          return false;
        }
      }
      i++;
      if (b[i] <= ' ') {
        i = JsonScanner.skipBlanks(b, i);
      }
      int column = shape.column(key);
      if (column == JsonShape.IGNORED) {
        i = skipValue(b, i, end);
      } else {
        if (seen[column] == stamp) {
          return false;
        }
        seen[column] = stamp;
        filled++;
        i = value(b, i, end, column);
      }
      if (i < 0 || i >= end) {
        return false;
      }
      if (b[i] <= ' ') {
        i = JsonScanner.skipBlanks(b, i);
      }
      if (b[i] == ',') {
        i++;
        if (b[i] <= ' ') {
          i = JsonScanner.skipBlanks(b, i);
        }
      } else {
        return b[i] == '}' && i < end && finish(b, i + 1, end, filled, stamp);
      }
    }
  }

  private boolean finish(byte[] b, int i, int end, int filled, int stamp) {
    int at = i;
    while (at < end && (b[at] == ' ' || b[at] == '\n' || b[at] == '\r' || b[at] == '\t')) {
      at++;
    }
    if (at != end) {
      return false;
    }
    if (filled < builders.length) {
      for (int column = 0; column < builders.length; column++) {
        if (seen[column] != stamp) {
          if (required[column]) {
            return false;
          }
          builders[column].appendNull();
        }
      }
    }
    return true;
  }

  /** Appends the value at {@code i}; where it ends, or -1 when it is not for the fast way. */
  private int value(byte[] b, int i, int end, int column) {
    if (b[i] == 'n') {
      if (required[column] || !JsonScanner.isNull(b, i)) {
        return -1;
      }
      builders[column].appendNull();
      return i + 4;
    }
    return switch (kinds[column]) {
      case TEXT -> text(b, i, end, builders[column]);
      case INSTANT -> b[i] == '"' ? quoted(b, i, end, column) : -1;
      case INTEGER, BIGINT, DECIMAL, DOUBLE ->
          number.scan(b, i, end) && append(column) ? number.next : -1;
      case BOOLEAN -> bool(b, i, builders[column]);
      case OTHER -> -1;
    };
  }

  private int text(byte[] b, int i, int end, VectorBuilder into) {
    if (b[i] != '"') {
      return -1;
    }
    int from = i + 1;
    int to = scanner.stringEnd(b, from, end);
    if (to >= end || b[to] != '"' || (scanner.beyondAscii && !Utf8.valid(b, from, to))) {
      return -1;
    }
    into.append(b, from, to - from);
    return to + 1;
  }

  private int quoted(byte[] b, int i, int end, int column) {
    int to = scanner.stringEnd(b, i + 1, end);
    if (to >= end || b[to] != '"') {
      return -1;
    }
    return Values.append(columns.get(column).type(), b, i + 1, to, builders[column]) ? to + 1 : -1;
  }

  private static int bool(byte[] b, int i, VectorBuilder into) {
    if (JsonScanner.isTrue(b, i)) {
      into.append(1L);
      return i + 4;
    }
    if (JsonScanner.isFalse(b, i)) {
      into.append(0L);
      return i + 5;
    }
    return -1;
  }

  private boolean append(int column) {
    long mantissa = number.mantissa;
    switch (kinds[column]) {
      case INTEGER -> {
        if (number.point || mantissa != (int) mantissa) {
          return false;
        }
        builders[column].append(mantissa);
      }
      case BIGINT -> {
        if (number.point) {
          return false;
        }
        builders[column].append(mantissa);
      }
      case DECIMAL -> {
        int shift = scales[column] - number.scale;
        if (shift < 0 || Math.abs(mantissa) >= Values.power(18 - shift)) {
          return false;
        }
        long unscaled = mantissa * Values.power(shift);
        if (Math.abs(unscaled) >= bounds[column]) {
          return false;
        }
        builders[column].append(unscaled);
      }
      case DOUBLE -> {
        // Both are exact as doubles, so that their quotient is the nearest double.
        if (Math.abs(mantissa) > 1L << 53) {
          return false;
        }
        builders[column].append((double) mantissa / (double) Values.power(number.scale));
      }
      case BOOLEAN, TEXT, INSTANT, OTHER -> {
        return false;
      }
    }
    return true;
  }

  /** Where a scalar value that nobody wants ends, or -1. */
  private int skipValue(byte[] b, int i, int end) {
    return switch (b[i]) {
      case '"' -> {
        int to = scanner.stringEnd(b, i + 1, end);
        yield to >= end || b[to] != '"' || (scanner.beyondAscii && !Utf8.valid(b, i + 1, to))
            ? -1
            : to + 1;
      }
      case 't' -> JsonScanner.isTrue(b, i) ? i + 4 : -1;
      case 'f' -> JsonScanner.isFalse(b, i) ? i + 5 : -1;
      case 'n' -> JsonScanner.isNull(b, i) ? i + 4 : -1;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          number.scan(b, i, end) ? number.next : -1;
      default -> -1;
    };
  }
}
