package dev.leat.lake;

import dev.leat.model.Durability;
import dev.leat.model.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * One table from version to version: what Iceberg knows of it, next to its {@link TableState}; the
 * difference of the two becomes the next Iceberg snapshot.
 */
final class TableChange {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "format-version", "3",
          "write.metadata.previous-versions-max", "5",
          "write.avro.compression-codec", "uncompressed",
          "commit.manifest.min-count-to-merge", "5");

  private final Map<String, LiveFile> known = new HashMap<>(); // to Iceberg, by path
  private Optional<TableVersion> published;
  private TableMetadata metadata;
  private TableState state;
  private boolean schemaChanged;

  private TableChange(TableMetadata metadata, TableState state, Optional<TableVersion> published) {
    this.metadata = metadata;
    this.state = state;
    this.published = published;
  }

  static TableChange create(
      Path root, String relation, Schema schema, long epoch, LakeOptions options) {
    String folder = "tables/" + FolderNames.of(relation) + "-" + epoch;
    List<Integer> ids = IcebergSchemas.firstIds(schema);
    TableMetadata metadata =
        TableMetadata.newTableMetadata(
            IcebergSchemas.iceberg(schema, ids),
            PartitionSpec.unpartitioned(),
            root.resolve(folder).toString(),
            PROPERTIES);
    return new TableChange(
        metadata,
        new TableState(root, relation, folder, schema, ids, options.rewriteRows()),
        Optional.empty());
  }

  static TableChange load(
      Path root, String relation, TableVersion version, LakeIO io, LakeOptions options)
      throws IOException {
    String folder = version.metadataLocation().replaceFirst("/metadata/[^/]*$", "");
    TableState state =
        new TableState(
            root, relation, folder, version.schema(), version.fieldIds(), options.rewriteRows());
    state.load(Json.readFileList(Files.readAllBytes(root.resolve(version.filesLocation()))));
    TableMetadata metadata =
        TableMetadataParser.read(io, root.resolve(version.metadataLocation()).toString());
    TableChange change = new TableChange(metadata, state, Optional.of(version));
    if (metadata.location().equals(root.resolve(folder).toString())) {
      state.files().forEach(file -> change.known.put(file.path, file));
    } else {
      change.relocate(root.resolve(folder).toString());
    }
    return change;
  }

  /** The lake's folder was moved: Iceberg, which stores absolute paths, is told everything anew. */
  private void relocate(String location) throws IOException {
    List<Long> snapshots = metadata.snapshots().stream().map(Snapshot::snapshotId).toList();
    metadata =
        TableMetadata.buildFrom(metadata)
            .removeSnapshots(Set.copyOf(snapshots))
            .setLocation(location)
            .build();
    for (LiveFile file : state.files()) {
      file.forgetPublished(state.root);
    }
    schemaChanged = true;
  }

  boolean isAt(TableVersion version) {
    return published.isPresent() && published.get().equals(version);
  }

  TableState state() {
    return state;
  }

  /**
   * Makes the table have this schema. Rows are kept where every column that stays keeps its type;
   * else the table is made anew, without rows.
   */
  static TableChange evolve(TableChange from, Schema to, long epoch, LakeOptions options) {
    TableState state = from.state;
    if (state.schema.equals(to)) {
      return from;
    }
    if (!IcebergSchemas.compatible(state.schema, to)) {
      return create(state.root, state.relation, to, epoch, options);
    }
    List<Integer> ids =
        IcebergSchemas.evolve(state.schema, state.fieldIds, from.metadata.lastColumnId(), to);
    StagedOperations operations =
        new StagedOperations(
            new LakeIO(new LocalDisk(Durability.PROCESS, state.root)), from.metadata);
    BaseTable table = table(operations, state.relation);
    IcebergSchemas.evolve(table.updateSchema(), state.schema, to);
    from.metadata = operations.current();
    from.state = state.evolved(to, ids);
    from.schemaChanged = true;
    return from;
  }

  private static BaseTable table(StagedOperations operations, String relation) {
    return new BaseTable(operations, relation, _ -> {});
  }

  /** Writes all that changed and returns the new version; the old one when nothing did. */
  TableVersion finish(LakeIO io, long epoch) throws IOException {
    state.flush(io, epoch);
    if (published.isPresent() && !changed()) {
      return published.get();
    }
    StagedOperations operations = new StagedOperations(io, metadata);
    commit(operations, io, epoch);
    metadata = operations.save(epoch);
    TableVersion version = version(writeList(io, epoch), epoch);
    known.clear();
    state.files().forEach(file -> known.put(file.path, file));
    schemaChanged = false;
    published = Optional.of(version);
    return version;
  }

  private boolean changed() {
    return schemaChanged
        || state.files().size() != known.size()
        || state.files().stream().anyMatch(f -> f.moreDeleted() || !known.containsKey(f.path));
  }

  private void commit(StagedOperations operations, LakeIO io, long epoch) throws IOException {
    Path root = state.root;
    RowDelta delta = table(operations, state.relation).newRowDelta();
    if (metadata.currentSnapshot() != null) {
      delta.validateFromSnapshot(metadata.currentSnapshot().snapshotId());
    }
    Set<String> now = new HashSet<>();
    for (LiveFile file : state.files()) {
      now.add(file.path);
      if (!known.containsKey(file.path)) {
        delta.addRows(file.iceberg(root));
      }
    }
    for (LiveFile file : known.values()) {
      boolean gone = !now.contains(file.path);
      if (gone) {
        delta.removeRows(file.iceberg(root));
      }
      if (gone || file.moreDeleted()) {
        file.published().ifPresent(d -> delta.removeDeletes(file.iceberg(root, d)));
      }
    }
    writeDeletions(delta, io, epoch);
    delta.set("leat.epoch", Long.toString(epoch));
    delta.commit();
  }

  private void writeDeletions(RowDelta delta, LakeIO io, long epoch) throws IOException {
    List<LiveFile> touched = state.files().stream().filter(LiveFile::moreDeleted).toList();
    if (touched.isEmpty()) {
      return;
    }
    Path root = state.root;
    Path path =
        state
            .newPath(epoch)
            .resolveSibling(String.format(Locale.ROOT, "%08d-%s.puffin", epoch, UUID.randomUUID()));
    List<String> names = new ArrayList<>();
    List<RoaringBitmap> vectors = new ArrayList<>();
    for (LiveFile file : touched) {
      names.add(root.resolve(file.path).toString());
      vectors.add(file.deleted(root));
    }
    List<FileList.Deletions> written =
        DeletionVectors.write(io, path, root.relativize(path).toString(), names, vectors);
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).publish(written.get(i));
      delta.addDeletes(touched.get(i).iceberg(root, written.get(i)));
    }
  }

  private Path writeList(LakeIO io, long epoch) throws IOException {
    Path root = state.root;
    Snapshot snapshot = snapshot();
    List<String> references = new ArrayList<>();
    references.add(relative(metadata.metadataFileLocation()));
    references.add(relative(snapshot.manifestListLocation()));
    for (ManifestFile manifest : snapshot.allManifests(io)) {
      references.add(relative(manifest.path()));
    }
    LiveFile tail = state.tail();
    FileList list =
        new FileList(state.files().stream().map(f -> f.entry(tail)).toList(), references);
    Path path =
        root.resolve(state.folder())
            .resolve("metadata")
            .resolve(String.format(Locale.ROOT, "%08d-%s.files.json", epoch, UUID.randomUUID()));
    try (OutputStream out = io.create(path)) {
      out.write(Json.write(list));
    }
    return path;
  }

  private TableVersion version(Path list, long epoch) {
    return new TableVersion(
        relative(metadata.metadataFileLocation()),
        state.root.relativize(list).toString(),
        snapshot().snapshotId(),
        state.schema,
        state.fieldIds,
        state.rows(),
        state.files().size(),
        state.bytes(),
        epoch);
  }

  private Snapshot snapshot() {
    Snapshot snapshot = metadata.currentSnapshot();
    if (snapshot == null) {
      throw new IllegalStateException(state.relation + " has no snapshot");
    }
    return snapshot;
  }

  private String relative(@Nullable String location) {
    if (location == null) {
      throw new IllegalStateException(state.relation + " has no metadata file");
    }
    return state.root.relativize(Path.of(location)).toString();
  }
}
