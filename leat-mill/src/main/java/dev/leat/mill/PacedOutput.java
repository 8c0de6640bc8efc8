package dev.leat.mill;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;

/** Output that lets others have the processor and the disk after every megabyte. */
final class PacedOutput extends FilterOutputStream {
  private static final int STRETCH_BYTES = 1 << 20;

  private final Consumer<Duration> rest;
  private int written;
  private long began = System.nanoTime();

  /**
   * @param rest told how long a stretch took, with all that was done to have it; returns when the
   *     next may begin
   */
  PacedOutput(OutputStream out, Consumer<Duration> rest) {
    super(out);
    this.rest = rest;
  }

  @Override
  public void write(int value) throws IOException {
    out.write(value);
    count(1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    count(length);
  }

  private void count(int bytes) {
    written += bytes;
    if (written >= STRETCH_BYTES) {
      written = 0;
      rest.accept(Duration.ofNanos(System.nanoTime() - began));
      began = System.nanoTime();
    }
  }
}
