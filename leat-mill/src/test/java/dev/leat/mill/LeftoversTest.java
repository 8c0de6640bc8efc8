package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
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
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of an epoch leaves files; the next one removes them. */
final class LeftoversTest {
  private static final Schema SCHEMA = Schema.of(Column.required("id", Type.BIGINT));

  @TempDir Path folder;

  /** Writes to a lake and dies. */
  static final class DyingWriter {
    private DyingWriter() {}

    public static void main(String[] args) throws IOException {
      Lake lake = Lake.open(Path.of(args[0]));
      EpochWriter writer = lake.begin();
      BatchBuilder rows = new BatchBuilder(SCHEMA);
      rows.appendValues(1, 1L);
      writer.apply("left", SCHEMA, rows.build());
      writer.files("left");
      Path first = writer.newDataFile("left", SCHEMA);
      Path parts = Files.createDirectory(first.resolveSibling(first.getFileName() + ".parts"));
      Files.writeString(parts.resolve("data_0.parquet"), "half a fi");
      Runtime.getRuntime().halt(137);
    }
  }

  @Test
  void theNextProcessRemovesThem() throws Exception {
    Folders.write(folder, "leat.yaml", "name: shop\n");
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
    CountDownLatch swept = new CountDownLatch(1);
    MillOptions options =
        quick(what -> {
          if (what.startsWith("Removed 2 files")) {
            swept.countDown();
          }
        });
    Path lake = folder.resolve(".leat/lake");
    try (Workspace workspace = Workspace.open(Folders.read(folder), options)) {
      assertThat(workspace.pullAll()).isEmpty();
      workspace.fill();
    }
    TreeSet<String> before = paths(lake);
    Process dying =
        new ProcessBuilder(Folders.javaCommand(DyingWriter.class, lake.toString()))
            .inheritIO()
            .start();
    assertThat(dying.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(dying.exitValue()).isEqualTo(137);
    assertThat(paths(lake)).hasSizeGreaterThan(before.size() + 2);
    twoHoursPass(lake);
    try (Workspace workspace = Workspace.open(Folders.read(folder), options);
        Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
      mill.start();
      assertThat(swept.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(paths(lake).stream().filter(path -> !path.startsWith("tables/left-2")))
          .containsExactlyElementsOf(before);
      assertThat(paths(lake)).noneMatch(path -> path.contains("parquet") && path.contains("left"));
    }
    Batch answer = Folders.query(Folders.read(folder), "SELECT SUM(price) AS s FROM prices");
    assertThat(answer.longs(0).values()[0]).isEqualTo(4);
  }

  private static MillOptions quick(Progress progress) {
    MillOptions some = MillOptions.DEFAULT;
    return new MillOptions(
        some.stepRows(),
        some.stepRowsMax(),
        some.heldBytesMax(),
        some.snapshotEvery(),
        Duration.ofMillis(10),
        some.clock(),
        some.watch(),
        progress);
  }

  private static TreeSet<String> paths(Path lake) throws IOException {
    TreeSet<String> paths = new TreeSet<>();
    try (Stream<Path> files = Files.walk(lake)) {
      files.forEach(file -> paths.add(lake.relativize(file).toString()));
    }
    return paths;
  }

  private static void twoHoursPass(Path lake) throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    List<Path> all;
    try (Stream<Path> files = Files.walk(lake)) {
      all = files.toList();
    }
    for (Path path : all) {
      Files.setLastModifiedTime(path, then);
    }
  }
}
