package dev.leat.lake;

import dev.leat.model.Durability;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that fails from a certain operation on, in the middle of it, until it is mended. */
final class FaultyDisk implements Disk {

  /** What happens at the failing operation and after it. */
  enum Fault {
    /**
     * Nothing works any more, as if the process were killed; what was half done stays half done.
     */
    KILL,
    /** Nothing can be written any more, but files can be deleted. */
    FULL,
    /** The operation is done and yet reports a failure, once. */
    LIE
  }

  private final Disk disk = new LocalDisk(Durability.PROCESS, Path.of(""));
  private final Fault fault;
  private final AtomicLong left;
  private final AtomicLong done = new AtomicLong();

  FaultyDisk(Fault fault, long operations) {
    this.fault = fault;
    this.left = new AtomicLong(operations);
  }

  long operations() {
    return done.get();
  }

  void mend() {
    left.set(Long.MAX_VALUE);
  }

  /** Whether the operation that is being begun is to fail. */
  private boolean fails() {
    done.incrementAndGet();
    long now = left.decrementAndGet();
    return fault == Fault.LIE ? now == 0 : now <= 0;
  }

  private static IOException full() {
    return new IOException("No space left on device");
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    boolean fails = fails();
    if (fails && fault != Fault.LIE) {
      throw full();
    }
    OutputStream out = disk.create(file);
    if (fails) {
      out.close();
      throw full();
    }
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        out.write(value);
      }

      @Override
      public void write(byte[] bytes, int start, int length) throws IOException {
        boolean failsNow = fails();
        out.write(bytes, start, failsNow && fault != Fault.LIE ? length / 2 : length);
        if (failsNow) {
          throw full();
        }
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    boolean fails = fails();
    if (fails && fault != Fault.LIE) {
      throw full();
    }
    disk.link(file, name);
    if (fails) {
      throw full();
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    if (fails() && fault != Fault.FULL) {
      throw new IOException("killed");
    }
    disk.delete(file);
  }

  @Override
  public void settle(Path file) {}

  @Override
  public void settleNames() {}
}
