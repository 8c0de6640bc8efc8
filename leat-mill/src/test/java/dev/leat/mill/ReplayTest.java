package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.log.Entry;
import dev.leat.model.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were in quarantine, sent in again: what is counted, and that none is ever lost. */
final class ReplayTest {
  private static final String GOOD = "{\"id\": 1, \"amount\": 5}";
  private static final String WORD = "{\"id\": 2, \"amount\": \"many\"}";
  private static final String MISSING = "{\"id\": 3}";

  @TempDir Path folder;

  @BeforeEach
  void project() throws IOException {
    Folders.write(folder, "leat.yaml", "name: shop\n");
    Folders.write(
        folder,
        "sources/web.yaml",
        """
        kind: http
        tables:
          clicks:
            columns: {id: bigint not null, amount: bigint not null}
            key: [id]
        """);
    Folders.write(
        folder,
        "tables/marts/a/total.sql",
        "SELECT COUNT(*) AS n, SUM(amount) AS amount FROM clicks");
  }

  private Workspace open() {
    return Workspace.open(Folders.read(folder), MillOptions.DEFAULT);
  }

  private static void append(Workspace workspace, String... events) {
    List<Entry> entries = Arrays.stream(events).map(event -> Entry.of(bytes(event))).toList();
    workspace.log().orElseThrow().append("clicks", entries).join();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> quarantined() {
    Batch ids = Folders.query(read(), "SELECT id FROM leat_quarantine ORDER BY id");
    List<String> found = new ArrayList<>();
    for (int row = 0; row < ids.size(); row++) {
      found.add(ids.bytes(0).string(row));
    }
    return found;
  }

  private void awaitEmptyQuarantine() {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!quarantined().isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(50_000_000);
    }
    assertThat(quarantined()).isEmpty();
  }

  private Project read() {
    return Folders.read(folder);
  }

  private void totalIs(long count, long amount) {
    Batch total = Folders.query(read(), "SELECT n, amount FROM total");
    assertThat(total.longs(0).values()[0]).as("count").isEqualTo(count);
    assertThat(total.longs(1).values()[0]).as("amount").isEqualTo(amount);
    assertThat(Proofs.of(read(), List.of()).values()).allMatch(proof -> proof.equal());
  }

  @Test
  void aCorrectedRowIsCountedAndGone() {
    try (Workspace workspace = open()) {
      append(workspace, GOOD, WORD, MISSING);
      workspace.fill();
      assertThat(quarantined()).containsExactly("clicks:0:1", "clicks:0:2");
      new QuarantineDesk(workspace).correct("clicks:0:1", bytes("{\"id\": 2, \"amount\": 7}\n"));
      workspace.fill();
    }
    assertThat(quarantined()).containsExactly("clicks:0:2");
    totalIs(2, 12);
  }

  @Test
  void aRowThatIsStillBadChangesNothing() {
    try (Workspace workspace = open()) {
      append(workspace, GOOD, WORD, MISSING);
      workspace.fill();
      long epoch = workspace.lake().newest().orElseThrow().number();
      QuarantineDesk desk = new QuarantineDesk(workspace);

      assertThatThrownBy(() -> desk.replay(List.of("clicks:0:2", "clicks:0:1")))
          .hasMessageContaining("LEAT-3002 clicks:0:1 still breaks its contract: amount")
          .hasMessageContaining("LEAT-3002 clicks:0:2 still breaks its contract: amount");
      assertThatThrownBy(() -> desk.correct("clicks:0:1", bytes("no JSON")))
          .hasMessageContaining("LEAT-3002");
      assertThatThrownBy(() -> desk.replay(List.of("clicks:0:1", "clicks:0:9")))
          .hasMessageContaining("LEAT-1005")
          .hasMessageContaining("clicks:0:9");

      assertThat(workspace.fill().epoch()).as("nothing was staged").isEmpty();
      assertThat(workspace.lake().newest().orElseThrow().number()).isEqualTo(epoch);
    }
    assertThat(quarantined()).containsExactly("clicks:0:1", "clicks:0:2");
    totalIs(1, 5);
  }

  @Test
  void whenTheContractIsCorrectedRowsGoInAsTheyCame() throws IOException {
    try (Workspace workspace = open()) {
      append(workspace, GOOD, MISSING, "{\"id\": 4}");
      workspace.fill();
    }
    Folders.write(
        folder,
        "sources/web.yaml",
        """
        kind: http
        tables:
          clicks:
            columns: {id: bigint not null, amount: bigint}
            key: [id]
        """);
    try (Workspace workspace = open()) {
      new QuarantineDesk(workspace).replay(List.of("clicks:0:1", "clicks:0:2"));
      workspace.fill();
    }
    assertThat(quarantined()).isEmpty();
    totalIs(3, 5);
  }

