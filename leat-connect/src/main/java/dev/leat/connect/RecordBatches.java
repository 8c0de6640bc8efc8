package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The records of a file as batches of rows. What cannot be read is an UncheckedIOException. */
final class RecordBatches implements Iterator<Batch> {
  private static final int BATCH_ROWS = 16_384;

  /** A file's records, one after the other. */
  interface Records {

    /** Takes the next record as a row, or rejects it; false when there is none. */
    boolean take(BatchBuilder rows) throws IOException;
  }

  private final Schema schema;
  private final Records records;
  private Batch ahead;
  private boolean ended;

  RecordBatches(Schema schema, Records records) {
    this.schema = schema;
    this.records = records;
    this.ahead = Batch.empty(schema);
  }

  @Override
  public boolean hasNext() {
    if (ahead.isEmpty() && !ended) {
      ahead = read();
    }
    return !ahead.isEmpty();
  }

  private Batch read() {
    try {
      BatchBuilder rows = new BatchBuilder(schema);
      while (!ended && rows.size() < BATCH_ROWS) {
        ended = !records.take(rows);
      }
      return rows.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Batch next = ahead;
    ahead = Batch.empty(schema);
    return next;
  }
}
