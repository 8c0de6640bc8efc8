package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.model.Durability;
import dev.leat.model.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster elsewhere has not, has no more, or has of something else. */
final class OtherClusterTest {
  @TempDir static Path elsewhere;
  private static EmbeddedBroker other;
  private static Log log;

  @TempDir Path folder;

  @BeforeAll
  static void startTheOtherCluster() {
    other = EmbeddedBroker.start(elsewhere, Durability.PROCESS);
    log = Log.connect(other);
  }

  @AfterAll
  static void stopTheOtherCluster() {
    log.close();
    other.close();
  }

  private static void there(String topic, int... events) {
    log.create(topic, Duration.ofDays(1));
    log.append(topic, IntStream.of(events).mapToObj(OtherClusterTest::event).toList()).join();
  }

  private static Entry event(int n) {
    return Entry.of("{\"n\": %d}".formatted(n).getBytes(StandardCharsets.UTF_8));
  }

  private void project(String profiles) {
    Folders.write(folder, "leat.yaml", "name: far\nepoch: {every: 20ms}\n" + profiles);
    Folders.write(folder, "tables/marts/a/most.sql", "SELECT MAX(n) AS n FROM calls");
  }

  private void calls(String bootstrap, String topic) {
    Folders.write(
        folder,
        "sources/far.yaml",
        "kind: kafka\n%stables:\n  calls: {topic: %s, columns: {n: bigint}}\n"
            .formatted(bootstrap, topic));
  }

  private static String at(String addresses) {
    return "bootstrap: \"%s\"\n".formatted(addresses);
  }

  private Running running() {
    return new Running(Folders.read(folder));
  }

  /** How far one was read says nothing of the other, where the topic is called the same. */
  @Test
  void anotherClusterIsRefusedForRowsThatWereReadFromThisLog() throws Exception {
    project("");
    calls("", "moved");
    try (Running running = running()) {
      running.append("moved", List.of("{\"n\": 1}", "{\"n\": 2}"));
      running.awaitRows("calls", 2);
    }
    there("moved", 10, 11, 12, 13, 14);
    project(
        "profiles:\n  laptop:\n    log: {kind: kafka, bootstrap: \"%s\"}\n"
            .formatted(other.address()));
    assertThatThrownBy(this::running)
        .hasMessageContaining("LEAT-3002 Rows of calls were read from topic moved")
        .hasMessageContaining("topic moved of the cluster at " + other.address());
    project("");
    try (Running running = running()) {
      running.append("moved", List.of("{\"n\": 3}"));
      running.awaitRows("calls", 3);
    }
    Folders.proven(folder);
  }

  @Test
  void aClusterThatMovesKeepsOneOfItsAddresses() throws Exception {
    there("moving", 1);
    project("");
    for (String addresses : new String[] {other.address(), "127.0.0.1:9, " + other.address()}) {
      calls(at(addresses), "moving");
      try (Running running = running()) {
        running.awaitRows("calls", 1);
      }
    }
    calls(at("127.0.0.1:7"), "moving");
    assertThatThrownBy(this::running)
        .hasMessageContaining("topic moving of the cluster at 127.0.0.1:9," + other.address())
        .hasMessageContaining("former addresses");
  }

  @Test
  void aTopicThatIsNotThereIsTold() throws Exception {
    project("");
    calls(at(other.address()), "later");
    try (Running running = running()) {
      assertThat(running.awaitTrouble("calls", ErrorCode.LOG_FAILED).message())
          .isEqualTo("The cluster has no topic later.");
      there("later", 1);
      running.awaitRows("calls", 1);
      running.await(() -> running.trouble("calls").isEmpty());
    }
  }

  /** It has more records than were read of the one before, so its end tells nothing. */
  @Test
  void aTopicThatWasMadeAnewIsNotReadOnInTheMiddle() throws Exception {
    project("");
    calls(at(other.address()), "anew");
    there("anew", 1, 2);
    try (Running running = running()) {
      running.awaitRows("calls", 2);
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", other.address()))) {
      admin.deleteTopics(List.of("anew")).all().get();
      while (admin.listTopics().names().get().contains("anew")) {
        Thread.sleep(10);
      }
    }
    there("anew", 7, 8, 9);
    try (Running running = running()) {
      assertThat(running.awaitTrouble("calls", ErrorCode.INPUT_SHORT).message())
          .startsWith("The topic of calls was made anew since it was read");
    }
    assertThat(Folders.query(Folders.read(folder), "SELECT n FROM calls").size()).isEqualTo(2);
    Folders.write(
        folder,
        "sources/far.yaml",
        "kind: kafka\n%stables:\n  calls_2: {topic: anew, columns: {n: bigint}}\n"
            .formatted(at(other.address())));
    Folders.write(folder, "tables/marts/a/most.sql", "SELECT MAX(n) AS n FROM calls_2");
    try (Running running = running()) {
      running.awaitRows("calls_2", 3);
    }
    Folders.proven(folder);
  }

  /** As after days in which nobody read and the cluster removed what had become old. */
  @Test
  void recordsThatAreGoneBeforeTheyAreReadStopNothingElse() throws Exception {
    project("");
    calls(at(other.address()), "old");
    there("old", 1);
    try (Running running = running()) {
      running.awaitRows("calls", 1);
    }
    there("old", 2, 3);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", other.address()))) {
      TopicPartition old = new TopicPartition("old", 0);
      admin.deleteRecords(Map.of(old, RecordsToDelete.beforeOffset(2))).all().get();
    }
    Folders.drop(folder, "inbox/a.csv", "id\n7\n");
    Folders.write(
        folder,
        "sources/files.yaml",
        "kind: files\npath: inbox/*\ntables:\n  files: {columns: {id: bigint}}\n");
    Folders.write(folder, "tables/marts/a/ids.sql", "SELECT id FROM files");
    try (Running running = running()) {
      running.awaitRows("ids", 1);
      assertThat(running.awaitTrouble("calls", ErrorCode.LOG_GAP).fix()).contains("another name");
    }
    Folders.proven(folder);
  }
}
