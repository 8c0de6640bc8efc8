package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.Position;
import dev.leat.log.LogReader;
import dev.leat.log.Records;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows of a topic: partition by partition, each in the order of its offsets. A record that
 * breaks the contract is rejected, and reading goes on behind it.
 *
 * <p>A partition that a position does not name is read from the first offset that is kept; one that
 * it names is read from there, and if that is no longer kept, LEAT-4002 says so.
 */
public final class StreamIntake implements Intake {
  private final SourceTable table;
  private final Contract contract;
  private final RecordParser parser;
  private final LogReader reader;
  private final AutoCloseable connection;

  /**
   * @param connection closed with this intake
   */
  StreamIntake(SourceTable table, LogReader reader, AutoCloseable connection) {
    this.table = table;
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
    return new Position(reader.end());
  }

  @Override
  public Slice read(Position from, Position until, int maxRows) {
    BatchBuilder rows = new BatchBuilder(contract.schema());
    BatchBuilder rejected = new BatchBuilder(Quarantine.SCHEMA);
    SortedMap<Integer, Long> next = new TreeMap<>(from.offsets());
    long oldest = Long.MAX_VALUE;
    int left = maxRows;
    for (int partition : until.offsets().keySet()) {
      long start = startOf(from, partition);
      next.put(partition, start);
      if (left > 0 && start < until.offset(partition)) {
        Records records = reader.read(partition, start, until.offset(partition), left);
        parse(records, partition, rows, rejected);
        next.put(partition, records.next());
        left -= records.size();
        for (int i = 0; i < records.size(); i++) {
          oldest = Math.min(oldest, records.timeMillis(i));
        }
      }
    }
    Batch read = rows.build();
    return new Slice(
        read,
        rejected.build(),
        new Position(next),
        left == maxRows ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest)));
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
    try {
      connection.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
