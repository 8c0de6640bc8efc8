package dev.leat.mill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How fresh each epoch was, kept over restarts in {@code .leat/freshness.csv}: when it was
 * published, when the oldest row in it had arrived (both milliseconds since 1970), and whether that
 * row had waited for the project to be started. Losing it loses measurements and nothing else.
 */
public final class FreshnessLog {
  /** What is looked back over. */
  public static final Duration WINDOW = Duration.ofHours(1);

  private static final long BYTES_MAX = 4 << 20;

  private final Path file;

  public FreshnessLog(Path stateFolder) {
    file = stateFolder.resolve("freshness.csv");
  }

  /** One epoch that held rows. */
  public record Measured(Instant published, Instant arrived, boolean waited) {
    Duration age() {
      return Duration.between(arrived, published);
    }
  }

  void add(Measured epoch) throws IOException {
    Files.writeString(
        file,
        epoch.published().toEpochMilli()
            + ","
            + epoch.arrived().toEpochMilli()
            + ","
            + (epoch.waited() ? "waited" : "")
            + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    if (Files.size(file) > BYTES_MAX) {
      forgetOld(epoch.published());
    }
  }

  private void forgetOld(Instant now) throws IOException {
    List<String> kept =
        Files.readAllLines(file).stream()
            .filter(line -> read(line).anyMatch(m -> m.published().isAfter(now.minus(WINDOW))))
            .toList();
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.write(next, kept, StandardCharsets.UTF_8);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What was measured in the hour before. */
  public Freshness lastHour(Instant now) throws IOException {
    if (!Files.exists(file)) {
      return new Freshness(List.of());
    }
    List<Measured> found = new ArrayList<>();
    try (Stream<String> lines = Files.lines(file)) {
      lines
          .flatMap(FreshnessLog::read)
          .filter(m -> m.published().isAfter(now.minus(WINDOW)))
          .forEach(found::add);
    }
    return new Freshness(found);
  }

  /** A line that was cut short by a kill is passed over. */
  private static Stream<Measured> read(String line) {
    String[] parts = line.split(",", -1);
    if (parts.length != 3 || !parts[0].matches("\\d{1,18}") || !parts[1].matches("\\d{1,18}")) {
      return Stream.empty();
    }
    return Stream.of(
        new Measured(
            Instant.ofEpochMilli(Long.parseLong(parts[0])),
            Instant.ofEpochMilli(Long.parseLong(parts[1])),
            parts[2].equals("waited")));
  }
}
