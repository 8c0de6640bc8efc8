package dev.leat.connect;

import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.Type;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The rows of a CSV file (RFC 4180) with a header. Values are read straight from the file's bytes.
 * A field of nothing is a missing value; a quoted field of nothing is an empty text.
 *
 * <p>The delimiter is the one of comma, semicolon, tab and bar that the header has most of. A
 * column the file does not have is missing in every row; what the contract does not have is
 * ignored.
 */
final class CsvRows implements RecordBatches.Records {
  private static final Pattern LONE_RETURN = Pattern.compile("\\r(?!\\n)");

  private final Stretch at;
  private final Contract contract;
  private final Rejections rejections;
  private byte delimiter = ',';
  private long row;

  // The fields of the record at hand: places in the stretch.
  private int fields;
  private int[] fieldStart = new int[32];
  private int[] fieldEnd = new int[32];
  private boolean[] quoted = new boolean[32];

  private final List<String> header = new ArrayList<>();
  private String headerLine = "";
  private int[] places = new int[0];

  CsvRows(InputStream in, Contract contract, Rejections rejections) throws IOException {
    this.at = new Stretch(in);
    this.contract = contract;
    this.rejections = rejections;
    readHeader();
  }

  /** The names in the header. */
  List<String> header() {
    return List.copyOf(header);
  }

  /** The header as it stands in the file. */
  String headerLine() {
    return headerLine;
  }

  private void readHeader() throws IOException {
    int length = record();
    if (length < 0) {
      return;
    }
    if (length >= 3 && at.bytes[at.start] == (byte) 0xEF && at.bytes[at.start + 1] == (byte) 0xBB) {
      at.start += 3;
      length -= 3;
    }
    headerLine = new String(at.bytes, at.start, length, StandardCharsets.UTF_8);
    if (LONE_RETURN.matcher(headerLine).find()) { // all rows would be taken for the header
      throw new IOException("its lines end in a carriage return alone, without a line feed");
    }
    delimiter = delimiter(at.start, at.start + length);
    split(at.start, at.start + length);
    places = new int[fields];
    for (int i = 0; i < fields; i++) {
      String name = text(i).strip();
      header.add(name);
      OptionalInt index = contract.schema().indexOf(name);
      places[i] = index.orElse(-1);
    }
    at.start = next(at.start + length);
  }

