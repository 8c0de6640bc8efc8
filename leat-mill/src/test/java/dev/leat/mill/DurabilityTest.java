package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.log.Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the key {@code durability} brings to the disk, as the JVM saw it being flushed. */
final class DurabilityTest {
  @TempDir Path folder;

  @Test
  void powerFlushesRecordsExtractsAndEpochs() throws Exception {
    TreeSet<String> flushed = flushedBy("power");
    assertThat(flushed)
        .anyMatch(path -> path.matches("log/data/clicks-0/.*\\.log"))
        .anyMatch(path -> path.matches("lake/tables/clicks-1/data/.*\\.parquet"))
        .anyMatch(path -> path.matches("lake/tables/clicks-1/data"))
        .anyMatch(path -> path.matches("lake/tables/total-1/metadata/.*\\.metadata\\.json"))
        .anyMatch(path -> path.matches("lake/tables/prices-1/data/.*\\.parquet"))
        .contains("lake/epochs")
        .anyMatch(path -> path.matches("staging/prices/00000000\\.parquet"))
        .contains("staging/prices", "state")
        .contains("definitions.properties.new", "")
        .anyMatch(path -> path.matches("state/writing-[^/]*/total\\.table"))
        .anyMatch(path -> path.matches("state/writing-[^/]*/positions\\.properties"));
  }

  @Test
  void processFlushesNoneOfThem() throws Exception {
    assertThat(flushedBy("process"))
        .noneMatch(path -> path.startsWith("lake/") || path.startsWith("staging/"))
        .noneMatch(path -> path.startsWith("state"))
        .noneMatch(path -> path.matches("log/data/clicks-0/0+\\.log"));
  }

  private TreeSet<String> flushedBy(String durability) throws Exception {
    Folders.write(
        folder,
        "leat.yaml",
        "name: shop\nprofiles:\n  laptop: {durability: %s}\n".formatted(durability));
    Folders.write(
        folder,
        "sources/web.yaml",
        """
        kind: http
        tables:
          clicks:
            columns: {id: bigint not null}
        """);
    Folders.write(
        folder,
        "sources/lists.yaml",
        """
        kind: files
        path: inbox/*.csv
        tables:
          prices:
            columns: {product: varchar not null, price: bigint not null}
        """);
    Folders.write(folder, "inbox/a.csv", "product,price\ntea,4\n");
    Folders.write(folder, "tables/marts/a/total.sql", "SELECT COUNT(*) AS n FROM clicks");
    Path recorded = folder.resolve("flushes.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
      try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
        workspace
            .log()
            .orElseThrow()
            .append("clicks", List.of(Entry.of("{\"id\": 1}".getBytes(StandardCharsets.UTF_8))))
            .join();
        recording.start();
        assertThat(workspace.pullAll()).isEmpty();
        workspace
            .log()
            .orElseThrow()
            .append("clicks", List.of(Entry.of("{\"id\": 2}".getBytes(StandardCharsets.UTF_8))))
            .join();
        try (Mill mill = workspace.mill(workspace.fill())) {
          mill.start();
        }
        recording.stop();
      }
      recording.dump(recorded);
    }
    Path state = folder.resolve(".leat").toAbsolutePath().normalize();
    TreeSet<String> paths = new TreeSet<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(recorded)) {
      Path path = Path.of(event.getString("path")).toAbsolutePath().normalize();
      if (path.startsWith(state)) {
        paths.add(state.relativize(path).toString());
      }
    }
    return paths;
  }
}
