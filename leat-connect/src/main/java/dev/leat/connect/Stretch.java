package dev.leat.connect;

import dev.leat.data.BytesVector;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The stretch of a file that is at hand: {@code bytes[start .. end)}, from the record that is next.
 * The array is as much longer than {@code end} as parsers may look ahead.
 */
final class Stretch {
  private static final int RECORD_BYTES_MAX = 16 << 20;

  private final InputStream in;
  byte[] bytes = new byte[1 << 20];
  int start;
  int end;

  /** Whether nothing comes after {@code end}. */
  boolean ended;

  Stretch(InputStream in) {
    this.in = in;
  }

  /**
   * Reads on, so that more of the record at {@code start} is there; moves it to the array's begin.
   *
   * @param row how many records lie before it
   * @throws IOException when it is longer than any record may be
   */
  void readOn(long row) throws IOException {
    if (end - start > RECORD_BYTES_MAX) {
      throw new IOException(
          "the record after row " + row + " is longer than 16 MB: a quote may not be closed");
    }
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end + BytesVector.PADDING + 1024 > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    int read = in.read(bytes, end, bytes.length - BytesVector.PADDING - end);
    ended = read < 0;
    end += Math.max(0, read);
  }
}
