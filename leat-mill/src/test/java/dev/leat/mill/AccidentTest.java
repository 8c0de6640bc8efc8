package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.model.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mill that meets what nobody foresaw says so, publishes nothing more, and loses nothing. */
final class AccidentTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Boundary.class,
      names = {"STEPPED", "WRITTEN"})
  void isToldAndPublishesNothingMore(Boundary at) throws Exception {
    Folders.write(folder, "leat.yaml", "name: shop\nepoch: {every: 20ms}\n");
    Folders.write(
        folder,
        "sources/web.yaml",
        """
        kind: http
        tables:
          clicks:
            columns: {id: bigint not null}
        """);
    Folders.write(folder, "tables/marts/a/total.sql", "SELECT COUNT(*) AS n FROM clicks");
    MillOptions options =
        MillOptions.DEFAULT.withWatch(boundary -> {
          if (boundary == at) {
            throw new AssertionError("an accident");
          }
        });
    try (Workspace workspace = Workspace.open(Folders.read(folder), options)) {
      Filled filled = workspace.fillWhatIsNew();
      long epoch = workspace.lake().newest().orElseThrow().number();
      try (Mill mill = workspace.mill(filled)) {
        mill.start();
        append(workspace.log().orElseThrow(), 0);
        assertThat(awaitTrouble(mill)).contains("The mill stopped", "an accident");
        append(workspace.log().orElseThrow(), 3);
        Thread.sleep(100);
        assertThat(awaitTrouble(mill)).contains("The mill stopped");
      }
      assertThat(workspace.lake().newest().orElseThrow().number()).isEqualTo(epoch);
    }
    try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
      workspace.fill();
    }
    assertThat(Folders.query(Folders.read(folder), "SELECT n FROM total").longs(0).values()[0])
        .isEqualTo(6);
  }

  private static void append(Log log, int from) {
    List<Entry> entries =
        IntStream.range(from, from + 3)
            .mapToObj(id -> "{\"id\": " + id + "}")
            .map(json -> Entry.of(json.getBytes(StandardCharsets.UTF_8)))
            .toList();
    log.append("clicks", entries).join();
  }

  private static String awaitTrouble(Mill mill) throws InterruptedException {
    while (true) {
      Optional<Problem> trouble = mill.status().sources().getFirst().trouble();
      if (trouble.isPresent()) {
        return trouble.get().toString();
      }
      Thread.sleep(10);
    }
  }
}
