package dev.leat.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The epoch files of a lake: the catalog. Publishing one is what makes an epoch. */
final class EpochFiles {
  private static final Logger LOG = LoggerFactory.getLogger(EpochFiles.class);
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final Disk disk;
  private volatile @Nullable Epoch newestSeen;

  EpochFiles(Path root, Disk disk) {
    this.folder = root.resolve("epochs");
    this.disk = disk;
  }

  /**
   * Looks for the successor of the newest epoch seen so far. Epochs are let go oldest first, so as
   * long as that one is there, so are all that follow it.
   */
  Optional<Epoch> newest() {
    Epoch seen = newestSeen;
    if (seen == null || !Files.exists(file(seen.number()))) {
      List<Long> numbers = numbers();
      if (numbers.isEmpty()) {
        return Optional.empty();
      }
      Optional<Epoch> last = read(numbers.getLast());
      if (last.isEmpty()) {
        return newest(); // let go between the look and the read: there are newer ones
      }
      seen = last.get();
    }
    long number = seen.number();
    while (Files.exists(file(number + 1))) {
      number++;
    }
    if (number != seen.number()) {
      seen = read(number).orElse(seen);
    }
    newestSeen = seen;
    return Optional.of(seen);
  }

  Optional<Epoch> read(long number) {
    Path file = file(number);
    try {
      return Optional.of(Json.readEpoch(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw LakeFailure.of("reading", file, e);
    }
  }

  /** An epoch that must be there. */
  Epoch kept(long number) {
    Path file = file(number);
    return read(number)
        .orElseThrow(
            () -> LakeFailure.of("reading", file, new NoSuchFileException(file.toString())));
  }

  List<Long> numbers() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Long> numbers = new ArrayList<>();
      files
          .map(f -> f.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
          .forEach(name ->
              numbers.add(Long.valueOf(name.substring(0, name.length() - SUFFIX.length()))));
      numbers.sort(null);
      return numbers;
    } catch (IOException e) {
      throw LakeFailure.of("listing", folder, e);
    }
  }

  /** Makes the epoch visible: wholly, or not at all. */
  void publish(Epoch epoch) {
    Path name = file(epoch.number());
    Path draft = folder.resolve("." + epoch.number() + "-" + UUID.randomUUID() + ".draft");
    try {
      try (OutputStream out = disk.create(draft)) {
        out.write(Json.write(epoch));
      }
      disk.settleNames();
      link(draft, name);
    } catch (FileAlreadyExistsException e) {
      throw LakeFailure.conflict(epoch.number());
    } catch (IOException e) {
      throw LakeFailure.of("writing", name, e);
    } finally {
      deleteQuietly(draft);
    }
    newestSeen = epoch;
    settleQuietly();
  }

  /** An error while linking may come after the link was made: then the epoch is published. */
  private void link(Path draft, Path name) throws IOException {
    try {
      disk.link(draft, name);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      if (!Files.exists(name) || Files.mismatch(draft, name) != -1) {
        throw e;
      }
      LOG.warn("Published {} in spite of {}", name, e.toString());
    }
  }

  private void settleQuietly() {
    try {
      disk.settleNames();
    } catch (IOException e) {
      LOG.warn("An epoch is published but may not survive a power cut: {}", e.toString());
    }
  }

  private void deleteQuietly(Path file) {
    try {
      disk.delete(file);
    } catch (IOException e) {
      LOG.warn("{} stays behind: {}", file, e.toString());
    }
  }

  void delete(long number) throws IOException {
    disk.delete(file(number));
  }

  private Path file(long number) {
    return folder.resolve(String.format(Locale.ROOT, "%012d%s", number, SUFFIX));
  }
}
