package dev.leat.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A data file of a table as its writer knows it: what is published of it, and which more of its
 * rows are deleted in the epoch that is being made.
 */
final class LiveFile {
  final String path; // relative to the lake's root
  final long rows;
  final long bytes;

  private final int number; // within the table, for the index
  private final Optional<Metrics> metrics; // of a file that Iceberg does not know yet
  private Optional<FileList.Deletions> published;
  private @Nullable RoaringBitmap deleted;
  private boolean moreDeleted;

  private LiveFile(
      String path,
      long rows,
      long bytes,
      int number,
      Optional<Metrics> metrics,
      Optional<FileList.Deletions> published) {
    this.path = path;
    this.rows = rows;
    this.bytes = bytes;
    this.number = number;
    this.metrics = metrics;
    this.published = published;
  }

  static LiveFile fresh(String path, long rows, long bytes, int number, Metrics metrics) {
    return new LiveFile(path, rows, bytes, number, Optional.of(metrics), Optional.empty());
  }

  static LiveFile published(FileList.Entry entry, int number) {
    return new LiveFile(
        entry.path(), entry.rows(), entry.bytes(), number, Optional.empty(), entry.deletions());
  }

  int number() {
    return number;
  }

  /** The positions deleted so far; for reading. */
  RoaringBitmap deleted(Path root) throws IOException {
    RoaringBitmap known = deleted;
    if (known == null) {
      known =
          published.isPresent() ? DeletionVectors.read(root, published.get()) : new RoaringBitmap();
      deleted = known;
    }
    return known;
  }

  void delete(Path root, int position) throws IOException {
    if (!deleted(root).checkedAdd(position)) {
      throw new IllegalStateException(path + ":" + position + " is deleted twice");
    }
    moreDeleted = true;
  }

  boolean moreDeleted() {
    return moreDeleted;
  }

  long liveRows() {
    return rows
        - (deleted == null
            ? published.map(FileList.Deletions::rows).orElse(0L)
            : deleted.getLongCardinality());
  }

  Optional<FileList.Deletions> published() {
    return published;
  }

  void publish(FileList.Deletions deletions) {
    published = Optional.of(deletions);
    moreDeleted = false;
  }

  /** Keeps the file but not what is published of it: its deletions must be written again. */
  void forgetPublished(Path root) throws IOException {
    moreDeleted = !deleted(root).isEmpty();
    published = Optional.empty();
  }

  FileList.Entry entry(@Nullable LiveFile tail) {
    return new FileList.Entry(path, rows, bytes, this == tail, published);
  }

  org.apache.iceberg.DataFile iceberg(Path root) {
    DataFiles.Builder builder =
        DataFiles.builder(PartitionSpec.unpartitioned())
            .withPath(root.resolve(path).toString())
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(bytes)
            .withRecordCount(rows);
    metrics.ifPresent(builder::withMetrics);
    return builder.build();
  }

  /** The deletion vector of this file as Iceberg knows it. */
  DeleteFile iceberg(Path root, FileList.Deletions deletions) {
    return FileMetadata.deleteFileBuilder(PartitionSpec.unpartitioned())
        .ofPositionDeletes()
        .withFormat(FileFormat.PUFFIN)
        .withPath(root.resolve(deletions.path()).toString())
        .withFileSizeInBytes(deletions.fileBytes())
        .withReferencedDataFile(root.resolve(path).toString())
        .withContentOffset(deletions.offset())
        .withContentSizeInBytes(deletions.bytes())
        .withRecordCount(deletions.rows())
        .build();
  }
}
