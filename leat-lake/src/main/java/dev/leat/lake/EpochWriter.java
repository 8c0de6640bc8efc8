package dev.leat.lake;

import dev.leat.data.Batch;
import dev.leat.data.Position;
import dev.leat.model.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Makes one epoch: gathers the changes of every relation, then publishes all of them at once.
 * Relations that are not named stay as they are. A relation that does not exist is created; one
 * whose schema is another now is evolved, or made anew where its columns cannot be kept.
 *
 * <p>For one thread; {@link #commit} uses more. Closing a writer that has not committed aborts it.
 */
public final class EpochWriter implements AutoCloseable {
  EpochWriter() {}

  /** The number this epoch will have. */
  public long number() {
    throw new UnsupportedOperationException();
  }

  /** The epoch this one follows; an empty epoch 0 for the first. */
  public Epoch previous() {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds changes: a row of weight +k is there k times more, one of weight -k k times less. May be
   * called again. An empty batch makes sure that the relation exists with this schema.
   */
  public void apply(String relation, Schema schema, Batch changes) {
    throw new UnsupportedOperationException(relation + schema + changes);
  }

  /**
   * A path for a Parquet file that {@link #append} or {@link #replace} will be given. Its columns
   * must carry the field ids of {@link #fieldIds}.
   */
  public Path newDataFile(String relation, Schema schema) {
    throw new UnsupportedOperationException(relation + schema);
  }

  /** The field id of each column, in order, for {@code COPY … (FIELD_IDS {…})}. */
  public Map<String, Integer> fieldIds(String relation, Schema schema) {
    throw new UnsupportedOperationException(relation + schema);
  }

  /** Adds the rows of these Parquet files. */
  public void append(String relation, Schema schema, List<Path> parquetFiles) {
    throw new UnsupportedOperationException(relation + schema + parquetFiles);
  }

  /** Puts the rows of these Parquet files in the place of all there were. */
  public void replace(String relation, Schema schema, List<Path> parquetFiles) {
    throw new UnsupportedOperationException(relation + schema + parquetFiles);
  }

  /** Takes a relation out of the lake; older epochs still have it. */
  public void drop(String relation) {
    throw new UnsupportedOperationException(relation);
  }

  /** The files of a relation as it is so far in this epoch. Writes what has been applied to it. */
  public TableFiles files(String relation) {
    throw new UnsupportedOperationException(relation);
  }

  /**
   * Publishes. After this returns, {@link Lake#newest} is this epoch; if it throws, nothing has
   * changed and nothing of the attempt is left.
   *
   * @param positions of the source tables whose position has moved; the others keep theirs
   * @throws dev.leat.model.LeatException LEAT-5001 when the lake cannot be written, LEAT-5003 when
   *     another process has published an epoch meanwhile
   */
  public Epoch commit(Instant time, Map<String, Position> positions) {
    throw new UnsupportedOperationException(time + "" + positions);
  }

  /** Lets go of everything, with the files written for it. */
  public void abort() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    abort();
  }
}
