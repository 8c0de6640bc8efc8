package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.model.Column;
import dev.leat.model.Type;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rows of a CSV file (RFC 4180) with a header, as batches. Values are read straight from the
 * file's bytes. A field of nothing is a missing value; a quoted field of nothing is an empty text.
 *
 * <p>The delimiter is the one of comma, semicolon, tab and bar that the header has most of. A
 * column the file does not have is missing in every row; what the contract does not have is
 * ignored.
 */
final class CsvRows implements Iterator<Batch> {
  private static final int BATCH_ROWS = 16_384;
  private static final int RECORD_BYTES_MAX = 16 << 20;

  /** Who is told of a row that breaks the contract. */
  interface Rejections {
    void add(long row, Fault fault, byte[] raw);
  }

  private final InputStream in;
  private final Contract contract;
  private final Rejections rejections;
  private byte[] buffer = new byte[1 << 20];
  private int start;
  private int end;
  private boolean ended;
  private byte delimiter = ',';
  private long row;

  // The fields of the record at hand: places in `field`, or in the buffer.
  private int fields;
  private int[] fieldStart = new int[32];
  private int[] fieldEnd = new int[32];
  private boolean[] quoted = new boolean[32];

  private final List<String> header = new ArrayList<>();
  private String headerLine = "";
  private int[] places = new int[0];

  CsvRows(InputStream in, Contract contract, Rejections rejections) throws IOException {
    this.in = in;
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
    if (length >= 3 && buffer[start] == (byte) 0xEF && buffer[start + 1] == (byte) 0xBB) {
      start += 3;
      length -= 3;
    }
    headerLine = new String(buffer, start, length, StandardCharsets.UTF_8);
    delimiter = delimiter(start, start + length);
    split(start, start + length);
    places = new int[fields];
    for (int i = 0; i < fields; i++) {
      String name = text(i).strip();
      header.add(name);
      OptionalInt index = contract.schema().indexOf(name);
      places[i] = index.orElse(-1);
    }
    start = next(start + length);
  }

  private byte delimiter(int from, int to) {
    byte best = ',';
    int most = 0;
    for (byte candidate : new byte[] {',', ';', '\t', '|'}) {
      int count = 0;
      for (int i = from; i < to; i++) {
        count += buffer[i] == candidate ? 1 : 0;
      }
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  @Override
  public boolean hasNext() {
    try {
      return record() >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      BatchBuilder rows = new BatchBuilder(contract.schema());
      while (rows.size() < BATCH_ROWS) {
        int length = record();
        if (length < 0) {
          break;
        }
        if (length > 0) {
          take(start, start + length, rows);
        }
        start = next(start + length);
      }
      return rows.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(int from, int to, BatchBuilder rows) {
    byte[] raw = Arrays.copyOfRange(buffer, from, to);
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
    return Values.append(column.type(), buffer, from, to, rows.column(places[field]))
        ? Optional.empty()
        : Optional.of(new Fault(column.name(), Values.expected(column.type(), text(field))));
  }

  private static Fault missing(Column column) {
    return new Fault(column.name(), "expected " + column.type().sql() + ", found nothing");
  }

  private String text(int field) {
    return new String(
        buffer, fieldStart[field], fieldEnd[field] - fieldStart[field], StandardCharsets.UTF_8);
  }

  /**
   * How long the record at {@code start} is without its line end; -1 when there is none. Reads on
   * until all of it is in the buffer.
   */
  private int record() throws IOException {
    int i = start;
    boolean inQuotes = false;
    boolean quotedField = false;
    boolean atFieldStart = true;
    while (true) {
      for (; i < end; i++) {
        byte b = buffer[i];
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
            return (i > start && buffer[i - 1] == '\r' ? i - 1 : i) - start;
          }
          atFieldStart = b == delimiter;
          quotedField &= !atFieldStart;
        }
      }
      if (ended) {
        return start == end ? -1 : end - start;
      }
      if (end - start > RECORD_BYTES_MAX) {
        throw new IOException(
            "the record after row " + row + " is longer than 16 MB: a quote may not be closed");
      }
      i -= start;
      fill();
      i += start;
    }
  }

  /** Where the record after the one that ends here begins. */
  private int next(int recordEnd) {
    int i = recordEnd;
    if (i < end && buffer[i] == '\r') {
      i++;
    }
    return i < end && buffer[i] == '\n' ? i + 1 : i;
  }

  private void fill() throws IOException {
    int length = end - start;
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, length);
      start = 0;
      end = length;
    }
    if (end + BytesVector.PADDING + 1024 > buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, end, buffer.length - BytesVector.PADDING - end);
    if (read < 0) {
      ended = true;
    } else {
      end += read;
    }
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
      boolean quote = i < to && buffer[i] == '"';
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
    while (i < to && buffer[i] != delimiter) {
      i++;
    }
    fieldStart[fields] = from;
    fieldEnd[fields] = i;
    return i;
  }

  private int quotedField(int from, int to) {
    int write = from + 1;
    for (int i = from + 1; i < to; i++) {
      byte b = buffer[i];
      if (b != '"') {
        buffer[write++] = b;
      } else if (i + 1 < to && buffer[i + 1] == '"') {
        buffer[write++] = b;
        i++;
      } else {
        fieldStart[fields] = from + 1;
        fieldEnd[fields] = write;
        return i + 1 == to || buffer[i + 1] == delimiter ? i + 1 : -1;
      }
    }
    return -1;
  }
}
