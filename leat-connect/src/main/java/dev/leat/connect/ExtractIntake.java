package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.data.LongVector;
import dev.leat.data.Position;
import dev.leat.data.Vector;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.Session;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the staged extracts of a batch source. Partition 0 of a position is the number of the next
 * extract; partition 1, when it is there, how many rows of that one have been read.
 */
public final class ExtractIntake implements Intake {
  private static final int EXTRACT = 0;
  private static final int ROW = 1;

  private final SourceTable table;
  private final Staging staging;
  private final Session session;
  private final boolean differences;
  private Optional<Reading> reading = Optional.empty();

  /**
   * @param differences whether an extract may take away rows of those before it
   */
  ExtractIntake(SourceTable table, Staging staging, DuckDb duckDb, boolean differences) {
    this.table = table;
    this.staging = staging;
    this.session = duckDb.session();
    this.differences = differences;
  }

  /** An extract that is being read, and how far. */
  private static final class Reading {
    final Extract extract;
    final long stop;
    final Answer answer;
    long row;

    /**
     * @param stop the row before which the answer ends
     */
    Reading(Extract extract, long row, long stop, Answer answer) {
      this.extract = extract;
      this.row = row;
      this.stop = stop;
      this.answer = answer;
    }
  }

  @Override
  public Optional<List<BulkFile>> bulk(Position from, Position until) {
    List<BulkFile> files = new ArrayList<>();
    if (from.offset(ROW) != 0 || until.offset(ROW) != 0) {
      return Optional.empty();
    }
    leave();
    for (long number = from.offset(EXTRACT); number < until.offset(EXTRACT); number++) {
      Extract extract = staging.extract(number);
      Path file = staging.rows(number);
      if (!extract.insertOnly()
          || extract.rejected() > 0
          || !staging.upToDate(session, number, file)) {
        return Optional.empty();
      }
      files.add(new BulkFile(file, extract.rows()));
    }
    return Optional.of(files);
  }

  @Override
  public SourceTable table() {
    return table;
  }

  @Override
  public Schema schema() {
    return staging.schema();
  }

  @Override
  public Position end() {
    return Position.of(staging.next());
  }

  /** A row that is taken away must be named as it is where it was read to. */
  @Override
  public void readTo(Schema table) {
    if (differences) {
      staging.readTo(table);
    }
  }

  /** Rows are counted anew in each extract. */
  @Override
  public boolean hasMore(Position from, Position until) {
    long extracts = until.offset(EXTRACT) - from.offset(EXTRACT);
    return extracts > 0 || extracts == 0 && until.offset(ROW) > from.offset(ROW);
  }

  @Override
  public Slice read(Position from, Position until, int maxRows) {
    long number = from.offset(EXTRACT);
    if (!hasMore(from, until)) {
      return new Slice(
          Batch.empty(schema()), Batch.empty(Quarantine.SCHEMA), from, Optional.empty());
    }
    Extract extract = staging.extract(number);
    long row = from.offset(ROW);
    Batch rejected = row == 0 ? rejected(extract) : Batch.empty(Quarantine.SCHEMA);
    Reading open =
        at(extract, row, number < until.offset(EXTRACT) ? extract.rows() : until.offset(ROW));
    List<Batch> batches = new ArrayList<>();
    int rows = 0;
    try {
      while (rows < maxRows && open.answer.hasNext()) {
        Batch batch = changes(extract, open.answer.next());
        batches.add(batch);
        rows += batch.size();
      }
    } catch (RuntimeException e) {
      leave(); // what it gave is lost: the next read starts again and skips
      throw e;
    }
    open.row += rows;
    if (rows == 0 && open.row < open.stop) {
      throw new LeatException(
          Problem.of(
              ErrorCode.INPUT_SHORT,
              staging.rows(number) + " holds fewer rows than were staged.",
              "Put .leat/staging back as it was."));
    }
    boolean done = open.row >= extract.rows();
    if (open.row >= open.stop) {
      leave();
    }
    return new Slice(
        Consolidation.concat(schema(), batches),
        rejected,
        done ? Position.of(number + 1) : inside(number, open.row),
        Optional.of(Instant.ofEpochMilli(extract.millis())));
  }

  private static Position inside(long number, long row) {
    return new Position(new TreeMap<>(Map.of(EXTRACT, number, ROW, row)));
  }

  /** Goes on where the last read ended, or starts again and skips. */
  private Reading at(Extract extract, long row, long stop) {
    if (reading.isPresent()
        && reading.get().extract.number() == extract.number()
        && reading.get().row == row
        && reading.get().stop == stop) {
      return reading.get();
    }
    leave();
    String select =
        staging.select(session, extract)
            + (stop < extract.rows() ? " LIMIT " + (stop - row) : "")
            + (row == 0 ? "" : " OFFSET " + row);
    Answer answer = session.query(select, staging.selected(extract));
    Reading open = new Reading(extract, row, stop, answer);
    reading = Optional.of(open);
    return open;
  }

  private void leave() {
    reading.ifPresent(open -> open.answer.close());
    reading = Optional.empty();
  }

  private Batch changes(Extract extract, Batch batch) {
    if (extract.insertOnly()) {
      return batch;
    }
    int columns = schema().size();
    List<Vector> rows = batch.columns().subList(0, columns);
    LongVector weights = batch.longs(columns);
    return Batch.of(schema(), rows, weights.values(), batch.size());
  }

  private Batch rejected(Extract extract) {
    if (extract.rejected() == 0) {
      return Batch.empty(Quarantine.SCHEMA);
    }
    leave();
    String file = staging.rejected(extract.number()).toString();
    try (Answer answer =
        session.query("SELECT * FROM read_parquet(" + Sql.literal(file) + ")", Quarantine.SCHEMA)) {
      return leaving(answer.rest(), Set.copyOf(extract.origin().settled()));
    }
  }

  /** Takes away the rows that leave the quarantine, and puts in the others. */
  private static Batch leaving(Batch rows, Set<String> settled) {
    long[] weights = new long[rows.size()];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = settled.contains(rows.bytes(0).string(row)) ? -1 : 1;
    }
    return Batch.of(Quarantine.SCHEMA, rows.columns(), weights, weights.length);
  }

  @Override
  public void close() {
    leave();
    session.close();
  }
}