  /** Killed after it was staged: the next start finishes it, and asking again adds nothing. */
  @Test
  void cutShortAndAskedForAgainARowCountsOnce() throws IOException {
    Folders.write(
        folder,
        "sources/web.yaml",
        """
        kind: http
        tables:
          clicks:
            columns: {id: bigint not null, amount: bigint not null}
        """);
    byte[] corrected = bytes("{\"id\": 2, \"amount\": 7}");
    try (Workspace workspace = open()) {
      append(workspace, GOOD, WORD);
      workspace.fill();
      new QuarantineDesk(workspace).correct("clicks:0:1", corrected);
    }
    assertThat(quarantined()).as("no epoch yet").containsExactly("clicks:0:1");
    try (Workspace workspace = open()) {
      new QuarantineDesk(workspace).correct("clicks:0:1", corrected);
      new QuarantineDesk(workspace).drop(List.of("clicks:0:1"));
      workspace.fill();
      workspace.fill();
    }
    assertThat(quarantined()).isEmpty();
    totalIs(2, 12);
  }

  /** And one whose key is there adds nothing, before and after the mill's state came back. */
  @Test
  void aRunningMillTakesThemInAndARestartGoesOn() {
    try (Workspace workspace = open()) {
      append(workspace, GOOD, WORD, MISSING, "{\"id\": 9, \"amount\": []}");
      try (Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
        mill.start();
        QuarantineDesk desk = new QuarantineDesk(workspace);
        desk.correct("clicks:0:1", bytes("{\"id\": 2, \"amount\": 7}"));
        desk.correct("clicks:0:2", bytes("{\"id\": 1, \"amount\": 1000}"));
        desk.drop(List.of("clicks:0:3"));
        awaitEmptyQuarantine();
      }
    }
    try (Workspace workspace = open();
        Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
      append(workspace, "{\"id\": 2, \"amount\": 100}", "{\"id\": 4, \"amount\": 1}");
      mill.start();
    }
    try (Workspace workspace = open()) {
      workspace.fill(); // what was appended as the mill stopped
    }
    assertThat(quarantined()).isEmpty();
    totalIs(3, 13);
  }

  /** State saved before a replay: the order of topic and replay is not in the positions. */
  @Test
  void stateFromBeforeAReplayIsRebuilt() throws IOException {
    try (Workspace workspace = open()) {
      append(workspace, GOOD, WORD);
      try (Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
        mill.start();
      }
    }
    Path saved = folder.resolve(".leat/state");
    Path kept = folder.resolve("kept");
    Folders.copy(saved, kept);
    try (Workspace workspace = open()) {
      try (Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
        mill.start();
        new QuarantineDesk(workspace).correct("clicks:0:1", bytes("{\"id\": 2, \"amount\": 7}"));
        awaitEmptyQuarantine();
      }
    }
    Files.move(saved, folder.resolve("newer"));
    Folders.copy(kept, saved);
    try (Workspace workspace = open();
        Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
      assertThat(mill.recoveredBy()).isEqualTo(Recovery.Way.REBUILT);
      append(workspace, "{\"id\": 2, \"amount\": 100}");
      mill.start();
    }
    assertThat(quarantined()).isEmpty();
    totalIs(2, 12);
  }

  @Test
  void rowsOfFilesGoInAsLinesOrAsJson() throws IOException {
    Folders.write(
        folder,
        "sources/lists.yaml",
        """
        kind: files
        path: inbox/*
        tables:
          prices:
            columns: {product: varchar not null, price: bigint not null}
        """);
    Folders.write(
        folder, "tables/marts/a/sums.sql", "SELECT COUNT(*) AS n, SUM(price) AS p FROM prices");
    Folders.write(folder, "inbox/a.csv", "price;product\n4;tea\nmuch;coffee\n;milk\nx;y\n");
    Folders.write(folder, "inbox/b.csv", "cost,product\n5,salt\n");
    try (Workspace workspace = open()) {
      workspace.pullAll(); // tells that b.csv cannot be read
      workspace.fill();
      assertThat(quarantined())
          .containsExactly("prices:0:1", "prices:0:2", "prices:0:3", "prices:1:0");
      QuarantineDesk desk = new QuarantineDesk(workspace);
      assertThatThrownBy(() -> desk.replay(quarantined()))
          .hasMessageContaining("prices:0:1 still breaks its contract: price: expected BIGINT")
          .hasMessageContaining("prices:1:0 still breaks its contract: it has no column price");
      assertThatThrownBy(() -> desk.correct("prices:0:1", bytes("")))
          .hasMessageContaining("there is no row in it");
      desk.correct("prices:0:1", bytes("6;coffee\n"));
      desk.correct("prices:0:2", bytes("{\"product\": \"milk\", \"price\": 2}"));
      desk.correct("prices:1:0", bytes("price,product\n5,salt\n7,\"sea, salt\"\n"));
      desk.drop(List.of("prices:0:3"));
      workspace.fill();
      assertThat(workspace.pullAll()).as("the file is not taken again").isEmpty();
      assertThat(workspace.fill().epoch()).isEmpty();
    }
    assertThat(quarantined()).isEmpty();
    sumIs(5, 24);
  }

