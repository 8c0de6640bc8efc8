package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.Position;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one source table in the order they arrived.
 *
 * <p>Rows once readable stay as they are: reading the same stretch again gives the same rows, in
 * this process and in the next. That is what makes a step of the mill repeatable.
 *
 * <p>An intake is used by one thread at a time.
 */
public interface Intake extends AutoCloseable {

  SourceTable table();

  /** The columns of {@link Slice#rows()}: the table's contract. */
  Schema schema();

  /** How far rows can be read now. */
  Position end();

  /**
   * The same as far as it is known without waiting for anybody.
   *
   * @param from where reading stands: the answer while nothing is known
   */
  default Position known(Position from) {
    return end();
  }

  /**
   * Which topic of its name it is, as {@link #end} or {@link #known} found last: positions in one
   * that was deleted say nothing of the one that was made after it. Empty where nobody can say.
   */
  default Optional<String> identity() {
    return Optional.empty();
  }

  /** Whether there is something to read between two positions. */
  default boolean hasMore(Position from, Position until) {
    return until.offsets().entrySet().stream()
        .anyMatch(partition -> partition.getValue() > from.offset(partition.getKey()));
  }

  /**
   * Reads on from a position: at most about {@code maxRows} rows, and never past {@code until}. A
   * batch source may give a whole extract where {@code maxRows} falls inside it.
   *
   * @param until a position that {@link #end} once gave, or {@link Slice#next}
   * @throws dev.leat.model.LeatException LEAT-4002 when rows after {@code from} are no longer kept
   */
  Slice read(Position from, Position until, int maxRows);

  /**
   * The files between two positions, for taking them over whole: Parquet, with field ids 1, 2, … in
   * the schema's order. Empty when there is more to that stretch than new rows that keep the
   * contract, or when the source has no files.
   */
  default Optional<List<BulkFile>> bulk(Position from, Position until) {
    return Optional.empty();
  }

  /**
   * Told at a start, before anything is read or looked for, which columns the table has that rows
   * were read to so far: what else the contract has, they have no values for.
   */
  default void readTo(Schema table) {}

  /**
   * Whether reading a stretch again gives its rows in the order they were first read in, however it
   * is cut into slices.
   */
  default boolean keepsOrder(Position from, Position until) {
    return true;
  }

  /**
   * A staged file of rows, all of weight 1, that can be read as it is.
   *
   * @param rows in the file
   */
  record BulkFile(Path path, long rows) {}

  @Override
  void close();

  /**
   * What was read.
   *
   * @param rows those that keep the contract
   * @param rejected those that do not, as {@link Quarantine#SCHEMA}
   * @param next where to read on; equal to {@code until} when all of it was read
   * @param oldest when the first of these rows arrived (was written to the log, was staged): what
   *     freshness is measured from; empty when nothing was read
   */
  record Slice(Batch rows, Batch rejected, Position next, Optional<Instant> oldest) {}
}
