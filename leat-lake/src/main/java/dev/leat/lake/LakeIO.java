package dev.leat.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** Iceberg's and Parquet's way to the {@link Disk}. Remembers what it made, to undo it. */
final class LakeIO implements FileIO {
  private static final long serialVersionUID = 1L;

  private final transient Disk disk;
  private final transient Set<Path> created = ConcurrentHashMap.newKeySet();

  LakeIO(Disk disk) {
    this.disk = disk;
  }

  /** A new file that is deleted again if the epoch does not come about. */
  OutputStream create(Path file) throws IOException {
    created.add(file);
    return disk.create(file);
  }

  /** A file that somebody else writes, under the same rule. */
  void adopt(Path file) {
    created.add(file);
  }

  Disk disk() {
    return disk;
  }

  Set<Path> created() {
    return created;
  }

  @Override
  public InputFile newInputFile(String location) {
    return Files.localInput(location);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return new IcebergOutput(this, location);
  }

  @Override
  public void deleteFile(String location) {
    try {
      disk.delete(Path.of(location));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record IcebergOutput(LakeIO io, String location) implements OutputFile {
    @Override
    public PositionOutputStream create() {
      try {
        return new IcebergStream(io.create(Path.of(location)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      return create();
    }

    @Override
    public InputFile toInputFile() {
      return Files.localInput(location);
    }
  }

  private static final class IcebergStream extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    IcebergStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      position++;
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      out.write(bytes, start, length);
      position += length;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** The same for Parquet's own writer. */
  record ParquetFile(LakeIO io, Path path) implements org.apache.parquet.io.OutputFile {
    @Override
    public org.apache.parquet.io.PositionOutputStream create(long blockSizeHint)
        throws IOException {
      return new ParquetStream(io.create(path));
    }

    @Override
    public org.apache.parquet.io.PositionOutputStream createOrOverwrite(long blockSizeHint)
        throws IOException {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }

    @Override
    public String getPath() {
      return path.toString();
    }
  }

  private static final class ParquetStream extends org.apache.parquet.io.PositionOutputStream {
    private final OutputStream out;
    private long position;

    ParquetStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      position++;
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      out.write(bytes, start, length);
      position += length;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
