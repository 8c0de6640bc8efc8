package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.Durability;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is on the disk when its name is, and the names of all folders it is in. */
class LakePowerTest {
  private static final Schema SCHEMA = Schema.of(Column.required("id", Type.BIGINT));

  @TempDir Path folder;

  @Test
  void folders_are_flushed_that_were_made_for_a_file_that_another_writes() throws Exception {
    assertThat(flushed()).contains(everyFolder());
  }

  @Test
  void folders_are_flushed_that_a_killed_process_made() throws Exception {
    Files.createDirectories(folder.resolve("state/lake/tables/rows-1/data"));
    assertThat(flushed()).contains(everyFolder());
  }

  private String[] everyFolder() {
    return new String[] {
      "state",
      "state/lake",
      "state/lake/epochs",
      "state/lake/tables",
      "state/lake/tables/rows-1",
      "state/lake/tables/rows-1/data",
      "state/lake/tables/rows-1/metadata"
    };
  }

  /** What the JVM flushes while a first epoch is published, of a file that is taken over. */
  private TreeSet<String> flushed() throws Exception {
    Path recorded = folder.resolve("flushes.jfr");
    LakeOptions options = LakeOptions.DEFAULT.withDurability(Durability.POWER);
    try (Recording recording = new Recording();
        Lake lake = Lake.open(folder.resolve("state/lake"), options)) {
      recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
      recording.start();
      try (EpochWriter writer = lake.begin()) {
        Path file = writer.newDataFile("rows", SCHEMA);
        write(file);
        writer.append("rows", SCHEMA, List.of(file));
        writer.commit(Instant.EPOCH, Map.of());
      }
      recording.stop();
      recording.dump(recorded);
    }
    TreeSet<String> flushed = new TreeSet<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(recorded)) {
      Path path = Path.of(event.getString("path")).toAbsolutePath().normalize();
      if (path.startsWith(folder)) {
        flushed.add(folder.relativize(path).toString());
      }
    }
    return flushed;
  }

  private void write(Path file) throws IOException {
    BatchBuilder rows = new BatchBuilder(SCHEMA);
    rows.appendValues(1, 1L);
    Batch batch = rows.build();
    LakeIO io = new LakeIO(new LocalDisk(Durability.PROCESS, folder));
    try (ParquetOutput out =
        new ParquetOutput(io, file, SCHEMA, List.of(1), ParquetOutput.Storage.PLAIN)) {
      out.write(batch, 0, 1);
    }
  }
}
