package dev.leat.connect;

import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import java.util.Arrays;
import java.util.Optional;

/**
 * One record as a row: an event of a stream in the stream's encoding; a row of a database as a JSON
 * object of its columns.
 */
record RecordReading(RecordParser parser) implements Releases.Reading {

  @Override
  public Optional<Fault> read(Release.Held held, byte[] record, BatchBuilder into) {
    if (record.length > EventGateway.EVENT_BYTES_MAX) {
      return Optional.of(
          Fault.ofRow("it has more than " + EventGateway.EVENT_BYTES_MAX + " bytes"));
    }
    byte[] padded = Arrays.copyOf(record, record.length + BytesVector.PADDING);
    return parser.parse(padded, 0, record.length, into);
  }
}
