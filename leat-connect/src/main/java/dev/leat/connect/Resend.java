package dev.leat.connect;

import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.model.LeatException;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Puts records into the topic of a stream table again, such as one that was in quarantine and has
 * been corrected. Look first with {@link #check}, then {@link #append}.
 */
public final class Resend {

  /** What a look at a record found. */
  public sealed interface Checked {
    /** It keeps the contract, and can be appended as this. */
    record Kept(Entry entry) implements Checked {}

    /** It does not. */
    record Broken(Fault fault) implements Checked {}
  }

  private Resend() {}

  /** Checks a record as reading it from the topic would. */
  public static Checked check(SourceTable table, byte[] record) {
    if (record.length > EventGateway.EVENT_BYTES_MAX) {
      return new Checked.Broken(
          Fault.ofRow("it has more than " + EventGateway.EVENT_BYTES_MAX + " bytes"));
    }
    Contract contract = Contract.of(table);
    BatchBuilder row = new BatchBuilder(contract.schema());
    byte[] padded = Arrays.copyOf(record, record.length + BytesVector.PADDING);
    Optional<Fault> fault = RecordParser.of(table).parse(padded, 0, record.length, row);
    if (fault.isPresent()) {
      return new Checked.Broken(fault.get());
    }
    return new Checked.Kept(new Entry(EventGateway.key(row.build(), contract.key(), 0), record));
  }

  /**
   * Appends records; returns when the log has them all.
   *
   * @param source the one of {@code table}: says which cluster its topic is in
   * @param log the project's own log
   * @throws LeatException LEAT-3004 or LEAT-4001, after which some may be in the log
   */
  public static void append(Source source, SourceTable table, List<Entry> entries, Log log) {
    Optional<String> elsewhere =
        source instanceof Source.Kafka kafka ? kafka.bootstrap() : Optional.empty();
    if (elsewhere.isEmpty()) {
      send(table, entries, log);
      return;
    }
    try (Log other = Log.connect(elsewhere.get())) {
      send(table, entries, other);
    }
  }

  private static void send(SourceTable table, List<Entry> entries, Log log) {
    try {
      log.append(Connectors.topic(table), entries).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof LeatException known ? known : e;
    }
  }
}
