package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.Position;
import dev.leat.log.LogReader;
import dev.leat.log.Records;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows of a topic: partition by partition, each in the order of its offsets. Partitions share
 * what is read at a time evenly, so that a deep one does not hold the others up; what one has too
 * little for goes to the others. A record that breaks the contract is rejected, and reading goes on
 * behind it.
 *
 * <p>A partition that a position does not name is read from the first offset that is kept; one that
 * it names is read from there, and if that is no longer kept, LEAT-4002 says so.
 */
public final class StreamIntake implements Intake {
  private final SourceTable table;
  private final Contract contract;
  private final RecordParser parser;
  private final LogReader reader;
  private final Optional<DistantEnd> distant;
  private final AutoCloseable connection;
  private Optional<String> identity = Optional.empty();

  /**
   * @param connection closed with this intake
   */
  StreamIntake(
      SourceTable table, LogReader reader, Optional<DistantEnd> distant, AutoCloseable connection) {
    this.table = table;
    this.distant = distant;
    this.contract = Contract.of(table);
    this.parser = RecordParser.of(table);
    this.reader = reader;
    this.connection = connection;
  }

  @Override
  public SourceTable table() {
    return table;
  }

  @Override
  public Schema schema() {
    return contract.schema();
  }

  @Override
  public Position end() {
    Position end = new Position(reader.end());
    identity = distant.flatMap(DistantEnd::topic);
    return end;
  }

  @Override
  public Position known(Position from) {
    if (distant.isEmpty()) {
      return end();
    }
    Optional<Position> newest = distant.get().newest();
    identity = distant.get().identity();
    return newest.orElse(from);
  }

  @Override
  public Optional<String> identity() {
    return identity;
  }

  /** How the slices were cut decides which of several partitions was read first. */
  @Override
  public boolean keepsOrder(Position from, Position until) {
    return until.offsets().size() <= 1;
  }

  @Override
  public Slice read(Position from, Position until, int maxRows) {
    BatchBuilder rows = new BatchBuilder(contract.schema());
    BatchBuilder rejected = new BatchBuilder(Quarantine.SCHEMA);
    SortedMap<Integer, Long> next = new TreeMap<>(from.offsets());
    until.offsets().keySet().forEach(partition -> next.put(partition, startOf(from, partition)));
    long oldest = Long.MAX_VALUE;
    for (Map.Entry<Integer, Integer> share : shares(next, until, maxRows).entrySet()) {
      int partition = share.getKey();
      long start = next.getOrDefault(partition, 0L);
      Records records = reader.read(partition, start, until.offset(partition), share.getValue());
      parse(records, partition, rows, rejected);
      next.put(partition, records.next());
      for (int i = 0; i < records.size(); i++) {
        oldest = Math.min(oldest, records.timeMillis(i));
      }
    }
    Batch read = rows.build();
    return new Slice(
        read,
        rejected.build(),
        new Position(next),
        oldest == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest)));
  }

  /**
   * How many records to read of each partition that has some: the shallowest first, an even share
   * of what is left, at least one. It depends on the positions alone.
   */
  static SortedMap<Integer, Integer> shares(Map<Integer, Long> from, Position until, int maxRows) {
    SortedMap<Integer, Long> depths = new TreeMap<>();
    until
        .offsets()
        .forEach((partition, end) -> {
          long depth = end - from.getOrDefault(partition, 0L);
          if (depth > 0) {
            depths.put(partition, depth);
          }
        });
    List<Integer> shallowestFirst =
        depths.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList();
    SortedMap<Integer, Integer> shares = new TreeMap<>();
    int left = maxRows;
    int open = shallowestFirst.size();
    for (int partition : shallowestFirst) {
      int even = Math.max(1, left / open--);
      int share = (int) Math.min(even, depths.getOrDefault(partition, 0L));
      shares.put(partition, share);
      left -= share;
    }
    return shares;
  }

  private long startOf(Position from, int partition) {
    Long named = from.offsets().get(partition);
    return named != null ? named : reader.start().getOrDefault(partition, 0L);
  }

  private void parse(Records records, int partition, BatchBuilder rows, BatchBuilder rejected) {
    for (int i = 0; i < records.size(); i++) {
      Optional<Fault> fault = parser.parse(records.data(), records.start(i), records.end(i), rows);
      if (fault.isPresent()) {
        Quarantine.add(
            rejected,
            table.name(),
            partition + ":" + records.offset(i),
            records.timeMillis(i) * 1000,
            fault.get(),
            records.value(i));
      }
    }
  }

  @Override
  public void close() {
    reader.close();
    distant.ifPresent(DistantEnd::close);
    try {
      connection.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
