package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.log.Entry;
import dev.leat.mill.Replay.Outcome;
import dev.leat.model.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
      Replay replay = new Replay(workspace);

      assertThat(replay.corrected("clicks:0:1", bytes("{\"id\": 2, \"amount\": 7}\n")))
          .isInstanceOfSatisfying(
              Outcome.Done.class,
              done -> {
                assertThat(done.rows()).isEqualTo(1);
                assertThat(done.kept()).isEqualTo(1);
              });
    }
    assertThat(quarantined()).containsExactly("clicks:0:2");
    totalIs(2, 12);
  }

  @Test
  void theMillGoesOnFromAReplay() {
    try (Workspace workspace = open();
        Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
      append(workspace, GOOD, WORD);
      mill.start();
    }
    try (Workspace workspace = open()) {
      workspace.fill();
      new Replay(workspace).corrected("clicks:0:1", bytes("{\"id\": 2, \"amount\": 7}"));
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

  @Test
  void aRowThatIsStillBadChangesNothing() {
    try (Workspace workspace = open()) {
      append(workspace, GOOD, WORD, MISSING);
      workspace.fill();
      long epoch = workspace.lake().newest().orElseThrow().number();
      Replay replay = new Replay(workspace);

      assertThat(replay.asTheyCame(List.of("clicks:0:2", "clicks:0:1")))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.refusals())
                      .extracting(Replay.Refusal::id, refusal -> refusal.fault().field())
                      .containsExactlyInAnyOrder(
                          org.assertj.core.groups.Tuple.tuple("clicks:0:1", "amount"),
                          org.assertj.core.groups.Tuple.tuple("clicks:0:2", "amount")));
      assertThat(replay.corrected("clicks:0:1", bytes("no JSON")))
          .isInstanceOf(Outcome.Refused.class);
      assertThatThrownBy(() -> replay.asTheyCame(List.of("clicks:0:1", "clicks:0:9")))
          .hasMessageContaining("LEAT-1005")
          .hasMessageContaining("clicks:0:9");

      assertThat(workspace.fill().epoch()).as("nothing was appended").isEmpty();
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
      assertThat(new Replay(workspace).asTheyCame(List.of("clicks:0:1", "clicks:0:2")))
          .isInstanceOf(Outcome.Done.class);
    }
    assertThat(quarantined()).isEmpty();
    totalIs(3, 5);
  }

  /** What a stop between the log and the epoch leaves behind: the row is in both places. */
  @Test
  void cutShortAndReplayedAgainARowCountsOnce() {
    String corrected = "{\"id\": 2, \"amount\": 7}";
    try (Workspace workspace = open()) {
      append(workspace, GOOD, WORD);
      workspace.fill();
      append(workspace, corrected);
    }
    try (Workspace workspace = open()) {
      assertThat(new Replay(workspace).corrected("clicks:0:1", bytes(corrected)))
          .isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.kept()).isZero());
    }
    assertThat(quarantined()).isEmpty();
    totalIs(2, 12);
  }

  @Test
  void aRowOfAFileIsRefusedWithAWayOut() throws IOException {
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
    Folders.write(folder, "inbox/a.csv", "product,price\ntea,4\ncoffee,much\n");
    try (Workspace workspace = open()) {
      assertThat(workspace.pullAll()).isEmpty();
      workspace.fill();
      List<String> ids = quarantined();
      assertThat(ids).hasSize(1);
      assertThatThrownBy(() -> new Replay(workspace).asTheyCame(ids))
          .hasMessageContaining("LEAT-1008")
          .hasMessageContaining("new file");
      assertThat(quarantined()).isEqualTo(ids);
    }
  }
}
