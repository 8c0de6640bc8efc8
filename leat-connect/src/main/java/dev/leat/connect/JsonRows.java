package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The objects of a JSON file as batches: one a line, or one after the other, or in an array. Blanks
 * and commas between them do not matter.
 */
final class JsonRows implements Iterator<Batch> {
  private static final int BATCH_ROWS = 16_384;
  private static final int RECORD_BYTES_MAX = 16 << 20;

  private final InputStream in;
  private final Contract contract;
  private final RecordParser parser;
  private final Rejections rejections;
  private final boolean lines;
  private byte[] buffer = new byte[1 << 20];
  private int start;
  private int end;
  private boolean ended;
  private long row;

  private JsonRows(InputStream in, Contract contract, Rejections rejections, boolean lines) {
    this.in = in;
    this.contract = contract;
    this.parser = new JsonRecordParser(contract);
    this.rejections = rejections;
    this.lines = lines;
  }

  /** A line is a record, whatever is in it. */
  static JsonRows lines(InputStream in, Contract contract, Rejections rejections) {
    return new JsonRows(in, contract, rejections, true);
  }

  /** An array of objects, or objects one after the other. */
  static JsonRows document(InputStream in, Contract contract, Rejections rejections) {
    return new JsonRows(in, contract, rejections, false);
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
      int length = record();
      while (length >= 0 && rows.size() < BATCH_ROWS) {
        take(start, start + length, rows);
        start += length;
        length = record();
      }
      return rows.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(int from, int to, BatchBuilder rows) {
    Optional<Fault> fault = parser.parse(buffer, from, to, rows);
    if (fault.isPresent()) {
      rejections.add(row, fault.get(), Arrays.copyOfRange(buffer, from, to));
    }
    row++;
  }

  /** Moves to the next record and says how long it is; -1 at the end. */
  private int record() throws IOException {
    while (true) {
      while (start < end && between(buffer[start])) {
        start++;
      }
      if (start < end) {
        break;
      }
      if (ended) {
        return -1;
      }
      fill();
    }
    return lines ? line() : value();
  }

  private boolean between(byte b) {
    boolean blank = b == ' ' || b == '\n' || b == '\r' || b == '\t';
    return blank || (!lines && (b == ',' || b == '[' || b == ']'));
  }

  private int line() throws IOException {
    int i = 0;
    while (true) {
      for (; start + i < end; i++) {
        if (buffer[start + i] == '\n') {
          return i;
        }
      }
      if (ended) {
        return i;
      }
      grow();
    }
  }

  /** As far as the braces balance, outside of strings. */
  private int value() throws IOException {
    int depth = 0;
    boolean inString = false;
    boolean escaped = false;
    int i = 0;
    while (true) {
      for (; start + i < end; i++) {
        byte b = buffer[start + i];
        if (inString) {
          inString = escaped || b != '"';
          escaped = !escaped && b == '\\';
        } else if (b == '"') {
          inString = true;
        } else if (b == '{' || (b == '[' && depth > 0)) {
          depth++;
        } else if (b == '}' || (b == ']' && depth > 0)) {
          depth--;
          if (depth <= 0) {
            return i + 1;
          }
        } else if (depth == 0 && between(b)) {
          return i;
        }
      }
      if (ended) {
        if (depth > 0) {
          throw new IOException("the file ends inside of object " + (row + 1));
        }
        return i;
      }
      grow();
    }
  }

  private void grow() throws IOException {
    if (end - start > RECORD_BYTES_MAX) {
      throw new IOException("the record after row " + row + " is longer than 16 MB");
    }
    fill();
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
}
