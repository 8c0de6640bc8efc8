package dev.leat.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.model.Durability;
import dev.leat.model.LeatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
  @TempDir static Path folder;
  static EmbeddedBroker broker;
  static Log log;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(folder, Durability.PROCESS);
    log = Log.connect(broker.address());
  }

  @AfterAll
  static void stop() {
    log.close();
    broker.close();
  }

  @Test
  void whatIsAppendedIsReadInOrderWithItsOffsets() {
    log.create("clicks", Duration.ofDays(7));
    log.append("clicks", entries(0, 1000)).join();
    long last = log.append("clicks", entries(1000, 2500)).join();
    assertThat(last).isEqualTo(2499);

    try (LogReader reader = log.reader("clicks")) {
      assertThat(reader.end()).containsEntry(0, 2500L);
      Records first = reader.read(0, 0, 2500, 700);
      assertThat(first.size()).isEqualTo(700);
      assertThat(first.next()).isEqualTo(700);
      Records rest = reader.read(0, first.next(), 2500, 1 << 20);
      assertThat(rest.size()).isEqualTo(1800);
      assertThat(rest.next()).isEqualTo(2500);
      for (int i = 0; i < rest.size(); i++) {
        assertThat(text(rest, i)).isEqualTo("event " + (700 + i));
        assertThat(rest.offset(i)).isEqualTo(700 + i);
      }
    }
  }

  @Test
  void readingAgainFromAnEarlierOffsetGivesTheSame() {
    log.create("again", Duration.ofDays(1));
    log.append("again", entries(0, 100)).join();
    try (LogReader reader = log.reader("again")) {
      Records first = reader.read(0, 10, 60, 1000);
      reader.read(0, 60, 100, 1000);
      Records second = reader.read(0, 10, 60, 1000);
      assertThat(texts(second)).isEqualTo(texts(first)).hasSize(50);
      assertThat(second.next()).isEqualTo(60);
    }
  }

  @Test
  void aStretchNeverReachesPastItsEnd() {
    log.create("until", Duration.ofDays(1));
    log.append("until", entries(0, 50)).join();
    try (LogReader reader = log.reader("until")) {
      assertThat(texts(reader.read(0, 0, 20, 1000))).hasSize(20);
      log.append("until", entries(50, 80)).join();
      Records more = reader.read(0, 20, 30, 1000);
      assertThat(texts(more)).hasSize(10).first().isEqualTo("event 20");
      assertThat(reader.read(0, 30, 30, 1000).size()).isZero();
    }
  }

  @Test
  void anOffsetBeyondWhatIsKeptIsToldNotSkipped() {
    log.create("gap", Duration.ofDays(1));
    log.append("gap", entries(0, 10)).join();
    try (LogReader reader = log.reader("gap")) {
      assertThatThrownBy(() -> reader.read(0, 50, 60, 10))
          .isInstanceOf(LeatException.class)
          .hasMessageContaining("LEAT-4002")
          .hasMessageContaining("offset 50")
          .hasMessageContaining("0 to 10");
    }
  }

  @Test
  void appendingToATopicThatIsNotThereSaysSo() {
    assertThatThrownBy(() -> log.append("nowhere", entries(0, 3)).join())
        .hasRootCauseInstanceOf(KafkaException.class)
        .hasMessageContaining("LEAT-4001")
        .hasMessageContaining("nowhere");
  }

  /** Kept for `retain` from when it came, whatever its producer says that the time was. */
  @Test
  void aRecordIsAsOldAsTheLogHasHadIt() throws Exception {
    long before = System.currentTimeMillis();
    log.create("history", Duration.ofDays(7));
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.address());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>("history", 0, 1_000L, Entry.NO_KEY, new byte[] {1})).get();
    }
    try (LogReader reader = log.reader("history")) {
      Records records = reader.read(0, 0, 1, 10);
      assertThat(records.timeMillis(0)).isGreaterThanOrEqualTo(before);
    }
  }

  /** A slow cluster: what it gave is not asked for again. */
  @Test
  void whatCameBeforeTheLogFellSilentIsGiven() {
    try (Log impatient = Log.connect(broker.address(), Duration.ofMillis(500))) {
      impatient.create("slow", Duration.ofDays(1));
      impatient.append("slow", entries(0, 5)).join();
      try (LogReader reader = impatient.reader("slow")) {
        Records came = reader.read(0, 0, 9, 100);
        assertThat(texts(came)).hasSize(5);
        assertThat(came.next()).isEqualTo(5);
        assertThatThrownBy(() -> reader.read(0, 5, 9, 100)).hasMessageContaining("LEAT-4001");
      }
    }
  }

  @Test
  void theAddressStandsInTheFolder() {
    assertThat(EmbeddedBroker.addressIn(folder)).contains(broker.address());
    assertThat(broker.address()).startsWith("127.0.0.1:");
  }

  private static List<Entry> entries(int from, int to) {
    List<Entry> entries = new ArrayList<>();
    for (int i = from; i < to; i++) {
      entries.add(Entry.of(("event " + i).getBytes(StandardCharsets.UTF_8)));
    }
    return entries;
  }

  private static List<String> texts(Records records) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      texts.add(text(records, i));
    }
    return texts;
  }

  private static String text(Records records, int i) {
    return new String(records.value(i), StandardCharsets.UTF_8);
  }
}
