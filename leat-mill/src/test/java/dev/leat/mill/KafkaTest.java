package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.model.Durability;
import dev.leat.model.ErrorCode;
import dev.leat.model.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From topics that plain Kafka clients write, here and in another cluster, through the mill. */
final class KafkaTest {
  private static final String READING =
      """
      {"type": "record", "name": "Reading", "fields": [
        {"name": "id", "type": "long"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "celsius", "type": ["null", "double"]}]}
      """;
  private static final Schema AVRO = new Schema.Parser().parse(READING);
  private static final int PARTITIONS = 3;
  private static final int EPOCHS = 3;
  private static final int ATTEMPTS = 5;

  @TempDir static Path elsewhere;
  private static EmbeddedBroker other;

  @TempDir Path folder;

  @BeforeAll
  static void startTheOtherCluster() {
    other = EmbeddedBroker.start(elsewhere, Durability.PROCESS);
  }

  @AfterAll
  static void stopTheOtherCluster() {
    other.close();
  }

  // ---- another cluster

  @Test
  void topicsOfAnotherCluster() throws Exception {
    PlainClient.createTopics(other.address(), PARTITIONS, "orders", "readings");
    Folders.write(folder, "leat.yaml", "name: far\nepoch: {every: 20ms}\n");
    Folders.write(folder, "sources/reading.avsc", READING);
    Folders.write(
        folder,
        "sources/far.yaml",
        """
        kind: kafka
        bootstrap: %s
        tables:
          orders:
            columns: {id: bigint not null, item: varchar not null, amount: "decimal(10,2)"}
            key: [id]
          readings:
            columns: {id: bigint not null, at: timestamp not null, celsius: double}
            format: avro
            schema: sources/reading.avsc
        """
            .formatted(other.address()));
    Folders.write(
        folder,
        "tables/marts/a/items.sql",
        "SELECT item, COUNT(*) AS n, SUM(amount) AS amount, MAX(amount) AS most FROM orders GROUP BY"
            + " item");
    Folders.write(
        folder,
        "tables/marts/a/warm.sql",
        "SELECT CAST(at AS DATE) AS day, COUNT(*) AS n, MAX(celsius) AS most FROM readings GROUP BY"
            + " CAST(at AS DATE)");
    Far far = new Far(new SplittableRandom(20_261_125));
    try (KafkaProducer<byte[], byte[]> producer = PlainClient.producer(other.address(), Map.of())) {
      far.send(producer, 500);
      try (Running running = new Running(Folders.read(folder))) {
        far.send(producer, 1_000);
        running.awaitRows("orders", far.keys);
        running.awaitRows("readings", far.readings);
        running.awaitRows("leat_quarantine", far.poison);
      }
      far.send(producer, 300); // while nobody reads
      far.aborted();
      try (Running running = new Running(Folders.read(folder))) {
        running.awaitRows("orders", far.keys);
        running.awaitRows("readings", far.readings);
        running.awaitRows("leat_quarantine", far.poison);
        assertThat(running.source("orders").lag()).hasValue(0);
      }
    }
    assertThat(number("SELECT COUNT(DISTINCT id) FROM orders")).isEqualTo(far.keys);
    assertThat(number("SELECT COUNT(*) FROM readings WHERE id >= 0")).isEqualTo(far.readings);
    assertThat(
            number(
                "SELECT COUNT(DISTINCT position) FROM leat_quarantine WHERE source ="
                    + " 'orders'"))
        .isPositive();
    Folders.proven(folder);
  }

