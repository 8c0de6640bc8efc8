package dev.leat.mill;

import dev.leat.connect.Flushing;
import dev.leat.data.Position;
import dev.leat.engine.Circuit.Frozen;
import dev.leat.model.Project;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * State snapshots on disk: a folder an epoch, a file a part, and the positions it was made from.
 * Each of them carries a checksum. A snapshot is a cache: losing one, or finding it damaged, costs
 * time and nothing else.
 */
final class Snapshots {
  private static final String POSITIONS = "positions.properties";
  private static final String CHECKSUM = "#crc32c="; // to Properties it is a comment

  /** One snapshot: state as it was at an epoch, and how far every input had been read. */
  record Snapshot(long epoch, Path folder, SortedMap<String, Position> positions) {

    boolean has(String part) {
      return Files.exists(folder.resolve(part));
    }

    /** Opens a part; empty when the snapshot does not hold it. */
    Optional<InputStream> open(String part) throws IOException {
      Path file = folder.resolve(part);
      return Files.exists(file)
          ? Optional.of(new BufferedInputStream(Files.newInputStream(file), 1 << 20))
          : Optional.empty();
    }
  }

  private final Path folder;
  private final Flushing flushing;

  Snapshots(Project project) {
    folder = project.stateFolder().resolve("state");
    flushing = new Flushing(project.profile().durability());
  }

  /**
   * Writes a snapshot whole or not at all, then removes the others.
   *
   * @param rest see {@link PacedOutput}
   */
  void write(
      long epoch,
      Map<String, Position> positions,
      Map<String, Frozen> parts,
      Consumer<Duration> rest)
      throws IOException {
    Files.createDirectories(folder);
    Path target = folder.resolve(name(epoch));
    Path temporary = Files.createTempDirectory(folder, "writing-");
    try {
      writeParts(temporary, positions, parts, rest);
      remove(target);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(temporary); // still there when it came to nothing: a full disk needs the room
    }
    flushing.flush(folder);
    for (Path other : list()) {
      if (!other.equals(target)) {
        remove(other);
      }
    }
  }

  private void writeParts(
      Path temporary,
      Map<String, Position> positions,
      Map<String, Frozen> parts,
      Consumer<Duration> rest)
      throws IOException {
    for (Map.Entry<String, Frozen> part : parts.entrySet()) {
      Path file = temporary.resolve(part.getKey());
      try (OutputStream out =
          new PacedOutput(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20), rest)) {
        part.getValue().write(out);
      }
      flushing.flush(file);
    }
    Path last = temporary.resolve(POSITIONS);
    writePositions(last, positions);
    flushing.flush(last);
    flushing.flush(temporary);
  }

  /** The epochs, up to one, of which there are snapshots; the newest first. */
  List<Long> upTo(long epoch) throws IOException {
    return list().stream()
        .map(path -> path.getFileName().toString())
        .filter(name -> name.matches("\\d{12}"))
        .map(Long::valueOf)
        .filter(number -> number <= epoch)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Removes all snapshots. */
  void discard() {
    try {
      for (Path snapshot : list()) {
        remove(snapshot);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes the snapshots of epochs that the lake has not, or not any more: the next epochs have
   * their numbers, and other rows.
   */
  void discardAfter(long epoch) {
    try {
      for (long number : upTo(Long.MAX_VALUE)) {
        if (number > epoch) {
          remove(folder.resolve(name(number)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The snapshot of an epoch.
   *
   * @throws IOException when it is not whole
   */
  Snapshot read(long epoch) throws IOException {
    Path path = folder.resolve(name(epoch));
    return new Snapshot(epoch, path, readPositions(path.resolve(POSITIONS)));
  }

  private List<Path> list() throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        entries.forEach(found::add);
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    return found;
  }

  private static String name(long epoch) {
    return String.format("%012d", epoch);
  }

  private static void writePositions(Path file, Map<String, Position> positions)
      throws IOException {
    Properties properties = new Properties();
    positions.forEach((source, position) ->
        position
            .offsets()
            .forEach((partition, offset) ->
                properties.setProperty(source + "/" + partition, offset.toString())));
    StringWriter text = new StringWriter();
    properties.store(text, null);
    Files.writeString(file, text + mark(text.toString()));
  }

  /** The line after the positions: without it, a file that was cut off has none to be read from. */
  private static String mark(String text) {
    CRC32C checksum = new CRC32C();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return CHECKSUM + Long.toHexString(checksum.getValue()) + "\n";
  }

  private static SortedMap<String, Position> readPositions(Path file) throws IOException {
    String text = Files.readString(file);
    String positionLines = text.substring(0, Math.max(0, text.lastIndexOf(CHECKSUM)));
    if (!text.equals(positionLines + mark(positionLines))) {
      throw new IOException(file + " is not what was written");
    }
    Properties properties = new Properties();
    properties.load(new StringReader(positionLines));
    SortedMap<String, SortedMap<Integer, Long>> offsets = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      int slash = key.lastIndexOf('/');
      offsets
          .computeIfAbsent(key.substring(0, slash), _ -> new TreeMap<>())
          .put(
              Integer.valueOf(key.substring(slash + 1)), Long.valueOf(properties.getProperty(key)));
    }
    SortedMap<String, Position> positions = new TreeMap<>();
    offsets.forEach((source, byPartition) -> positions.put(source, new Position(byPartition)));
    return positions;
  }

  /** Takes a folder away under its name first: half of a snapshot is never taken for one. */
  private void remove(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Path old = Files.createTempDirectory(folder, "old-");
    Files.move(path, old.resolve("state"), StandardCopyOption.ATOMIC_MOVE);
    delete(old);
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> paths = Files.walk(tree)) {
        for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
      }
    }
  }
}
