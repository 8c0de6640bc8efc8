package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep takes for a leftover, and what not. */
class SweepTest {
  private static final Schema SCHEMA = Schema.of(Column.required("id", Type.BIGINT));
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;

  private final Instant now = Instant.now();

  @BeforeEach
  void anEpochIsThere() {
    try (Lake lake = Lake.open(folder);
        EpochWriter writer = lake.begin()) {
      writer.apply("rows", SCHEMA, row(1));
      writer.commit(now, Map.of());
    }
  }

  private static Batch row(long id) {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    builder.appendValues(1, id);
    return builder.build();
  }

  private Path file(String name, Duration age) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "left");
    return aged(file, age);
  }

  private Path aged(Path path, Duration age) throws IOException {
    return Files.setLastModifiedTime(path, FileTime.from(now.minus(age)));
  }

  @Test
  void leftovers_go_and_what_is_young_or_not_the_lakes_stays() throws Exception {
    Path data = file("tables/rows-1/data/00000002-a.parquet", HOUR);
    Path merged = file("tables/rows-1/data/m-b.parquet", HOUR);
    Path vectors = file("tables/rows-1/data/00000002-c.puffin", HOUR);
    Path metadata = file("tables/gone-2/metadata/00000002-d.metadata.json", HOUR);
    Path manifest = file("tables/rows-1/metadata/e.avro", HOUR);
    String parts = "tables/rows-1/data/00000002-f.parquet.parts";
    file(parts + "/data_0.parquet", HOUR);
    Path partsFolder = aged(folder.resolve(parts), HOUR);
    Path draft = file("epochs/.2-g.draft", HOUR);
    Path young = file("tables/rows-1/data/00000002-h.parquet", Duration.ofMinutes(1));
    Path hint = file("tables/rows-1/metadata/version-hint.text", HOUR);
    Path mine = file("epochs/notes.txt", HOUR);
    try (Lake lake = Lake.open(folder)) {
      assertThat(lake.sweep(Duration.ofMinutes(10), now)).isEqualTo(7);
      assertThat(List.of(data, merged, vectors, metadata, manifest, partsFolder, draft))
          .allSatisfy(path -> assertThat(path).doesNotExist());
      assertThat(List.of(young, hint, mine)).allSatisfy(path -> assertThat(path).exists());
      assertThat(Bags.of(lake.files(lake.newest().orElseThrow(), "rows"))).hasSize(1);
    }
  }

  /** A file that is taken over keeps its time: it may be older than the process. */
  @Test
  void an_old_file_in_the_making_stays() throws Exception {
    try (Lake lake = Lake.open(folder)) {
      Path rows = lake.files(lake.newest().orElseThrow(), "rows").files().getFirst().path();
      try (EpochWriter writer = lake.begin()) {
        Path taken = writer.takeOver("more", SCHEMA, aged(rows, HOUR));
        assertThat(lake.sweep(Duration.ZERO, now)).isZero();
        writer.append("more", SCHEMA, List.of(taken));
        writer.commit(now, Map.of());
      }
      assertThat(lake.sweep(Duration.ZERO, now)).isZero();
      assertThat(Bags.of(lake.files(lake.newest().orElseThrow(), "more"))).hasSize(1);
    }
  }

  @Test
  void a_lake_without_an_epoch_has_nothing_to_sweep() {
    try (Lake lake = Lake.open(folder.resolve("none"))) {
      assertThat(lake.sweep(Duration.ZERO, now)).isZero();
    }
  }
}
