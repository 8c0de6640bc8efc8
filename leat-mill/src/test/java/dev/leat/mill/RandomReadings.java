package dev.leat.mill;

import dev.leat.log.Log;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Avro in a topic of a cluster elsewhere, in three partitions: some records are broken, some come
 * again, some are taken back before they were there. In some projects a key says which are the
 * same.
 */
final class RandomReadings implements RandomSource {
  static final List<String> QUERIES =
      List.of(
          "SELECT COUNT(*) AS n, SUM(celsius) AS s, MIN(at) AS first FROM readings",
          "SELECT place, AVG(celsius) AS a, MAX(celsius) AS m, COUNT(DISTINCT id) AS d FROM readings"
              + " GROUP BY place",
          "SELECT place, id, at FROM (SELECT place, id, at, ROW_NUMBER() OVER (PARTITION BY place"
              + " ORDER BY at DESC, id) AS r FROM readings) AS t WHERE r <= 2",
          "SELECT DISTINCT place, CAST(at AS DATE) AS day FROM readings WHERE celsius > 3",
          "SELECT r.id, r.celsius, c.name FROM readings r LEFT JOIN customers c ON c.customer ="
              + " r.place");

  static final String SCHEMA =
      """
      {"type": "record", "name": "Reading", "fields": [
        {"name": "id", "type": "long"},
        {"name": "place", "type": ["null", "int"]},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "celsius", "type": ["null", "double"]},
        {"name": "note", "type": ["null", "string"]}]}
      """;

  /** Contracts; values of any fit all. */
  private static final List<String> COLUMNS =
      List.of(
          "id: bigint not null, place: integer, at: timestamp not null, celsius: double",
          "note: varchar, place: bigint, id: bigint not null, celsius: double, at: timestamp",
          "at: timestamp, id: integer not null, celsius: double, place: 'decimal(9,1)'");

  private static final Schema AVRO = new Schema.Parser().parse(SCHEMA);
  private static final int PARTITIONS = 3;

  private final Dice dice;
  private final String cluster;
  private final String topic;
  private final boolean keyed;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Set<Long> ids = new HashSet<>();
  private String columns = COLUMNS.getFirst();
  private long rows;
  private long broken;

  RandomReadings(Dice dice, long seed, String cluster) {
    this.dice = dice;
    this.cluster = cluster;
    this.topic = "readings-" + seed;
    this.keyed = dice.coin();
    PlainClient.createTopics(cluster, PARTITIONS, topic);
    this.producer = PlainClient.producer(cluster, Map.of());
  }

  @Override
  public String yaml() {
    return """
    kind: kafka
    bootstrap: %s
    tables:
      readings:
        topic: %s
        format: avro
        schema: reading.avsc
        columns: {%s}
    %s
    """
        .formatted(cluster, topic, columns, keyed ? "    key: [id]" : "");
  }

  @Override
  public void changeContract() {
    columns = dice.one(COLUMNS);
  }

  @Override
  public void happen(Log log) {
    if (dice.onceIn(6)) {
      takeBack();
    }
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    for (int i = dice.onceIn(10) ? 400 : dice.below(40); i > 0; i--) {
      long id = dice.below(500);
      byte[] reading = PlainClient.avro(record(id));
      if (dice.onceIn(20)) {
        broken++;
        reading = Arrays.copyOf(reading, dice.below(reading.length));
      } else {
        rows++;
        ids.add(id);
      }
      answers.add(send(producer, reading));
    }
    producer.flush();
    answers.forEach(RandomReadings::acknowledged);
  }

  private Future<RecordMetadata> send(KafkaProducer<byte[], byte[]> by, byte[] record) {
    return by.send(new ProducerRecord<>(topic, dice.below(PARTITIONS), null, record));
  }

  private static void acknowledged(Future<RecordMetadata> answer) {
    try {
      answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends what takes offsets and is no record. */
  private void takeBack() {
    try (KafkaProducer<byte[], byte[]> undecided =
        PlainClient.producer(cluster, Map.of("transactional.id", topic))) {
      undecided.initTransactions();
      undecided.beginTransaction();
      for (int i = dice.below(5); i >= 0; i--) {
        send(undecided, PlainClient.avro(record(-1)));
      }
      undecided.flush();
      undecided.abortTransaction();
    }
  }

  private GenericRecord record(long id) {
    GenericRecord record = new GenericData.Record(AVRO);
    record.put("id", id);
    record.put("place", maybe(dice.below(7)).orElse(null));
    record.put("at", dice.time().toEpochMilli());
    record.put("celsius", maybe(dice.between(-30, 80) * 0.1).orElse(null));
    record.put("note", maybe("n" + dice.below(3)).orElse(null));
    return record;
  }

  private <T> Optional<T> maybe(T value) {
    return dice.onceIn(8) ? Optional.empty() : Optional.of(value);
  }

  @Override
  public void settle() {}

  @Override
  public Map<String, Long> rows() {
    return Map.of("readings", keyed ? (long) ids.size() : rows);
  }

  @Override
  public long broken() {
    return broken;
  }

  @Override
  public void close() {
    producer.close();
  }
}
