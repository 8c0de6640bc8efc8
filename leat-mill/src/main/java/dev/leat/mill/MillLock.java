package dev.leat.mill;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Held by the one process that may write a project's lake. The system frees it when it dies. */
final class MillLock implements AutoCloseable {
  private final FileChannel channel;

  private MillLock(FileChannel channel) {
    this.channel = channel;
  }

  static MillLock take(Path stateFolder) {
    try {
      Files.createDirectories(stateFolder);
      FileChannel channel =
          FileChannel.open(
              stateFolder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new LeatException(
            Problem.of(
                ErrorCode.MILL_LOCKED,
                "Another process already runs " + stateFolder.getParent() + ".",
                "Stop it first, or ask it: leat query and leat status work while it runs."));
      }
      return new MillLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // held by this very process
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
