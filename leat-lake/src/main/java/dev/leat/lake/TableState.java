package dev.leat.lake;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.Consolidation;
import dev.leat.model.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.Metrics;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of one table as its writer holds them: files, and what must be known to change them.
 *
 * <p>All files but one are <em>sealed</em>: they are never written again, rows only get deleted
 * from them. The one other, the <em>tail</em>, is small; its rows are kept in memory, and an epoch
 * that changes it writes it anew. New rows go to the tail until it has grown enough to be sealed.
 * So a small table is one file, and a large one does not get a file for every few rows.
 *
 * <p>Changed in place; when an epoch fails, thrown away and loaded again.
 */
final class TableState {
  final Path root;
  final String relation;
  final Schema schema;
  final List<Integer> fieldIds;

  private final String folder; // relative to the root
  private final int tailRows;
  private final Consolidation pending;
  private final List<LiveFile> files = new ArrayList<>();
  private int nextNumber;
  private @Nullable LiveFile tail;
  private @Nullable Batch tailContent;
  private @Nullable RowIndex index;

  TableState(
      Path root,
      String relation,
      String folder,
      Schema schema,
      List<Integer> fieldIds,
      int tailRows) {
    this.root = root;
    this.relation = relation;
    this.folder = folder;
    this.schema = schema;
    this.fieldIds = List.copyOf(fieldIds);
    this.tailRows = tailRows;
    this.pending = new Consolidation(schema);
  }

  void load(FileList list) {
    for (FileList.Entry entry : list.entries()) {
      LiveFile file = LiveFile.published(entry, nextNumber++);
      files.add(file);
      if (entry.tail()) {
        tail = file;
      }
    }
  }

  /** The same files under a schema whose columns of the same name have the same type. */
  TableState evolved(Schema to, List<Integer> ids) {
    TableState state = new TableState(root, relation, folder, to, ids, tailRows);
    state.files.addAll(files);
    state.nextNumber = nextNumber;
    state.tail = tail;
    return state;
  }

  List<LiveFile> files() {
    return files;
  }

  @Nullable LiveFile tail() {
    return tail;
  }

  String folder() {
    return folder;
  }

  void add(Batch changes) {
    pending.add(changes.as(schema));
  }

  /** Writes what has been added. */
  void flush(LakeIO io, long epoch) throws IOException {
    Batch net = pending.drain();
    if (net.isEmpty()) {
      return;
    }
    if (net.insertOnly() && net.size() > tailRows) {
      seal(write(io, epoch, net), net);
      return;
    }
    Batch merged = Consolidation.of(Consolidation.concat(schema, List.of(tailContent(), net)));
    Batch missing = part(merged, -1);
    deleteSealed(missing);
    if (!sameWeights(missing, net)) {
      replaceTail(io, epoch, merged.insertOnly() ? merged : part(merged, 1));
    }
  }

  /** Whether the tail had none of the rows taken away, and nothing was added. */
  private static boolean sameWeights(Batch missing, Batch net) {
    long left = 0;
    for (int row = 0; row < net.size(); row++) {
      if (net.weights()[row] > 0) {
        return false;
      }
      left -= net.weights()[row];
    }
    for (int row = 0; row < missing.size(); row++) {
      left -= missing.weights()[row];
    }
    return left == 0;
  }

  private Batch tailContent() throws IOException {
    LiveFile file = tail;
    Batch content = tailContent;
    if (content != null) {
      return content;
    }
    if (file == null) {
      return Batch.empty(schema);
    }
    Consolidation rows = new Consolidation(schema);
    TableRows.read(
        root.resolve(file.path), file.deleted(root), schema, fieldIds, (b, _) -> rows.add(b));
    content = rows.drain();
    tailContent = content;
    return content;
  }

  /** The rows whose weight has this sign, with the weights' sizes. */
  private static Batch part(Batch batch, int sign) {
    BatchBuilder builder = new BatchBuilder(batch.schema());
    for (int row = 0; row < batch.size(); row++) {
      long weight = batch.weights()[row] * sign;
      if (weight > 0) {
        builder.appendRow(batch, row, weight);
      }
    }
    return builder.build();
  }

  private void replaceTail(LakeIO io, long epoch, Batch content) throws IOException {
    if (tail != null) {
      files.remove(tail);
      tail = null;
    }
    tailContent = null;
    if (content.isEmpty()) {
      return;
    }
    LiveFile file = write(io, epoch, content);
    if (file.rows > tailRows) {
      seal(file, content);
    } else {
      files.add(file);
      tail = file;
      tailContent = content;
    }
  }

  private LiveFile write(LakeIO io, long epoch, Batch content) throws IOException {
    Path path = newPath(epoch);
    ParquetOutput out = new ParquetOutput(io, path, schema, fieldIds, ParquetOutput.Storage.PLAIN);
    try (out) {
      for (int row = 0; row < content.size(); row++) {
        out.write(content, row, content.weights()[row]);
      }
    }
    return fresh(path, out.rows(), out.metrics());
  }