  private void sumIs(long count, long sum) {
    Batch total = Folders.query(read(), "SELECT n, p FROM sums");
    assertThat(total.longs(0).values()[0]).as("count").isEqualTo(count);
    assertThat(total.longs(1).values()[0]).as("sum").isEqualTo(sum);
    assertThat(Proofs.of(read(), List.of()).values()).allMatch(proof -> proof.equal());
  }

  /** A correction stands in for the database's row until the database gives another one. */
  @Test
  void rowsOfADatabaseStandInUntilItMendsThem() throws Exception {
    String url = "jdbc:hsqldb:mem:" + folder.getFileName();
    Folders.write(
        folder,
        "sources/shop.yaml",
        """
        kind: jdbc
        url: %s
        user: SA
        tables:
          prices: {table: PRICES, key: [id], columns: {id: bigint not null, price: integer not null}}
        """
            .formatted(url));
    Folders.write(
        folder, "tables/marts/a/sums.sql", "SELECT COUNT(*) AS n, SUM(price) AS p FROM prices");
    try (Connection database = DriverManager.getConnection(url, "SA", "");
        Statement sql = database.createStatement()) {
      sql.execute("CREATE TABLE prices (id BIGINT PRIMARY KEY, price INTEGER)");
      sql.execute("INSERT INTO prices VALUES (1, 5), (2, NULL), (3, NULL), (4, NULL)");
      look();
      assertThat(quarantined()).hasSize(3);
      look();
      assertThat(quarantined()).as("what is known is not told again").hasSize(3);
      List<String> ids = quarantined();
      try (Workspace workspace = open()) {
        QuarantineDesk desk = new QuarantineDesk(workspace);
        desk.correct(ids.get(0), bytes("{\"id\": 2, \"price\": 7}"));
        desk.correct(ids.get(1), bytes("{\"id\": 3, \"price\": 9}"));
        desk.drop(List.of(ids.get(2)));
        workspace.fill();
      }
      sumIs(3, 21);
      sql.execute("UPDATE prices SET price = 6 WHERE id = 1");
      look();
      sumIs(3, 22); // the bad rows are still there, and so is what stands in for them
      assertThat(quarantined()).isEmpty();
      sql.execute("UPDATE prices SET price = 8 WHERE id = 2");
      sql.execute("DELETE FROM prices WHERE id = 3");
      look();
      sumIs(2, 14);
      sql.execute("UPDATE prices SET price = NULL WHERE id = 2");
      look();
      assertThat(quarantined()).hasSize(1);
      sumIs(2, 14); // as it last was
      sql.execute("UPDATE prices SET price = 3 WHERE id = 2");
      look();
      try (Workspace workspace = open()) {
        assertThatThrownBy(() ->
                new QuarantineDesk(workspace)
                    .correct(quarantined().getFirst(), bytes("{\"id\": 2, \"price\": 4}")))
            .hasMessageContaining("no longer gives this row");
      }
      sumIs(2, 9);
    }
  }

  private void look() {
    try (Workspace workspace = open()) {
      assertThat(workspace.pullAll()).isEmpty();
      workspace.fill();
    }
  }

  @Test
  void rowsOfATableThatIsGoneCanBeDropped() throws IOException {
    try (Workspace workspace = open()) {
      append(workspace, GOOD, WORD);
      workspace.fill();
    }
    Folders.write(
        folder,
        "sources/web.yaml",
        """
        kind: http
        tables:
          views: {columns: {id: bigint not null, amount: bigint not null}}
        """);
    Folders.write(
        folder,
        "tables/marts/a/total.sql",
        "SELECT COUNT(*) AS n, SUM(amount) AS amount FROM views");
    try (Workspace workspace = open()) {
      QuarantineDesk desk = new QuarantineDesk(workspace);
      List<String> ids = List.of("clicks:0:1");
      assertThatThrownBy(() -> desk.replay(ids)).hasMessageContaining("no longer a source table");
      assertThat(desk.dropOrphans(ids)).isEmpty();
    }
    assertThat(quarantined()).isEmpty();
  }
}
