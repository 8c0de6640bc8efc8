package dev.leat.connect;

import dev.leat.data.BatchBuilder;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The objects of a JSON file: one a line, or one after the other, or in an array. Blanks and commas
 * between them do not matter.
 */
final class JsonRows implements RecordBatches.Records {
  private final Stretch at;
  private final RecordParser parser;
  private final Rejections rejections;
  private final boolean lines;
  private long row;
  private int arrays; // that are open around the next object
  private boolean begun;

  private JsonRows(InputStream in, Contract contract, Rejections rejections, boolean lines) {
    this.at = new Stretch(in);
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
  public boolean take(BatchBuilder rows) throws IOException {
    int length = record();
    if (length >= 0) {
      take(at.start, at.start + length, rows);
      at.start += length;
    }
    return length >= 0;
  }

  private void take(int from, int to, BatchBuilder rows) {
    Optional<Fault> fault = parser.parse(at.bytes, from, to, rows);
    if (fault.isPresent()) {
      rejections.add(row, fault.get(), Arrays.copyOfRange(at.bytes, from, to));
    }
    row++;
  }

  /** Moves to the next record and says how long it is; -1 at the end. */
  private int record() throws IOException {
    while (true) {
      while (at.start < at.end && between(at.bytes[at.start])) {
        byte b = at.bytes[at.start++];
        arrays += b == '[' ? 1 : b == ']' ? -1 : 0;
      }
      if (at.start < at.end) {
        if (mark()) {
          continue;
        }
        break;
      }
      if (at.ended && arrays > 0 && !lines) {
        throw new EOFException("the file ends inside of an array, after object " + row);
      }
      if (at.ended) {
        return -1;
      }
      at.readOn(row);
    }
    return lines ? line() : value();
  }

  /** Steps over the byte order mark that a file may begin with; says whether there was one. */
  private boolean mark() {
    boolean mark =
        !begun
            && at.end - at.start >= 3
            && at.bytes[at.start] == (byte) 0xEF
            && at.bytes[at.start + 1] == (byte) 0xBB
            && at.bytes[at.start + 2] == (byte) 0xBF;
    begun = true;
    at.start += mark ? 3 : 0;
    return mark;
  }

  private boolean between(byte b) {
    boolean blank = b == ' ' || b == '\n' || b == '\r' || b == '\t';
    return blank || (!lines && (b == ',' || b == '[' || b == ']'));
  }

  private int line() throws IOException {
    int i = 0;
    while (true) {
      for (; at.start + i < at.end; i++) {
        if (at.bytes[at.start + i] == '\n') {
          return i;
        }
      }
      if (at.ended) {
        return i;
      }
      at.readOn(row);
    }
  }

  /** As far as the braces balance, outside of strings. */
  private int value() throws IOException {
    int depth = 0;
    boolean inString = false;
    boolean escaped = false;
    int i = 0;
    while (true) {
      for (; at.start + i < at.end; i++) {
        byte b = at.bytes[at.start + i];
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
      if (at.ended) {
        if (depth > 0) {
          throw new EOFException("the file ends inside of object " + (row + 1));
        }
        return i;
      }
      at.readOn(row);
    }
  }
}
