package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Takes posted events: all of a request or nothing. Every event is checked against the contract
 * before the first is appended; the answer is {@link Result.Accepted} only after the log has them
 * all. Any thread may call it.
 */
public final class EventGateway {
  /** The most bytes a request may hold once unpacked. */
  public static final int BODY_BYTES_MAX = 16 << 20;

  /** The most bytes one event may hold. */
  public static final int EVENT_BYTES_MAX = 1 << 20;

  /** How many faults of a request are told. */
  public static final int FAULTS_MAX = 100;

  private static final Duration OVERLOADED = Duration.ofSeconds(1);
  private static final Duration LOG_FAILING = Duration.ofSeconds(5);
  private static final byte KEY_SEPARATOR = 0x1F;

  /** How the body is packed. */
  public enum Packing {
    PLAIN,
    GZIP
  }

  /** What became of a request. */
  public sealed interface Result {
    /** All events are in the log. */
    record Accepted(int count) implements Result {}

    /** Some events are bad; none was stored. At most {@link #FAULTS_MAX} are named. */
    record Refused(List<LineFault> faults) implements Result {
      public Refused {
        faults = List.copyOf(faults);
      }
    }

    /** The body, or an event in it, has more bytes than the limit; none was stored. */
    record TooLarge(int limit) implements Result {}

    /** The log cannot take more now; none was stored. */
    record Overloaded(Duration retryAfter) implements Result {}

    /**
     * The log did not acknowledge all of them; some may be stored. Sent again, events with a key
     * still count once.
     */
    record LogFailing(String reason, Duration retryAfter) implements Result {}

    /** There is no such table to post to. */
    /**
     * @param tables that events can be posted to
     */
    record UnknownTable(Set<String> tables) implements Result {}
  }

  /**
   * What is wrong with one event.
   *
   * @param line where it begins in the body, from 1
   */
  public record LineFault(int line, String field, String reason) {}

  /** Where events of a table go. */
  record Target(Contract contract, String topic) {}

  private final Map<String, Table> tables;
  private final Log log;

  EventGateway(Map<String, Target> targets, Log log) {
    this.log = log;
    this.tables =
        targets.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> new Table(e.getValue())));
  }

  /** A table, and parsers that are not in use. */
  private static final class Table {
    final Target target;
    final ConcurrentLinkedQueue<JsonRecordParser> parsers = new ConcurrentLinkedQueue<>();

    Table(Target target) {
      this.target = target;
    }

    JsonRecordParser borrow() {
      JsonRecordParser parser = parsers.poll();
      return parser == null ? new JsonRecordParser(target.contract()) : parser;
    }
  }

  /**
   * Takes one request. The body is NDJSON, a JSON array of objects, or one object.
   *
   * @throws IOException when the body cannot be read to its end
   */
  public Result accept(String table, Packing packing, InputStream body) throws IOException {
    Table found = tables.get(table);
    if (found == null) {
      return new Result.UnknownTable(tables.keySet());
    }
    EventBody events;
    try {
      Optional<EventBody> read = EventBody.read(body, packing, BODY_BYTES_MAX);
      if (read.isEmpty()) {
        return new Result.TooLarge(BODY_BYTES_MAX);
      }
      events = read.get();
    } catch (EventBody.Malformed e) {
      return new Result.Refused(List.of(new LineFault(e.line(), "", e.reason())));
    }
    for (int i = 0; i < events.size(); i++) {
      if (events.end(i) - events.start(i) > EVENT_BYTES_MAX) {
        return new Result.TooLarge(EVENT_BYTES_MAX);
      }
    }
    BatchBuilder rows = new BatchBuilder(found.target.contract().schema());
    List<LineFault> faults = check(found, events, rows);
    return faults.isEmpty()
        ? append(found.target, events, rows.build())
        : new Result.Refused(faults);
  }

  private static List<LineFault> check(Table table, EventBody events, BatchBuilder rows) {
    JsonRecordParser parser = table.borrow();
    List<LineFault> faults = new ArrayList<>();
    for (int i = 0; i < events.size() && faults.size() < FAULTS_MAX; i++) {
      Optional<Fault> fault = parser.parse(events.data(), events.start(i), events.end(i), rows);
      if (fault.isPresent()) {
        faults.add(new LineFault(events.line(i), fault.get().field(), fault.get().reason()));
      }
    }
    parser.release();
    table.parsers.add(parser);
    return faults;
  }

  private Result append(Target target, EventBody events, Batch rows) {
    if (events.size() == 0) {
      return new Result.Accepted(0);
    }
    List<Entry> entries = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      byte[] value = Arrays.copyOfRange(events.data(), events.start(i), events.end(i));
      entries.add(new Entry(key(rows, target.contract().key(), i), value));
    }
    try {
      log.append(target.topic(), entries).join();
      return new Result.Accepted(events.size());
    } catch (CompletionException e) {
      if (e.getCause() instanceof LeatException failure) {
        Problem problem = failure.problems().getFirst();
        return problem.code() == ErrorCode.SOURCE_OVERLOADED
            ? new Result.Overloaded(OVERLOADED)
            : new Result.LogFailing(problem.message(), LOG_FAILING);
      }
      throw e;
    }
  }

  /** The text of the key columns; none without a key. */
  static byte[] key(Batch rows, List<Integer> columns, int row) {
    if (columns.isEmpty()) {
      return Entry.NO_KEY;
    }
    ByteArrayOutputStream key = new ByteArrayOutputStream(32);
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        key.write(KEY_SEPARATOR);
      }
      Vector column = rows.column(columns.get(i));
      if (!column.isNull(row)) {
        switch (column) {
          case LongVector v -> key.writeBytes(ascii(Long.toString(v.values()[row])));
          case DoubleVector v -> key.writeBytes(ascii(Double.toString(v.values()[row])));
          case BytesVector v -> key.write(v.data(), v.start(row), v.length(row));
        }
      }
    }
    return key.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
