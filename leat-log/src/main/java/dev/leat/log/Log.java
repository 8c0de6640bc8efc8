package dev.leat.log;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka cluster as Leat uses it: topics are made, appended to and read by offset, without
 * consumer groups. Any thread may append.
 */
public final class Log implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int BUFFER_BYTES = 64 << 20;
  private static final int IN_FLIGHT_BYTES = 32 << 20;
  private static final int RECORD_OVERHEAD_BYTES = 32;

  private final Properties connection;
  private final boolean elsewhere;
  private final Duration patience;
  private final Supplier<Optional<String>> broken;
  private final Admin admin;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT_BYTES);
  private volatile Optional<KafkaProducer<byte[], byte[]>> producer = Optional.empty();

  private Log(
      Properties connection,
      boolean elsewhere,
      Duration patience,
      Supplier<Optional<String>> broken) {
    this.connection = connection;
    this.elsewhere = elsewhere;
    this.patience = patience;
    this.broken = broken;
    this.admin = Admin.create(connection);
  }

  /** The cluster at {@code host:port[,host:port…]}. Connects when first used. */
  public static Log connect(String bootstrap) {
    return connect(bootstrap, true, PATIENCE, Optional::empty);
  }

  /**
   * The same, for a cluster that may be away.
   *
   * @param patience how long readers wait for an answer
   */
  public static Log connect(String bootstrap, Duration patience) {
    return connect(bootstrap, true, patience, Optional::empty);
  }

  /** The cluster of one in this process; nobody waits for it once it has failed. */
  public static Log connect(EmbeddedBroker broker) {
    return connect(broker.address(), false, PATIENCE, broker::failure);
  }

  private static Log connect(
      String bootstrap, boolean elsewhere, Duration patience, Supplier<Optional<String>> broken) {
    Properties connection = new Properties();
    connection.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    connection.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    connection.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
    connection.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    connection.put("enable.metrics.push", false);
    connection.put("metric.reporters", "");
    try {
      return new Log(connection, elsewhere, patience, broken);
    } catch (KafkaException e) {
      throw LogFailure.of("The log at " + bootstrap + " cannot be used", e);
    }
  }

  /** Whether its brokers are other processes, which may be away while this one runs. */
  public boolean elsewhere() {
    return elsewhere;
  }

  /**
   * Makes a topic of one partition, or sets how long an existing one keeps its records. It takes
   * records when this returns.
   *
   * @param retention negative: for ever
   */
  public void create(String topic, Duration retention) {
    String millis = retention.isNegative() ? "-1" : Long.toString(retention.toMillis());
    NewTopic wanted =
        new NewTopic(topic, Optional.of(1), Optional.empty()).configs(settings(millis));
    try {
      admin.createTopics(List.of(wanted)).all().get();
      awaitLeader(topic);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw LogFailure.of("Topic " + topic + " cannot be made", e);
      }
      retain(topic, millis);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Waits until a new topic takes records. A producer that is faster has its first batch turned
   * away, the one behind it taken, and then the first again and again, as it comes out of order.
   */
  private void awaitLeader(String topic) throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (boolean taken = false; !taken; ) {
      try {
        admin.describeTopics(List.of(topic)).allTopicNames().get(); // brokers hear of it in turn
        admin.listOffsets(Map.of(new TopicPartition(topic, 0), OffsetSpec.latest())).all().get();
        taken = true;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(5);
      }
    }
  }

  /**
   * A record's time is when the log got it. With a time that its producer chose, one from long ago
   * would be old enough to be removed before it was read.
   */
  private static Map<String, String> settings(String retentionMillis) {
    return Map.of(
        TopicConfig.RETENTION_MS_CONFIG,
        retentionMillis,
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        "LogAppendTime");
  }

  private void retain(String topic, String millis) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    List<AlterConfigOp> set =
        settings(millis).entrySet().stream()
            .map(e -> new ConfigEntry(e.getKey(), e.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    try {
      admin.incrementalAlterConfigs(Map.of(resource, set)).all().get();
    } catch (ExecutionException e) {
      throw LogFailure.of("The retention of topic " + topic + " cannot be set", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Which topic of a name there is: one that is deleted and made again is another. Empty where the
   * cluster is too old to tell.
   */
  public Optional<String> identity(String topic) {
    try {
      Map<String, TopicDescription> found =
          admin.describeTopics(List.of(topic)).allTopicNames().get();
      Uuid id = Objects.requireNonNull(found.get(topic)).topicId();
      return id.equals(Uuid.ZERO_UUID) ? Optional.empty() : Optional.of(id.toString());
    } catch (ExecutionException e) {
      throw LogFailure.of("Topic " + topic + " cannot be described", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The names of all topics. */
  public Set<String> topics() {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      throw LogFailure.of("The topics cannot be listed", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Appends one record; see {@link #append(String, List)}. */
  public CompletableFuture<Long> append(String topic, byte[] key, byte[] value) {
    return append(topic, List.of(new Entry(key, value)));
  }

  /**
   * Appends records in order. Completes with the highest offset once every replica in sync has all
   * of them; until then some may be stored and some not.
   *
   * <p>Fails with a {@link LeatException}: LEAT-3004 when too much is on its way already (nothing
   * was appended), LEAT-4001 when the log does not take it (some may have been).
   */
  public CompletableFuture<Long> append(String topic, List<Entry> entries) {
    if (entries.isEmpty()) {
      return CompletableFuture.failedFuture(new IllegalArgumentException("nothing to append"));
    }
    int bytes = Math.min(bytes(entries), IN_FLIGHT_BYTES);
    if (!inFlight.tryAcquire(bytes)) {
      return CompletableFuture.failedFuture(overloaded());
    }
    Acknowledgement acknowledgement = new Acknowledgement(topic, entries.size());
    CompletableFuture<Long> done =
        acknowledgement.done.whenComplete((_, _) -> inFlight.release(bytes));
    KafkaProducer<byte[], byte[]> sender = producer();
    int sent = 0;
    try {
      for (Entry entry : entries) {
        if (acknowledgement.failure.isPresent()) {
          throw new KafkaException("An earlier record was not taken"); // each would wait as long
        }
        byte[] key = entry.key();
        ProducerRecord<byte[], byte[]> record =
            key.length == 0
                ? new ProducerRecord<>(topic, entry.value())
                : new ProducerRecord<>(topic, key, entry.value());
        sender.send(
            record,
            (metadata, failure) -> {
              if (failure == null) {
                acknowledgement.arrived(metadata.offset());
              } else {
                acknowledgement.failed(failure);
              }
            });
        sent++;
      }
    } catch (KafkaException e) {
      for (; sent < entries.size(); sent++) {
        acknowledgement.failed(e);
      }
    }
    return done;
  }

  private static int bytes(List<Entry> entries) {
    long bytes = 0;
    for (Entry entry : entries) {
      bytes += entry.key().length + entry.value().length + RECORD_OVERHEAD_BYTES;
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private static LeatException overloaded() {
    return new LeatException(
        Problem.of(
            ErrorCode.SOURCE_OVERLOADED,
            "More than " + (IN_FLIGHT_BYTES >> 20) + " MB are on their way to the log already.",
            "Send again a little later."));
  }

  /** Counts what has been acknowledged of one call. */
  private static final class Acknowledgement {
    private final String topic;
    private final AtomicInteger open;
    private final AtomicLong highest = new AtomicLong(-1);
    private volatile Optional<Exception> failure = Optional.empty();
    private final CompletableFuture<Long> done = new CompletableFuture<>();

    Acknowledgement(String topic, int count) {
      this.topic = topic;
      this.open = new AtomicInteger(count);
    }

    void arrived(long offset) {
      highest.accumulateAndGet(offset, Math::max);
      close();
    }

    void failed(Exception cause) {
      if (failure.isEmpty()) {
        failure = Optional.of(cause);
      }
      close();
    }

    private void close() {
      if (open.decrementAndGet() == 0) {
        failure.ifPresentOrElse(
            cause ->
                done.completeExceptionally(
                    LogFailure.of("Topic " + topic + " cannot be appended to", cause)),
            () -> done.complete(highest.get()));
      }
    }
  }

  /** A reader of a topic, for one thread. */
  public LogReader reader(String topic) {
    return new LogReader(connection, topic, patience, broken);
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return producer.orElseGet(this::makeProducer);
  }

  private synchronized KafkaProducer<byte[], byte[]> makeProducer() {
    if (producer.isEmpty()) {
      Properties settings = new Properties();
      settings.putAll(connection);
      settings.put(ProducerConfig.ACKS_CONFIG, "all");
      settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
      settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
      settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
      settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
      settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
      settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, EmbeddedBroker.RECORD_BYTES_MAX);
      settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
      settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
      producer =
          Optional.of(
              new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }
    return producer.orElseThrow();
  }

  private static LeatException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return LogFailure.of("Interrupted while waiting for the log", e);
  }

  /** Waits for what is being appended, then lets go of the cluster. */
  @Override
  public void close() {
    producer.ifPresent(KafkaProducer::close);
    admin.close(Duration.ofSeconds(5));
  }
}
