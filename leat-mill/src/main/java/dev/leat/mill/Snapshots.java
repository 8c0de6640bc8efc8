package dev.leat.mill;

import dev.leat.data.Position;
import dev.leat.engine.Circuit.Frozen;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
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

/**
 * State snapshots on disk: a folder an epoch, a file a part. A snapshot is a cache: losing one, or
 * finding it damaged, costs time and nothing else.
 */
final class Snapshots {
  private static final String POSITIONS = "positions.properties";

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

  Snapshots(Path stateFolder) {
    folder = stateFolder.resolve("state");
  }

  /**
   * Writes a snapshot whole or not at all, then removes the older ones.
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
    Path temporary = Files.createTempDirectory(folder, "writing-");
    for (Map.Entry<String, Frozen> part : parts.entrySet()) {
      try (OutputStream out =
          new PacedOutput(
              new BufferedOutputStream(
                  Files.newOutputStream(temporary.resolve(part.getKey())), 1 << 20),
              rest)) {
        part.getValue().write(out);
      }
    }
    writePositions(temporary.resolve(POSITIONS), positions);
    Path target = folder.resolve(name(epoch));
    delete(target);
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    for (Path other : list()) {
      if (!other.equals(target)) {
        delete(other);
      }
    }
  }

  /** The newest snapshot at or before an epoch. */
  Optional<Snapshot> newest(long atMostEpoch) {
    return list().stream()
        .filter(path -> path.getFileName().toString().matches("\\d+"))
        .filter(path -> epoch(path) <= atMostEpoch)
        .max(Comparator.comparingLong(Snapshots::epoch))
        .map(path -> new Snapshot(epoch(path), path, readPositions(path.resolve(POSITIONS))));
  }

  /** Removes all snapshots. */
  void discard() {
    try {
      for (Path snapshot : list()) {
        delete(snapshot);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> list() {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        entries.forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  private static String name(long epoch) {
    return String.format("%012d", epoch);
  }

  private static long epoch(Path snapshot) {
    return Long.parseLong(snapshot.getFileName().toString());
  }

  private static void writePositions(Path file, Map<String, Position> positions)
      throws IOException {
    Properties properties = new Properties();
    positions.forEach((source, position) ->
        position
            .offsets()
            .forEach((partition, offset) ->
                properties.setProperty(source + "/" + partition, offset.toString())));
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
  }

  private static SortedMap<String, Position> readPositions(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
