package dev.leat.lake;

import dev.leat.model.Durability;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The real file system. */
final class LocalDisk implements Disk {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Durability durability;
  private final Path top;
  private final Set<Path> known = ConcurrentHashMap.newKeySet();
  private final Set<Path> unsettled = ConcurrentHashMap.newKeySet();

  /**
   * @param root of what is written: its own name is made as durable as what is in it
   */
  LocalDisk(Durability durability, Path root) {
    this.durability = durability;
    this.top = top(root.toAbsolutePath().normalize());
  }

  /** The folder that holds the first name which may be new. */
  private static Path top(Path root) {
    Path below = root;
    for (Path folder = root.getParent(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder)) {
        return Files.isReadable(folder) ? folder : below;
      }
      below = folder;
    }
    return below;
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
      Files.createDirectories(folder);
      return openChannel(file);
    }
  }

  private static FileChannel openChannel(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * A folder in which there is a new name. When it is met first, those above it may have new names
   * too: whoever made it, in this process or in one that was killed.
   */
  private void noteFolder(@Nullable Path folder) {
    if (folder != null && durability == Durability.POWER) {
      unsettled.add(folder);
      if (known.add(folder) && folder.startsWith(top) && !folder.equals(top)) {
        noteFolder(folder.getParent());
      }
    }
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException e) {
      if (Files.exists(name)) {
        throw e; // the link may have been made all the same
      }
      copy(file, name);
    }
    noteFolder(name.toAbsolutePath().getParent());
  }

  /** For file systems without links, and for files of another: under the name once it is whole. */
  private void copy(Path file, Path name) throws IOException {
    Path draft = name.resolveSibling("." + name.getFileName() + "-" + UUID.randomUUID() + ".draft");
    try {
      Files.copy(file, draft);
      settle(draft);
      Files.move(draft, name, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
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
        settleName(folder);
      }
    }
  }

  private void settleName(Path folder) throws IOException {
    try {
      force(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      unsettled.add(folder); // the next epoch needs it as much
      throw e;
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
