package dev.leat.log;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Reads one topic by offset. Reading on from where the last read ended costs nothing extra; going
 * elsewhere costs a seek. Used by one thread at a time.
 */
public final class LogReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final int MAX_BYTES = 64 << 20;
  private static final ByteBuffer NO_VALUE = ByteBuffer.allocate(0);

  private final String topic;
  private final Duration patience;
  private final Supplier<Optional<String>> broken;
  private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
  private final Map<Integer, Cursor> cursors = new TreeMap<>();

  /**
   * @param patience how long to wait for an answer
   * @param broken why the log will not answer any more, if that is known
   */
  LogReader(
      Properties connection, String topic, Duration patience, Supplier<Optional<String>> broken) {
    this.topic = topic;
    this.patience = patience;
    this.broken = broken;
    Properties settings = new Properties();
    settings.putAll(connection);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
    settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, 1 << 20);
    consumer =
        new KafkaConsumer<>(settings, new ByteBufferDeserializer(), new ByteBufferDeserializer());
  }

  /** For each partition, the offset that the next record will have. */
  public SortedMap<Integer, Long> end() {
    return guarded(() -> byPartition(patiently(p -> consumer.endOffsets(partitions(p), p))));
  }

  /** For each partition, the first offset that is still kept. */
  public SortedMap<Integer, Long> start() {
    return guarded(() -> byPartition(patiently(p -> consumer.beginningOffsets(partitions(p), p))));
  }

  /**
   * Reads records of a partition from an offset on: at most {@code maxRecords}, none at or past
   * {@code until}. Waits for what lies before {@code until}; where the log falls silent on the way,
   * gives what came before.
   *
   * @throws LeatException LEAT-4002 when {@code from} is no longer kept, LEAT-4001 when the log
   *     does not answer
   */
  public Records read(int partition, long from, long until, int maxRecords) {
    if (from >= until) {
      return new Records.Builder(0).build(from);
    }
    return guarded(() -> {
      Cursor cursor = cursors.computeIfAbsent(partition, p -> assign(p, from));
      if (cursor.position != from) {
        cursor.seek(from);
      }
      return cursor.read(until, maxRecords);
    });
  }

  private Cursor assign(int partition, long from) {
    Cursor cursor = new Cursor(new TopicPartition(topic, partition), from);
    List<TopicPartition> all = new ArrayList<>();
    cursors.values().forEach(c -> all.add(c.partition));
    all.add(cursor.partition);
    consumer.assign(all);
    cursor.seek(from);
    return cursor;
  }

  /** Asks again and again, so that a log that breaks meanwhile is not waited for. */
  private <T> T patiently(Function<Duration, T> question) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      checkBroken();
      try {
        return question.apply(ANSWER);
      } catch (TimeoutException | UnknownTopicOrPartitionException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(POLL.toNanos()); // brokers hear of a new topic one after the other
      }
    }
  }

  private void checkBroken() {
    broken
        .get()
        .ifPresent(why -> {
          throw LogFailure.of("Topic " + topic + " cannot be read: " + why);
        });
  }

  /** A topic that is not there has none, which is nothing that can be read to its end. */
  private List<TopicPartition> partitions(Duration patience) {
    List<PartitionInfo> there = consumer.partitionsFor(topic, patience);
    if (there.isEmpty()) {
      throw new UnknownTopicOrPartitionException("the cluster has no topic of this name");
    }
    return there.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  private static SortedMap<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
    SortedMap<Integer, Long> result = new TreeMap<>();
    offsets.forEach((partition, offset) -> result.put(partition.partition(), offset));
    return result;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private interface Call<T> {
    T run();
  }

  private <T> T guarded(Call<T> call) {
    try {
      return call.run();
    } catch (OffsetOutOfRangeException e) {
      throw new LeatException(gap(e), e);
    } catch (UnknownTopicOrPartitionException e) {
      throw new LeatException(missing(), e);
    } catch (KafkaException e) {
      throw LogFailure.of("Topic " + topic + " cannot be read", e);
    }
  }

  private Problem missing() {
    return Problem.of(
        ErrorCode.LOG_FAILED,
        "The cluster has no topic " + topic + ".",
        "Correct `topic`, or make the topic: it is looked for again and again.");
  }

  private Problem gap(OffsetOutOfRangeException e) {
    Map.Entry<TopicPartition, Long> first =
        e.offsetOutOfRangePartitions().entrySet().iterator().next();
    int partition = first.getKey().partition();
    long kept = start().getOrDefault(partition, 0L);
    return Problem.of(
        ErrorCode.LOG_GAP,
        "Topic %s, partition %d: offset %d was to be read, but the log now holds only %d to %d."
            .formatted(topic, partition, first.getValue(), kept, end().getOrDefault(partition, 0L)),
        "Records in between were removed before they were read: keep them for longer. What is left"
            + " is read under another name: give the table one in sources/, and this topic as its"
            + " `topic`; a query can put both together.");
  }

  /** Where in a partition the consumer stands, and what it has fetched but not given. */
  private final class Cursor {
    private final TopicPartition partition;
    private long position;
    private Iterator<ConsumerRecord<ByteBuffer, ByteBuffer>> fetched = Collections.emptyIterator();
    private Optional<ConsumerRecord<ByteBuffer, ByteBuffer>> held = Optional.empty();

    Cursor(TopicPartition partition, long position) {
      this.partition = partition;
      this.position = position;
    }

    void seek(long offset) {
      fetched = Collections.emptyIterator();
      held = Optional.empty();
      position = offset;
      consumer.seek(partition, offset);
    }

    Records read(long until, int maxRecords) {
      Records.Builder records = new Records.Builder(maxRecords);
      long deadline = System.nanoTime() + patience.toNanos();
      while (position < until && records.size() < maxRecords && records.bytes() < MAX_BYTES) {
        if (take(until, records)) {
          continue;
        }
        if (position >= until) {
          break;
        }
        checkBroken();
        fetch();
        if (!fetched.hasNext() && System.nanoTime() > deadline) {
          if (records.size() > 0) {
            break; // given now; the next read waits anew
          }
          throw LogFailure.of(
              "Topic %s stopped answering at offset %d of partition %d"
                  .formatted(topic, position, partition.partition()));
        }
      }
      return records.build(Math.min(position, until));
    }

    /** Takes one fetched record; false when there is none before {@code until}. */
    private boolean take(long until, Records.Builder records) {
      if (held.isEmpty()) {
        if (!fetched.hasNext()) {
          return false;
        }
        held = Optional.of(fetched.next());
      }
      ConsumerRecord<ByteBuffer, ByteBuffer> record = held.get();
      if (record.offset() >= until) {
        position = until;
        return false;
      }
      ByteBuffer value = record.value();
      records.add(value == null ? NO_VALUE : value, record.offset(), record.timestamp());
      position = record.offset() + 1;
      held = Optional.empty();
      return true;
    }

    private void fetch() {
      for (Cursor other : cursors.values()) {
        if (other != this) {
          consumer.pause(List.of(other.partition));
        }
      }
      consumer.resume(List.of(partition));
      ConsumerRecords<ByteBuffer, ByteBuffer> polled = consumer.poll(POLL);
      fetched = polled.records(partition).iterator();
      if (!fetched.hasNext()) {
        position = consumer.position(partition); // past offsets that hold no record
      }
    }
  }
}
