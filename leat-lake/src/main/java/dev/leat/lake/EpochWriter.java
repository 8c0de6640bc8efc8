package dev.leat.lake;

import dev.leat.data.Batch;
import dev.leat.data.Position;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.parquet.ParquetUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one epoch: gathers the changes of every relation, then publishes all of them at once.
 * Relations that are not named stay as they are. A relation that does not exist is created. One
 * whose schema is another now keeps its rows, new columns being NULL in them, unless a column of
 * the same name has another type: then it is made anew, without rows, for the caller to fill.
 *
 * <p>For one thread; {@link #commit} uses more. Closing a writer that has not committed aborts it.
 */
public final class EpochWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EpochWriter.class);

  private final Lake lake;
  private final Epoch previous;
  private final LakeIO io;
  private final Map<String, TableChange> changes = new LinkedHashMap<>();
  private final Set<String> dropped = new HashSet<>();
  private boolean open = true;

  EpochWriter(Lake lake, Epoch previous) {
    this.lake = lake;
    this.previous = previous;
    this.io = new LakeIO(lake.disk());
  }

  /** The number this epoch will have. */
  public long number() {
    return previous.number() + 1;
  }

  /** The epoch this one follows; an empty epoch 0 for the first. */
  public Epoch previous() {
    return previous;
  }

  /**
   * Adds changes: a row of weight +k is there k times more, one of weight -k k times less. May be
   * called again. An empty batch makes sure that the relation exists with this schema.
   */
  public void apply(String relation, Schema schema, Batch batch) {
    change(relation, schema).state().add(batch);
  }

  /**
   * A path for a Parquet file that {@link #append} or {@link #replace} will be given. Its columns
   * must carry the field ids of {@link #fieldIds}.
   */
  public Path newDataFile(String relation, Schema schema) {
    Path path = change(relation, schema).state().newPath(number());
    io.adopt(path);
    try {
      Files.createDirectories(path.getParent());
    } catch (IOException e) {
      throw LakeFailure.of("making", path, e);
    }
    return path;
  }

  /**
   * A Parquet file that is elsewhere, as one of the lake's for {@link #append} or {@link #replace}:
   * a link to it where there can be one, else a copy.
   */
  public Path takeOver(String relation, Schema schema, Path file) {
    Path path = newDataFile(relation, schema);
    try {
      io.disk().link(file, path);
    } catch (IOException e) {
      throw LakeFailure.of("taking over", file, e);
    }
    return path;
  }

  /** The field id of each column, in order, for {@code COPY … (FIELD_IDS {…})}. */
  public Map<String, Integer> fieldIds(String relation, Schema schema) {
    return TableVersion.fieldIdsByName(schema, change(relation, schema).state().fieldIds);
  }

  /** Adds the rows of these Parquet files. */
  public void append(String relation, Schema schema, List<Path> parquetFiles) {
    TableState state = change(relation, schema).state();
    for (Path file : parquetFiles) {
      try {
        checkIds(state, file);
        io.disk().settle(file);
        Metrics metrics =
            ParquetUtil.fileMetrics(io.newInputFile(file.toString()), MetricsConfig.getDefault());
        state.append(file.toAbsolutePath(), metrics.recordCount(), metrics);
      } catch (IOException e) {
        throw LakeFailure.of("taking over", file, e);
      }
    }
  }

  /** Without field ids Iceberg takes columns by their position: wrong data and no error. */
  private static void checkIds(TableState state, Path file) throws IOException {
    Map<Integer, String> found = ParquetInput.fieldIds(file);
    Map<String, Integer> wanted = TableVersion.fieldIdsByName(state.schema, state.fieldIds);
    for (Map.Entry<String, Integer> column : wanted.entrySet()) {
      if (!column.getKey().equals(found.get(column.getValue()))) {
        throw new IOException(
            "field ids are " + found + ", but " + column.getKey() + " is " + column.getValue());
      }
    }
  }

  /** Puts the rows of these Parquet files in the place of all there were. */
  public void replace(String relation, Schema schema, List<Path> parquetFiles) {
    change(relation, schema).state().clear();
    append(relation, schema, parquetFiles);
  }

  /** Takes a relation out of the lake; older epochs still have it. */
  public void drop(String relation) {
    checkOpen();
    changes.remove(relation);
    dropped.add(relation);
  }

  /** The files of a relation as it is so far in this epoch. Writes what has been applied to it. */
  public TableFiles files(String relation) {
    checkOpen();
    TableChange change = changes.get(relation);
    if (change == null) {
      return lake.files(previous, relation);
    }
    try {
      change.state().flush(io, number());
      return change.state().tableFiles();
    } catch (IOException e) {
      throw LakeFailure.of("writing to", lake.root(), e);
    }
  }

  private TableChange change(String relation, Schema schema) {
    checkOpen();
    try {
      TableChange change = changes.get(relation);
      TableVersion version = previous.tables().get(relation);
      if (change == null) {
        change =
            version == null || dropped.contains(relation)
                ? TableChange.create(lake.root(), relation, schema, number(), lake.options())
                : lake.take(relation, version, io);
      }
      if (!change.state().schema.equals(schema)) {
        change.state().flush(io, number());
        change = TableChange.evolve(change, schema, number(), lake.options());
      }
      changes.put(relation, change);
      dropped.remove(relation);
      return change;
    } catch (IOException e) {
      throw LakeFailure.of("reading", lake.root(), e);
    }
  }

  private void checkOpen() {
    if (!open) {
      throw new IllegalStateException("epoch " + number() + " is committed or aborted");
    }
  }

  /**
   * Publishes. After this returns, {@link Lake#newest} is this epoch; if it throws, nothing has
   * changed and nothing of the attempt is left.
   *
   * @param positions of the source tables whose position has moved; the others keep theirs
   * @throws dev.leat.model.LeatException LEAT-5001 when the lake cannot be written, LEAT-5003 when
   *     another process has published an epoch meanwhile, LEAT-5004 when a row is taken away that
   *     is not there
   */
  public Epoch commit(Instant time, Map<String, Position> positions) {
    checkOpen();
    try {
      List<Merge> merged = takeMerges();
      SortedMap<String, TableVersion> tables = new TreeMap<>(previous.tables());
      dropped.forEach(tables::remove);
      tables.putAll(lake.workers().finish(changes, io, number()));
      SortedMap<String, Position> all = new TreeMap<>(previous.positions());
      all.putAll(positions);
      Epoch epoch = new Epoch(number(), time, tables, all);
      lake.epochFiles().publish(epoch);
      open = false;
      lake.committed(changes, dropped, merged);
      deleteUnused(epoch);
      return epoch;
    } catch (RuntimeException e) {
      abort();
      throw LakeFailure.of(lake.root(), e);
    }
  }

  /** Merged files whose table is still made of what they were made of. */
  private List<Merge> takeMerges() {
    List<Merge> taken = new ArrayList<>();
    for (Merge merge : lake.merges()) {
      TableVersion version = previous.tables().get(merge.relation());
      try {
        boolean fits =
            version != null
                && !dropped.contains(merge.relation())
                && version.metadataLocation().startsWith(merge.folder() + "/")
                && merge(merge, version);
        if (fits) {
          taken.add(merge);
        } else {
          lake.discard(merge);
        }
      } catch (IOException e) {
        throw LakeFailure.of("merging files of", merge.output(), e);
      }
    }
    return taken;
  }

  private boolean merge(Merge merge, TableVersion version) throws IOException {
    TableChange change = changes.get(merge.relation());
    if (change == null) {
      change = lake.take(merge.relation(), version, io);
      changes.put(merge.relation(), change);
    }
    return change.state().folder().equals(merge.folder()) && change.state().merge(merge);
  }

  /**
   * What was written on the way and is in no table: a tail that was written twice, say. The epoch
   * is there already, so nothing that fails here may look as if it were not.
   */
  private void deleteUnused(Epoch epoch) {
    Set<Path> used = new HashSet<>();
    try {
      for (TableVersion version : epoch.tables().values()) {
        if (version.changed() == epoch.number()) {
          used.add(lake.root().resolve(version.filesLocation()));
          lake.list(version).everything().forEach(f -> used.add(lake.root().resolve(f)));
        }
      }
    } catch (LeatException e) {
      LOG.warn(
          "Epoch {} is published; files it did not need stay: {}", epoch.number(), e.toString());
      return;
    }
    io.created().stream().filter(f -> !used.contains(f)).forEach(lake::deleteQuietly);
  }

  /** The files it made, or is about to; some may be old, as they were taken over. */
  Set<Path> created() {
    return io.created();
  }

  /** Lets go of everything, with the files written for it. */
  public void abort() {
    if (open) {
      open = false;
      lake.aborted(changes.keySet());
      io.created().forEach(lake::deleteQuietly);
    }
  }

  @Override
  public void close() {
    abort();
  }
}
