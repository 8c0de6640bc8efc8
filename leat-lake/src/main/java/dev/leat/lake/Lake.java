package dev.leat.lake;

import dev.leat.data.Batch;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The tables of a project on the local file system. Any number of processes may read a lake while
 * one writes it: a reader sees whole epochs only.
 *
 * <p>Safe for use by many threads; but there is one {@link EpochWriter} at a time.
 */
public final class Lake implements AutoCloseable {
  private Lake() {}

  /** A lake in this folder, which need not exist. Nothing is written before the first epoch. */
  public static Lake open(Path root) {
    return open(root, LakeOptions.DEFAULT);
  }

  public static Lake open(Path root, LakeOptions options) {
    throw new UnsupportedOperationException("" + root + options);
  }

  /** The newest epoch; empty before the first. Cheap enough to be asked many times a second. */
  public Optional<Epoch> newest() {
    throw new UnsupportedOperationException();
  }

  /** An epoch by its number; empty when it is not kept or not there yet. */
  public Optional<Epoch> epoch(long number) {
    throw new UnsupportedOperationException("" + number);
  }

  /** The numbers of the epochs that are kept, rising. */
  public List<Long> epochs() {
    throw new UnsupportedOperationException();
  }

  /**
   * The files that make up a relation in an epoch.
   *
   * @throws dev.leat.model.LeatException LEAT-5002 when the epoch has no such relation
   */
  public TableFiles files(Epoch epoch, String relation) {
    throw new UnsupportedOperationException(epoch + relation);
  }

  /** Reads files batch by batch, every row with weight 1. For bulk work DuckDB is faster. */
  public void read(TableFiles files, Consumer<Batch> to) {
    throw new UnsupportedOperationException(files + "" + to);
  }

  /** Begins the next epoch. The one begun before must have been committed or aborted. */
  public EpochWriter begin() {
    throw new UnsupportedOperationException();
  }

  /**
   * Lets epochs go that need not be kept, with the files only they have.
   *
   * @return how many epochs went
   */
  public int expire(Retention retention, Instant now) {
    throw new UnsupportedOperationException(retention + "" + now);
  }

  /**
   * Merges small files and files with many deleted rows, where that is worth while. The merged
   * files take the place of the old ones in the next epoch that is committed. May run beside a
   * writer.
   *
   * @return how many tables will have fewer files
   */
  public int compact() {
    throw new UnsupportedOperationException();
  }

  /** Deletes files that no kept epoch names: what dead processes left behind. */
  public int sweep() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