  private byte delimiter(int from, int to) {
    byte best = ',';
    int most = 0;
    for (byte candidate : new byte[] {',', ';', '\t', '|'}) {
      int count = 0;
      for (int i = from; i < to; i++) {
        count += at.bytes[i] == candidate ? 1 : 0;
      }
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  @Override
  public boolean take(BatchBuilder rows) throws IOException {
    int length = record();
    if (length > 0) {
      take(at.start, at.start + length, rows);
    }
    if (length >= 0) {
      at.start = next(at.start + length);
    }
    return length >= 0;
  }

  private void take(int from, int to, BatchBuilder rows) {
    byte[] raw = Arrays.copyOfRange(at.bytes, from, to);
    Optional<Fault> fault =
        split(from, to)
            ? append(rows)
            : Optional.of(Fault.ofRow("a quote is not closed or stands inside a field"));
    if (fault.isPresent()) {
      rows.cancelRow();
      rejections.add(row, fault.get(), raw);
    } else {
      rows.endRow(1);
    }
    row++;
  }

  private Optional<Fault> append(BatchBuilder rows) {
    if (fields != places.length) {
      return Optional.of(Fault.ofRow("expected " + places.length + " fields, found " + fields));
    }
    for (int i = 0; i < fields; i++) {
      if (places[i] >= 0) {
        Optional<Fault> fault = append(i, rows);
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    for (int i = 0; i < contract.schema().size(); i++) {
      if (rows.column(i).size() == rows.size()) {
        if (!contract.schema().column(i).nullable()) {
          return Optional.of(missing(contract.schema().column(i)));
        }
        rows.column(i).appendNull();
      }
    }
    return Optional.empty();
  }

  private Optional<Fault> append(int field, BatchBuilder rows) {
    Column column = contract.schema().column(places[field]);
    int from = fieldStart[field];
    int to = fieldEnd[field];
    boolean text = column.type() instanceof Type.Varchar;
    if (rows.column(places[field]).size() > rows.size()) {
      return Optional.of(new Fault(column.name(), "the header names it twice"));
    }
    if (from == to && !(text && quoted[field])) {
      if (!column.nullable()) {
        return Optional.of(missing(column));
      }
      rows.column(places[field]).appendNull();
      return Optional.empty();
    }
    return Values.append(column.type(), at.bytes, from, to, rows.column(places[field]))
        ? Optional.empty()
        : Optional.of(new Fault(column.name(), Values.expected(column.type(), text(field))));
  }

  private static Fault missing(Column column) {
    return new Fault(column.name(), "expected " + column.type().sql() + ", found nothing");
  }

  private String text(int field) {
    return new String(
        at.bytes, fieldStart[field], fieldEnd[field] - fieldStart[field], StandardCharsets.UTF_8);
  }

  /**
   * How long the record at the start is without its line end; -1 when there is none. Reads on until
   * all of it is at hand.
   */
  private int record() throws IOException {
    int i = at.start;
    boolean inQuotes = false;
    boolean quotedField = false;
    boolean atFieldStart = true;
    while (true) {
      for (; i < at.end; i++) {
        byte b = at.bytes[i];
        if (b == '"') {
          if (atFieldStart) {
            quotedField = true;
            inQuotes = true;
          } else if (quotedField) {
            inQuotes = !inQuotes;
          }
          atFieldStart = false;
        } else if (!inQuotes) {
          if (b == '\n') {
            return (i > at.start && at.bytes[i - 1] == '\r' ? i - 1 : i) - at.start;
          }
          atFieldStart = b == delimiter;
          quotedField &= !atFieldStart;
        }
      }
      if (at.ended) {
        return at.start == at.end ? -1 : at.end - at.start;
      }
      i -= at.start;
      at.readOn(row);
      i += at.start;
    }
  }

  /** Where the record after the one that ends here begins. */
  private int next(int recordEnd) {
    int i = recordEnd;
    if (i < at.end && at.bytes[i] == '\r') {
      i++;
    }
    return i < at.end && at.bytes[i] == '\n' ? i + 1 : i;
  }

  /**
   * Finds the fields of a record. Quoted ones are unquoted in place, so that this works once.
   *
   * @return whether its quotes are right
   */
  private boolean split(int from, int to) {
    fields = 0;
    int i = from;
    while (true) {
      if (fields == fieldStart.length) {
        fieldStart = Arrays.copyOf(fieldStart, fields * 2);
        fieldEnd = Arrays.copyOf(fieldEnd, fields * 2);
        quoted = Arrays.copyOf(quoted, fields * 2);
      }
      boolean quote = i < to && at.bytes[i] == '"';
      i = quote ? quotedField(i, to) : plainField(i, to);
      if (i < 0) {
        return false;
      }
      quoted[fields++] = quote;
      if (i == to) {
        return true;
      }
      i++; // the delimiter
    }
  }

  private int plainField(int from, int to) {
    int i = from;
    while (i < to && at.bytes[i] != delimiter) {
      i++;
    }
    fieldStart[fields] = from;
    fieldEnd[fields] = i;
    return i;
  }

  private int quotedField(int from, int to) {
    int write = from + 1;
    for (int i = from + 1; i < to; i++) {
      byte b = at.bytes[i];
      if (b != '"') {
        at.bytes[write++] = b;
      } else if (i + 1 < to && at.bytes[i + 1] == '"') {
        at.bytes[write++] = b;
        i++;
      } else {
        fieldStart[fields] = from + 1;
        fieldEnd[fields] = write;
        return i + 1 == to || at.bytes[i + 1] == delimiter ? i + 1 : -1;
      }
    }
    return -1;
  }
}
