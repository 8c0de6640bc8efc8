package dev.leat.lake;

import dev.leat.model.Durability;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The real file system. */
final class LocalDisk implements Disk {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Durability durability;
  private final Set<Path> unsettled = ConcurrentHashMap.newKeySet();

  LocalDisk(Durability durability) {
    this.durability = durability;
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    return new FileStream(openNew(file), durability);
  }

  private FileChannel openNew(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    noteFolder(folder);
    try {
      return openChannel(file);
    } catch (NoSuchFileException e) {
      for (Path made = folder; made != null && !Files.exists(made); made = made.getParent()) {
        noteFolder(made.getParent());
      }
      Files.createDirectories(folder);
      return openChannel(file);
    }
  }

  private static FileChannel openChannel(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private void noteFolder(@org.jspecify.annotations.Nullable Path folder) {
    if (folder != null && durability == Durability.POWER) {
      unsettled.add(folder);
    }
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (UnsupportedOperationException e) {
      if (Files.exists(name)) {
        throw new FileAlreadyExistsException(name.toString());
      }
      Files.copy(file, name);
    }
    noteFolder(name.toAbsolutePath().getParent());
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void settle(Path file) throws IOException {
    if (durability == Durability.POWER) {
      noteFolder(file.toAbsolutePath().getParent());
      force(file, StandardOpenOption.WRITE);
    }
  }

  @Override
  public void settleNames() throws IOException {
    for (Path folder : List.copyOf(unsettled)) {
      if (unsettled.remove(folder) && Files.isDirectory(folder)) {
        force(folder, StandardOpenOption.READ);
      }
    }
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  /** Gathers small writes; the last act is to flush. */
  private static final class FileStream extends OutputStream {
    private final FileChannel channel;
    private final Durability durability;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int used;

    FileStream(FileChannel channel, Durability durability) {
      this.channel = channel;
      this.durability = durability;
    }

    @Override
    public void write(int value) throws IOException {
      if (used == buffer.length) {
        drain();
      }
      buffer[used++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      if (length > buffer.length - used) {
        drain();
      }
      if (length > buffer.length) {
        writeAll(ByteBuffer.wrap(bytes, start, length));
      } else {
        System.arraycopy(bytes, start, buffer, used, length);
        used += length;
      }
    }

    private void drain() throws IOException {
      writeAll(ByteBuffer.wrap(buffer, 0, used));
      used = 0;
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void close() throws IOException {
      if (channel.isOpen()) {
        try (channel) {
          drain();
          if (durability == Durability.POWER) {
            channel.force(true);
          }
        }
      }
    }
  }
}
