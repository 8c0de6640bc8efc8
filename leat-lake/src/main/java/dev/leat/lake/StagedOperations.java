package dev.leat.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * Iceberg commits that stay in memory: the epoch file is the catalog, so there is nothing to swap.
 * {@link #save} writes the outcome of all commits as one metadata file, which nobody knows of until
 * an epoch names it.
 */
final class StagedOperations implements TableOperations {
  /** Older versions are reached by their own epochs' metadata files. */
  private static final int SNAPSHOTS_KEPT = 5;

  private final LakeIO io;
  private TableMetadata current;

  StagedOperations(LakeIO io, TableMetadata current) {
    this.io = io;
    this.current = current;
  }

  @Override
  public TableMetadata current() {
    return current;
  }

  @Override
  public TableMetadata refresh() {
    return current;
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    if (base != current) {
      throw new CommitFailedException("The table changed under the commit");
    }
    current = metadata;
  }

  /** Writes the metadata file and returns the metadata as read from there. */
  TableMetadata save(long epoch) throws IOException {
    TableMetadata pruned = prune(current);
    String location =
        metadataFileLocation(
            String.format(Locale.ROOT, "%08d-%s.metadata.json", epoch, UUID.randomUUID()));
    try (OutputStream out = io.create(Path.of(location))) {
      out.write(TableMetadataParser.toJson(pruned).getBytes(StandardCharsets.UTF_8));
    }
    current =
        TableMetadata.buildFrom(pruned).discardChanges().withMetadataLocation(location).build();
    return current;
  }

  private static TableMetadata prune(TableMetadata metadata) {
    List<Snapshot> snapshots = metadata.snapshots();
    if (snapshots.size() <= SNAPSHOTS_KEPT) {
      return metadata;
    }
    List<Long> old =
        snapshots.subList(0, snapshots.size() - SNAPSHOTS_KEPT).stream()
            .map(Snapshot::snapshotId)
            .toList();
    return TableMetadata.buildFrom(metadata).removeSnapshots(Set.copyOf(old)).build();
  }

  @Override
  public FileIO io() {
    return io;
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return current.location() + "/metadata/" + fileName;
  }

  @Override
  public LocationProvider locationProvider() {
    return LocationProviders.locationsFor(current.location(), current.properties());
  }
}
