package dev.leat.connect;

import dev.leat.data.BatchBuilder;
import dev.leat.model.LeatException;
import dev.leat.model.SourceTable;
import java.util.Optional;

/**
 * Makes rows of records in one encoding, checking each against its {@link Contract}.
 *
 * <p>A parser learns from what it reads and is used by one thread at a time; what it answers
 * depends on the record alone.
 */
public interface RecordParser {

  /** A parser for a stream table's encoding and contract. */
  static RecordParser of(SourceTable table) {
    Contract contract = Contract.of(table);
    return switch (table.encoding()) {
      case SourceTable.Encoding.Json _ -> new JsonRecordParser(contract);
      case SourceTable.Encoding.Avro avro -> avro(table, contract, avro.schemaJson());
    };
  }

  private static RecordParser avro(SourceTable table, Contract contract, String schemaJson) {
    try {
      return new AvroRecordParser(contract, schemaJson);
    } catch (LeatException e) {
      throw new LeatException(e.problems().stream().map(p -> p.in(table.at())).toList());
    }
  }

  /**
   * Appends the record {@code data[start .. end)} as one row of weight 1, or says why not and
   * leaves the batch as it was.
   *
   * @param data at least {@link dev.leat.data.BytesVector#PADDING} bytes longer than {@code end}
   */
  Optional<Fault> parse(byte[] data, int start, int end, BatchBuilder into);
}