  Path newPath(long epoch) {
    return root.resolve(folder)
        .resolve("data")
        .resolve(String.format(Locale.ROOT, "%08d-%s.parquet", epoch, UUID.randomUUID()));
  }

  private LiveFile fresh(Path path, long rows, Metrics metrics) throws IOException {
    return LiveFile.fresh(
        root.relativize(path).toString(), rows, Files.size(path), nextNumber++, metrics);
  }

  private void seal(LiveFile file, Batch content) {
    files.add(file);
    RowIndex known = index;
    if (known != null) {
      RowHashes hashes = RowHashes.of(content);
      long position = 0;
      for (int row = 0; row < content.size(); row++) {
        for (long i = 0; i < content.weights()[row]; i++) {
          known.add(
              hashes.hashes()[row],
              hashes.checks()[row],
              RowIndex.place(file.number(), position++));
        }
      }
    }
  }

  private void deleteSealed(Batch rows) throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    RowIndex known = index();
    Map<Integer, LiveFile> byNumber = new HashMap<>();
    files.forEach(file -> byNumber.put(file.number(), file));
    RowHashes hashes = RowHashes.of(rows);
    for (int row = 0; row < rows.size(); row++) {
      for (long left = rows.weights()[row]; left > 0; left--) {
        long place = known.remove(hashes.hashes()[row], hashes.checks()[row]);
        if (place == -1) {
          throw LakeFailure.rowMissing(relation, left, RowText.of(rows, row));
        }
        Objects.requireNonNull(byNumber.get(RowIndex.file(place)))
            .delete(root, RowIndex.position(place));
      }
    }
    files.removeIf(file -> file != tail && file.liveRows() == 0);
  }

  private RowIndex index() throws IOException {
    RowIndex known = index;
    if (known == null) {
      known = new RowIndex();
      for (LiveFile file : files) {
        if (file != tail) {
          index(known, file);
        }
      }
      index = known;
    }
    return known;
  }

  private void index(RowIndex target, LiveFile file) throws IOException {
    TableRows.read(
        root.resolve(file.path),
        file.deleted(root),
        schema,
        fieldIds,
        (batch, positions) -> {
          RowHashes hashes = RowHashes.of(batch);
          for (int i = 0; i < batch.size(); i++) {
            target.add(
                hashes.hashes()[i],
                hashes.checks()[i],
                RowIndex.place(file.number(), positions[i]));
          }
        });
  }

  /** Takes over files that somebody else wrote. */
  void append(Path path, long rows, Metrics metrics) throws IOException {
    if (rows > 0) {
      files.add(fresh(path, rows, metrics));
      index = null;
    }
  }

  /** Takes every row away, also those just added. */
  void clear() {
    pending.drain();
    files.clear();
    tail = null;
    tailContent = null;
    index = null;
  }

  /**
   * Puts a merged file in the place of those it was made of; rows that were deleted meanwhile get
   * deleted in it.
   *
   * @return false when the files have changed so much that it does not fit
   */
  boolean merge(Merge merge) throws IOException {
    List<LiveFile> inputs = new ArrayList<>();
    for (Merge.Input input : merge.inputs()) {
      Optional<LiveFile> found =
          files.stream().filter(f -> f != tail && f.path.equals(input.path())).findAny();
      if (found.isEmpty()) {
        return false;
      }
      inputs.add(found.get());
    }
    LiveFile merged = fresh(merge.output(), merge.rows(), merge.metrics());
    for (int i = 0; i < inputs.size(); i++) {
      Merge.Input input = merge.inputs().get(i);
      PeekableIntIterator later =
          RoaringBitmap.andNot(inputs.get(i).deleted(root), input.deleted()).getIntIterator();
      while (later.hasNext()) {
        merged.delete(root, (int) input.moved(later.next()));
      }
    }
    if (index != null) {
      index.move(place -> moved(place, inputs, merge, merged));
    }
    files.removeAll(inputs);
    if (merged.liveRows() > 0) {
      files.add(merged);
    }
    return true;
  }

  private static long moved(long place, List<LiveFile> inputs, Merge merge, LiveFile merged) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).number() == RowIndex.file(place)) {
        return RowIndex.place(
            merged.number(), merge.inputs().get(i).moved(RowIndex.position(place)));
      }
    }
    return place;
  }

  long rows() {
    return files.stream().mapToLong(LiveFile::liveRows).sum();
  }

  long bytes() {
    return files.stream().mapToLong(f -> f.bytes).sum();
  }

  TableFiles tableFiles() throws IOException {
    List<DataFile> all = new ArrayList<>();
    for (LiveFile file : files) {
      all.add(
          new DataFile(
              root.resolve(file.path), file.rows, file.bytes, positions(file.deleted(root))));
    }
    return new TableFiles(schema, fieldIds, all, rows());
  }

  static long[] positions(RoaringBitmap deleted) {
    return deleted.stream().asLongStream().toArray();
  }
}
