package dev.leat.connect;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the extracts of a table are: the newest in a file each, {@code 00000007.json}, those before
 * them in volumes of so many, {@code 00000000.volume.json}. A table that changes at every look has
 * thousands of extracts a day; only the newest are kept in memory.
 *
 * <p>A volume is there when its file is, which is moved into place; the single files go after that.
 * Only {@link #add} writes: a folder may be read while another process adds to it.
 */
final class Manifests {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path folder;
  private final Flushing flushing;
  private final int volumeSize;
  private final List<Extract> single = new ArrayList<>();
  private long volumes;
  private Optional<Volume> open = Optional.empty();

  /** A volume that was read. */
  private record Volume(long index, List<Extract> extracts) {}

  /**
   * @param volumeSize how many extracts a volume has; always the same for a folder
   */
  Manifests(Path folder, Flushing flushing, int volumeSize) throws IOException {
    this.folder = folder;
    this.flushing = flushing;
    this.volumeSize = volumeSize;
    while (!readSingle()) {
      single.clear(); // made a volume meanwhile
    }
  }

  /** Whether no single file went away while they were read. */
  private boolean readSingle() throws IOException {
    while (Files.exists(volume(volumes))) {
      volumes++;
    }
    try {
      for (long n = next(); Files.exists(file(n)); n++) {
        single.add(read(file(n), 1).getFirst());
      }
      return !Files.exists(volume(volumes));
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private Path file(long number) {
    return file(folder, number);
  }

  private static Path file(Path folder, long number) {
    return folder.resolve("%08d.json".formatted(number));
  }

  private Path volume(long index) {
    return volume(folder, index * volumeSize);
  }

  private static Path volume(Path folder, long first) {
    return folder.resolve("%08d.volume.json".formatted(first));
  }

  /** Whether a folder, which need not be there, has any: then it has the first. */
  static boolean anyIn(Path folder) {
    return Files.exists(file(folder, 0)) || Files.exists(volume(folder, 0));
  }

  /** How many there are: the number the next one will have. */
  synchronized long next() {
    return volumes * volumeSize + single.size();
  }

  synchronized Optional<Extract> newest() {
    return single.isEmpty() ? Optional.empty() : Optional.of(single.getLast());
  }

  synchronized Extract at(long number) {
    long before = volumes * volumeSize;
    return number < before
        ? extracts(number / volumeSize).get((int) (number % volumeSize))
        : single.get((int) (number - before));
  }

  /** All there are, in the order of their numbers. */
  synchronized void forEach(Consumer<Extract> to) {
    for (long index = 0; index < volumes; index++) {
      extracts(index).forEach(to);
    }
    single.forEach(to);
  }

  /** The extracts of a volume; the one that was read last is kept. */
  private List<Extract> extracts(long index) {
    if (open.filter(volume -> volume.index() == index).isEmpty()) {
      try {
        open = Optional.of(new Volume(index, read(volume(index), volumeSize)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return open.orElseThrow().extracts();
  }

  /** Adds the next one, whose own files are there and flushed. */
  synchronized void add(Extract extract) throws IOException {
    write(List.of(extract), file(extract.number()));
    single.add(extract);
    try {
      bind();
    } catch (IOException _) {
      // The extract is there: they are bound when the next one is added.
    }
  }

  /** Makes a volume of the oldest; the newest extract always has a file of its own. */
  private void bind() throws IOException {
    while (single.size() >= 2 * volumeSize) {
      List<Extract> oldest = single.subList(0, volumeSize);
      write(oldest, volume(volumes));
      oldest.clear();
      volumes++;
    }
    long end = volumes * volumeSize;
    if (volumes > 0 && Files.exists(file(end - 1))) { // the last to go, also after a kill
      for (long n = end - volumeSize; n < end; n++) {
        Files.deleteIfExists(file(n));
      }
    }
  }

  private void write(List<Extract> extracts, Path to) throws IOException {
    Path half = folder.resolve("next.json.part");
    try (JsonGenerator json = JSON.createGenerator(half.toFile(), JsonEncoding.UTF8)) {
      for (Extract extract : extracts) {
        extract.write(json);
      }
    }
    flushing.flush(half);
    Files.move(half, to, StandardCopyOption.ATOMIC_MOVE);
    flushing.flush(folder);
  }

  private static List<Extract> read(Path from, int count) throws IOException {
    List<Extract> extracts = new ArrayList<>();
    try (JsonParser json = JSON.createParser(from.toFile())) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        extracts.add(Extract.read(json));
      }
    } catch (JsonProcessingException e) {
      throw damaged(from, e.getOriginalMessage());
    }
    if (extracts.size() != count) {
      throw damaged(from, "it tells of " + extracts.size() + " extracts, not of " + count);
    }
    return extracts;
  }

  /** As a power cut may leave what was not flushed. */
  static LeatException damaged(Path file, String how) {
    return new LeatException(
        Problem.of(
            ErrorCode.LAKE_FAILED,
            "What was staged is not told whole in " + file + ": " + how + ".",
            "Put .leat/staging back as it was; or move .leat away, and everything is taken in"
                + " anew."));
  }
}
