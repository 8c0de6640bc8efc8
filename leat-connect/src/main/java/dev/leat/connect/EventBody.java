package dev.leat.connect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.leat.data.BytesVector;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The events of a request, found but not yet read: each line of NDJSON, each element of an array,
 * or one object that may stretch over several lines.
 */
final class EventBody {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final byte[] data;
  private final int length;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] lines = new int[64];
  private int size;

  private EventBody(byte[] data, int length) {
    this.data = data;
    this.length = length;
  }

  /** A body that is no list of events. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final String reason;

    Malformed(int line, String reason) {
      super(reason);
      this.line = line;
      this.reason = reason;
    }

    int line() {
      return line;
    }

    String reason() {
      return reason;
    }
  }

  /** Reads a body; empty when it holds more than {@code maxBytes}. */
  static Optional<EventBody> read(InputStream in, EventGateway.Packing packing, int maxBytes)
      throws IOException, Malformed {
    byte[] read;
    try {
      read =
          switch (packing) {
            case PLAIN -> in.readNBytes(maxBytes + 1);
            case GZIP -> new GZIPInputStream(in, 1 << 16).readNBytes(maxBytes + 1);
          };
    } catch (ZipException | EOFException e) {
      throw new Malformed(1, "the body is not valid gzip: " + e.getMessage());
    }
    if (read.length > maxBytes) {
      return Optional.empty();
    }
    EventBody body =
        new EventBody(Arrays.copyOf(read, read.length + BytesVector.PADDING), read.length);
    body.find();
    return Optional.of(body);
  }

  byte[] data() {
    return data;
  }

  int size() {
    return size;
  }

  int start(int event) {
    return starts[event];
  }

  int end(int event) {
    return ends[event];
  }

  int line(int event) {
    return lines[event];
  }

  private void find() throws Malformed {
    for (int i = 0; i < Math.min(4, length); i++) {
      if (data[i] == 0) { // UTF-16 or UTF-32, where places count otherwise
        throw new Malformed(1, "the body is not UTF-8 text");
      }
    }
    int first = 0;
    while (first < length && blank(data[first])) {
      first++;
    }
    if (first == length) {
      return;
    }
    if (data[first] == '[') {
      elements();
    } else if (data[first] == '{' && lastOnLine(first) != '}') {
      add(first, length, 1 + newlines(0, first));
    } else {
      eachLine();
    }
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** The last byte of a line that is not blank. */
  private byte lastOnLine(int start) {
    byte last = data[start];
    for (int i = start; i < length && data[i] != '\n'; i++) {
      last = blank(data[i]) ? last : data[i];
    }
    return last;
  }

  private void eachLine() {
    int line = 1;
    int start = 0;
    for (int i = 0; i <= length; i++) {
      if (i == length || data[i] == '\n') {
        int end = i;
        while (end > start && blank(data[end - 1])) {
          end--;
        }
        if (end > start) {
          add(start, end, line);
        }
        start = i + 1;
        line++;
      }
    }
  }

  private void elements() throws Malformed {
    int line = 1;
    int counted = 0;
    try (JsonParser parser = FACTORY.createParser(data, 0, length)) {
      parser.nextToken();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        line += newlines(counted, start);
        counted = start;
        add(start, end, line);
      }
      if (parser.nextToken() != null) {
        throw new Malformed(line, "more follows the JSON array");
      }
    } catch (JsonProcessingException e) {
      int at = e.getLocation() == null ? line : e.getLocation().getLineNr();
      throw new Malformed(at, Fault.notJson(e));
    } catch (IOException e) {
      throw new Malformed(line, "not valid JSON: " + e.getMessage());
    }
  }

  private int newlines(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (data[i] == '\n') {
        count++;
      }
    }
    return count;
  }

  private void add(int start, int end, int line) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      lines = Arrays.copyOf(lines, size * 2);
    }
    starts[size] = start;
    ends[size] = end;
    lines[size] = line;
    size++;
  }
}
