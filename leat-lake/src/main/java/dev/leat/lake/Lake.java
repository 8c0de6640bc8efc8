package dev.leat.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of a project on the local file system. Any number of processes may read a lake while
 * one writes it: a reader sees whole epochs only.
 *
 * <p>Safe for use by many threads; but there is one {@link EpochWriter} at a time.
 */
public final class Lake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lake.class);
  private static final long LISTS_BYTES = 64L << 20;

  private final Path root;
  private final LakeOptions options;
  private final Disk disk;
  private final EpochFiles epochFiles;
  private final Instant opened = Instant.now();
  private final KnownFiles known = new KnownFiles(LISTS_BYTES);
  private final Map<String, TableChange> writing = new ConcurrentHashMap<>();
  private final Map<String, Merge> merges = new ConcurrentHashMap<>(); // by relation
  private final AtomicReference<@Nullable EpochWriter> writer = new AtomicReference<>();
  private @Nullable Workers workers;

  private Lake(Path root, LakeOptions options, Disk disk) {
    this.root = root.toAbsolutePath().normalize();
    this.options = options;
    this.disk = disk;
    this.epochFiles = new EpochFiles(this.root, disk);
  }

  /** A lake in this folder, which need not exist. Nothing is written before the first epoch. */
  public static Lake open(Path root) {
    return open(root, LakeOptions.DEFAULT);
  }

  public static Lake open(Path root, LakeOptions options) {
    return open(root, options, new LocalDisk(options.durability(), root));
  }

  static Lake open(Path root, LakeOptions options, Disk disk) {
    return new Lake(root, options, disk);
  }

  /** The newest epoch; empty before the first. Cheap enough to be asked many times a second. */
  public Optional<Epoch> newest() {
    return epochFiles.newest();
  }

  /** An epoch by its number; empty when it is not kept or not there yet. */
  public Optional<Epoch> epoch(long number) {
    return epochFiles.read(number);
  }

  /** The numbers of the epochs that are kept, rising. */
  public List<Long> epochs() {
    return epochFiles.numbers();
  }

  /**
   * The files that make up a relation in an epoch.
   *
   * @throws dev.leat.model.LeatException LEAT-5002 when the epoch has no such relation, or is not
   *     kept any more
   */
  public TableFiles files(Epoch epoch, String relation) {
    TableVersion version =
        epoch.table(relation).orElseThrow(() -> LakeFailure.noRelation(epoch, relation));
    Optional<TableFiles> before = known.find(version.filesLocation());
    if (before.isPresent()) {
      return before.get();
    }
    try {
      TableFiles files = load(version);
      known.add(version.filesLocation(), files);
      return files;
    } catch (NoSuchFileException e) {
      throw LakeFailure.notKept(epoch, e);
    } catch (IOException e) {
      throw LakeFailure.of("reading", root.resolve(version.filesLocation()), e);
    }
  }

  private TableFiles load(TableVersion version) throws IOException {
    List<DataFile> files = new ArrayList<>();
    for (FileList.Entry entry : readList(version).entries()) {
      RoaringBitmap deleted =
          entry.deletions().isPresent()
              ? DeletionVectors.read(root, entry.deletions().get())
              : new RoaringBitmap();
      files.add(
          new DataFile(
              root.resolve(entry.path()),
              entry.rows(),
              entry.bytes(),
              TableState.positions(deleted)));
    }
    return new TableFiles(version.schema(), version.fieldIds(), files, version.rows());
  }

  FileList readList(TableVersion version) throws IOException {
    return Json.readFileList(Files.readAllBytes(root.resolve(version.filesLocation())));
  }

  FileList list(TableVersion version) {
    try {
      return readList(version);
    } catch (IOException e) {
      throw LakeFailure.of("reading", root.resolve(version.filesLocation()), e);
    }
  }

  /** Begins the next epoch. The one begun before must have been committed or aborted. */
  public EpochWriter begin() {
    EpochWriter next = new EpochWriter(this, newest().orElse(Epoch.NONE));
    if (!writer.compareAndSet(null, next)) {
      throw new IllegalStateException("an epoch is being written already");
    }
    return next;
  }

  /** The writer's knowledge of a table, of this very version. */
  TableChange take(String relation, TableVersion version, LakeIO io) throws IOException {
    TableChange change = writing.remove(relation);
    return change != null && change.isAt(version)
        ? change
        : TableChange.load(root, relation, version, io, options);
  }

  void committed(Map<String, TableChange> changes, Set<String> dropped, List<Merge> merged) {
    writing.putAll(changes);
    dropped.forEach(writing::remove);
    merged.forEach(merge -> merges.remove(merge.relation(), merge));
    writer.set(null);
  }

  void aborted(Collection<String> relations) {
    relations.forEach(writing::remove);
    writer.set(null);
  }

  /**
   * Lets epochs go that need not be kept, with the files only they have. A reader that still uses
   * one of them gets LEAT-5002.
   *
   * @return how many epochs went
   */
  public int expire(Retention retention, Instant now) {
    return new Expiry(this).expire(retention, now);
  }

  /**
   * Merges small files and files with many deleted rows, where that is worth while. The merged
   * files take the place of the old ones in the next epoch that is committed. May run beside a
   * writer.
   *
   * @param rest told after each merge how long it took; returns when the next may begin
   * @return how many tables will have fewer files
   */
  public int compact(Rewriter rewriter, Consumer<Duration> rest) {
    return new Compaction(this, rewriter, rest).run();
  }

  /**
   * Deletes what processes left that were killed: files that no kept epoch names, that were last
   * written before this lake was opened, and that are as old as is asked. Only for the process that
   * writes; may run beside its writer, but not beside {@link #compact}.
   *
   * @param age more than the clocks of the disk and of this process may be apart
   * @return how many files went
   */
  public int sweep(Duration age, Instant now) {
    Instant old = now.minus(age);
    return new Sweep(this, old.isBefore(opened) ? old : opened).run();
  }

  /** Files that no epoch names yet. */
  Set<Path> making() {
    Set<Path> making = new HashSet<>();
    EpochWriter unfinished = writer.get();
    if (unfinished != null) {
      making.addAll(unfinished.created());
    }
    merges.values().forEach(merge -> making.add(merge.output()));
    return making;
  }

  Path root() {
    return root;
  }

  LakeOptions options() {
    return options;
  }

  Disk disk() {
    return disk;
  }

  EpochFiles epochFiles() {
    return epochFiles;
  }

  synchronized Workers workers() {
    Workers made = workers;
    if (made == null) {
      made = new Workers();
      workers = made;
    }
    return made;
  }

  List<Merge> merges() {
    return List.copyOf(merges.values());
  }

  boolean hasMerge(String relation) {
    return merges.containsKey(relation);
  }

  void offer(Merge merge) {
    merges.put(merge.relation(), merge);
  }

  void discard(Merge merge) {
    merges.remove(merge.relation(), merge);
    deleteQuietly(merge.output());
  }

  /** Deletes a file that no epoch has any more. */
  void letGo(String file) {
    known.forget(file);
    deleteQuietly(root.resolve(file));
  }

  void deleteQuietly(Path file) {
    try {
      disk.delete(file);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} stays behind: {}", file, e.toString());
    }
  }

  /** Ends writing; an epoch that is not committed is aborted. */
  @Override
  public synchronized void close() {
    EpochWriter unfinished = writer.get();
    if (unfinished != null) {
      unfinished.abort();
    }
    merges().forEach(this::discard);
    writing.clear();
    if (workers != null) {
      workers.close();
      workers = null;
    }
  }
}