  @Test
  void aClusterThatIsNotThereYetStopsNothing(@TempDir Path late) throws Exception {
    int[] ports = freePorts();
    Files.writeString(late.resolve("ports"), ports[0] + "," + ports[1]);
    clicks(ofTheOtherCluster(), "waited");
    calls(ports[0]);
    try (Running running = new Running(Folders.read(folder))) {
      Problem problem = running.awaitTrouble("calls", ErrorCode.LOG_FAILED);
      assertThat(problem.message()).contains("calls");
      running.append("waited", List.of("{\"page\": \"p0\"}"));
      running.awaitRows("clicks", 1);
      assertThat(running.trouble("clicks")).isEmpty();
      try (EmbeddedBroker there = EmbeddedBroker.start(late, Durability.PROCESS);
          Log log = Log.connect(there)) {
        assertThat(there.address()).endsWith(":" + ports[0]);
        log.create("calls", Duration.ofDays(1));
        log.append("calls", List.of(Entry.of(utf8("{\"n\": 1}")))).join();
        running.awaitRows("calls", 1);
        running.await(() -> running.trouble("calls").isEmpty());
      }
    }
    Folders.proven(folder);
  }

  /** The system takes the calls of a socket that nobody serves: they are never answered. */
  @Test
  void aClusterThatTakesCallsAndNeverAnswersKeepsNobodyWaiting() throws Exception {
    clicks("", "clicks");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      calls(silent.getLocalPort());
      boolean served = false;
      for (int attempt = 0; attempt < ATTEMPTS && !served; attempt++) {
        served = servedWhileItIsAsked();
      }
      assertThat(served).as("epochs before the first question was given up").isTrue();
    }
    Folders.proven(folder);
  }

  /**
   * Whether another input got its epochs, one after the other, before the first question was given
   * up. A mill that waits with its steps never does that; one that does not may be too slow once,
   * when the machine is busy.
   */
  private boolean servedWhileItIsAsked() throws Exception {
    try (Running running = new Running(Folders.read(folder))) {
      long rows = running.rows("clicks");
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        running.append("clicks", List.of("{\"page\": \"p0\"}"));
        running.awaitRows("clicks", rows + epoch);
      }
      boolean served = running.trouble("calls").isEmpty();
      running.awaitTrouble("calls", ErrorCode.LOG_FAILED); // it was asked, and did not answer
      return served;
    }
  }

  private void calls(int port) {
    Folders.write(
        folder,
        "sources/far.yaml",
        "kind: kafka\nbootstrap: 127.0.0.1:%d\ntables:\n  calls: {columns: {n: bigint}}\n"
            .formatted(port));
  }

  private static int[] freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket two = new ServerSocket(0)) {
      return new int[] {one.getLocalPort(), two.getLocalPort()};
    }
  }

  /** What someone else sends: rows, the same again, and what is none. */
  private static final class Far {
    private final SplittableRandom random;
    private final List<String> sent = new ArrayList<>();
    int keys;
    int readings;
    int poison;

    Far(SplittableRandom random) {
      this.random = random;
    }

    void send(KafkaProducer<byte[], byte[]> producer, int records) throws Exception {
      List<Future<RecordMetadata>> answers = new ArrayList<>();
      for (int i = 0; i < records; i++) {
        int partition = random.nextInt(10) < 8 ? 0 : random.nextInt(PARTITIONS); // one is deep
        switch (random.nextInt(10)) {
          case 0 -> {
            poison++;
            byte[] bytes = random.nextBoolean() ? utf8("{\"id\": \"none\"") : utf8("{\"id\": 1.5}");
            answers.add(producer.send(new ProducerRecord<>("orders", partition, null, bytes)));
          }
          case 1 -> {
            poison++;
            answers.add(
                producer.send(
                    new ProducerRecord<>("readings", partition, null, new byte[] {2, 2, 2, 2})));
          }
          case 2, 3 -> {
            if (!sent.isEmpty()) {
              byte[] again = utf8(sent.get(random.nextInt(sent.size())));
              answers.add(producer.send(new ProducerRecord<>("orders", partition, null, again)));
            }
          }
          case 4, 5, 6 ->
              answers.add(
                  producer.send(
                      new ProducerRecord<>("readings", partition, null, reading(readings++))));
          default -> {
            sent.add(
                "{\"id\": %d, \"item\": \"item%d\", \"amount\": %d.25}"
                    .formatted(keys++, random.nextInt(7), random.nextInt(100)));
            answers.add(
                producer.send(
                    new ProducerRecord<>("orders", partition, null, utf8(sent.getLast()))));
          }
        }
      }
      producer.flush();
      for (Future<RecordMetadata> answer : answers) {
        answer.get();
      }
    }

    /** Sends what is taken back: it takes offsets, and is no record. */
    void aborted() {
      try (KafkaProducer<byte[], byte[]> producer =
          PlainClient.producer(other.address(), Map.of("transactional.id", "undecided"))) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(
            new ProducerRecord<>("orders", 1, null, utf8("{\"id\": -1, \"item\": \"never\"}")));
        producer.flush();
        producer.abortTransaction();
      }
    }

    private byte[] reading(long id) {
      GenericRecord record = new GenericData.Record(AVRO);
      record.put("id", id);
      record.put("at", 1_764_000_000_000L + random.nextInt(3) * 86_400_000L);
      record.put("celsius", random.nextInt(5) == 0 ? null : random.nextInt(80) * 0.5);
      return PlainClient.avro(record);
    }
  }

  // ---- the project's own log

  @Test
  void aTopicOfTheProjectsOwnLogTakesWhatAPlainClientSends() throws Exception {
    clicks("", "clicks");
    try (Running running = new Running(Folders.read(folder))) {
      String address = EmbeddedBroker.addressIn(folder.resolve(".leat/log")).orElseThrow();
      try (KafkaProducer<byte[], byte[]> producer = PlainClient.producer(address, Map.of())) {
        sendClicks(producer, "clicks");
      }
      running.awaitRows("clicks", 100);
      running.awaitRows("leat_quarantine", 1);
    }
    assertThat(number("SELECT n FROM visits WHERE page = 'p1'")).isEqualTo(50);
    Folders.proven(folder);
  }

  @Test
  void aProjectWhoseLogIsAClusterElsewhere() throws Exception {
    clicks(ofTheOtherCluster(), "clicks");
    try (Running running = new Running(Folders.read(folder));
        KafkaProducer<byte[], byte[]> producer = PlainClient.producer(other.address(), Map.of())) {
      running.append("clicks", List.of("{\"page\": \"p0\"}"));
      sendClicks(producer, "clicks");
      running.awaitRows("clicks", 101);
    }
    try (Running running = new Running(Folders.read(folder))) {
      running.append("clicks", List.of("{\"page\": \"p0\"}"));
      running.awaitRows("clicks", 102);
      running.awaitRows("leat_quarantine", 1);
    }
    assertThat(EmbeddedBroker.addressIn(folder.resolve(".leat/log"))).isEqualTo(Optional.empty());
    assertThat(number("SELECT n FROM visits WHERE page = 'p0'")).isEqualTo(52);
    Folders.proven(folder);
  }

  private static String ofTheOtherCluster() {
    return "profiles:\n  laptop:\n    log: {kind: kafka, bootstrap: \"%s\"}\n"
        .formatted(other.address());
  }

  private void clicks(String profiles, String topic) {
    Folders.write(folder, "leat.yaml", "name: near\nepoch: {every: 20ms}\n" + profiles);
    Folders.write(
        folder,
        "sources/near.yaml",
        "kind: kafka\ntables:\n  clicks: {topic: %s, columns: {page: varchar not null}}\n"
            .formatted(topic));
    Folders.write(
        folder,
        "tables/marts/a/visits.sql",
        "SELECT page, COUNT(*) AS n FROM clicks GROUP BY page");
  }

  private static void sendClicks(KafkaProducer<byte[], byte[]> producer, String topic) {
    for (int i = 0; i < 100; i++) {
      producer.send(new ProducerRecord<>(topic, utf8("{\"page\": \"p%d\"}".formatted(i % 2))));
    }
    producer.send(new ProducerRecord<>(topic, utf8("{}")));
    producer.flush();
  }

  // ---- plain clients

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private long number(String sql) {
    return Folders.query(Folders.read(folder), sql).longs(0).values()[0];
  }
}
