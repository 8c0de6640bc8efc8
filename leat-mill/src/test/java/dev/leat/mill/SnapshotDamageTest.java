package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saved state that is not whole costs time and nothing else. */
final class SnapshotDamageTest {
  @TempDir Path folder;
  private Connection database;
  private long rows;

  @BeforeEach
  void project() throws SQLException {
    String url = "jdbc:hsqldb:mem:" + folder.getFileName();
    database = DriverManager.getConnection(url, "SA", "");
    run("CREATE TABLE clicks (id BIGINT PRIMARY KEY, kind VARCHAR(9))");
    Folders.write(folder, "leat.yaml", "name: saved\nepoch: {every: 20ms}\n");
    Folders.write(
        folder,
        "sources/shop.yaml",
        """
        kind: jdbc
        url: %s
        user: SA
        tables:
          clicks:
            table: CLICKS
            key: [id]
            every: 50ms
            columns: {id: bigint not null, kind: varchar not null}
        """
            .formatted(url));
    Folders.write(
        folder, "tables/marts/a/clicked.sql", "SELECT kind, COUNT(*) AS n FROM clicks GROUP BY 1");
    Folders.write(
        folder, "tables/marts/a/most.sql", "SELECT kind FROM clicked ORDER BY n DESC LIMIT 1");
  }

  @AfterEach
  void shutDown() throws SQLException {
    run("SHUTDOWN");
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Takes a row in and stops; how the state had come back before. */
  private Recovery.Way live() throws Exception {
    Recovery.Way way;
    try (Running running = new Running(Folders.read(folder))) {
      way = running.mill.recoveredBy();
      run("INSERT INTO clicks VALUES (%d, 'kind%d')".formatted(rows, rows % 2));
      rows++;
      running.awaitRows("clicks", rows);
    }
    Folders.proven(folder);
    return way;
  }

  private Path state() {
    return folder.resolve(".leat/state");
  }

  private List<Path> in(Path place) throws IOException {
    try (Stream<Path> entries = Files.list(place)) {
      return entries.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private Path newest() throws IOException {
    return in(state()).getFirst();
  }

  private static void cut(Path file, int length) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes.length).isGreaterThan(length);
    Files.write(file, Arrays.copyOf(bytes, length));
  }

  private void damaged(Damage damage) throws Exception {
    damage.to(newest());
    assertThat(live()).isEqualTo(Recovery.Way.REBUILT);
  }

  private interface Damage {
    void to(Path snapshot) throws IOException;
  }

  @Test
  void positionsThatNeverReachedTheDisk() throws Exception {
    live();
    damaged(snapshot -> cut(snapshot.resolve("positions.properties"), 0));
    damaged(snapshot -> {
      Path file = snapshot.resolve("positions.properties");
      cut(file, Files.readString(file).indexOf("clicks"));
    });
    assertThat(live()).isEqualTo(Recovery.Way.SNAPSHOT);
  }

  @Test
  void aSnapshotThatWasHalfDeleted() throws Exception {
    live();
    damaged(snapshot -> Files.delete(snapshot.resolve("positions.properties")));
    damaged(snapshot -> cut(snapshot.resolve("clicked.table"), 9));
    Files.delete(newest().resolve("clicked.table"));
    assertThat(live()).as("one part from the lake").isEqualTo(Recovery.Way.SNAPSHOT);
    assertThat(live()).isEqualTo(Recovery.Way.SNAPSHOT);
  }

  /** Killed before the older one was removed. */
  @Test
  void theNextOlderIsUsed() throws Exception {
    live();
    Path older = newest();
    Path kept = folder.resolve("kept");
    Folders.copy(older, kept);
    live();
    Files.delete(newest().resolve("positions.properties"));
    Folders.copy(kept, older);
    assertThat(live()).isEqualTo(Recovery.Way.SNAPSHOT_AND_REPLAY);
    assertThat(in(state())).as("only the last is kept").hasSize(1);
  }

  /** The keys of one stream are back when those of the other turn out to be missing. */
  @Test
  void theNextOlderIsUsedForTheKeysOfStreamsToo() throws Exception {
    Folders.write(
        folder,
        "sources/shop.yaml",
        """
        kind: http
        tables:
          clicks: {key: [id], columns: {id: bigint not null, kind: varchar not null}}
          views: {key: [id], columns: {id: bigint not null}}
        """);
    clicked("{\"id\": 1, \"kind\": \"a\"}");
    Path older = newest();
    Path kept = folder.resolve("kept");
    Folders.copy(older, kept);
    clicked("{\"id\": 2, \"kind\": \"a\"}");
    Files.delete(newest().resolve("views.keys"));
    Folders.copy(kept, older);
    assertThat(clicked("{\"id\": 3, \"kind\": \"a\"}")).isEqualTo(Recovery.Way.SNAPSHOT_AND_REPLAY);
  }

  private Recovery.Way clicked(String event) throws Exception {
    Recovery.Way way;
    try (Running running = new Running(Folders.read(folder))) {
      way = running.mill.recoveredBy();
      running.append("clicks", List.of(event));
      rows++;
      running.awaitRows("clicks", rows);
    }
    Folders.proven(folder);
    return way;
  }

  @Test
  void whatCouldNotBeSavedLeavesNothing() throws Exception {
    Snapshots snapshots = new Snapshots(Folders.read(folder));
    assertThatThrownBy(() ->
            snapshots.write(
                1,
                Map.of(),
                Map.of(
                    "clicked.table",
                    out -> {
                      out.write(new byte[1_000]);
                      throw new IOException("no space left");
                    }),
                _ -> {}))
        .hasMessage("no space left");
    assertThat(in(state())).isEmpty();
  }

  /**
   * Saved again at the same epoch; what a killed process was about to remove is in nobody's way.
   */
  @Test
  void aStopWithNothingNew() throws Exception {
    live();
    Path saved = newest();
    Files.createDirectory(state().resolve("writing-1"));
    Files.createDirectories(state().resolve("old-1").resolve("state"));
    try (Running running = new Running(Folders.read(folder))) {
      assertThat(running.mill.recoveredBy()).isEqualTo(Recovery.Way.SNAPSHOT);
    }
    assertThat(in(state())).containsExactly(saved);
    assertThat(live()).isEqualTo(Recovery.Way.SNAPSHOT);
  }
}
