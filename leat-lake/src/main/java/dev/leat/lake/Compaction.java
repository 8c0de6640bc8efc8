package dev.leat.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.parquet.ParquetUtil;
import org.roaringbitmap.RoaringBitmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which files to write as one, and does it. Files are in levels, each of files eight times
 * larger than the one below; when a level has eight, they become one of the next. So a row is
 * written again once a level, and a table of n rows has few more than 8 · log8(n) files. A file
 * that has lost a third of its rows is written without them.
 */
final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
  private static final int FAN = 8;
  private static final long MOST_BYTES = 512L << 20;

  private final Lake lake;
  private final Rewriter rewriter;
  private final Consumer<Duration> rest;

  /**
   * @param rest told after each merge how long it took; returns when the next may begin
   */
  Compaction(Lake lake, Rewriter rewriter, Consumer<Duration> rest) {
    this.lake = lake;
    this.rewriter = rewriter;
    this.rest = rest;
  }

  int run() {
    Epoch epoch = lake.newest().orElse(Epoch.NONE);
    int merged = 0;
    for (var entry : epoch.tables().entrySet()) {
      if (!Thread.currentThread().isInterrupted() && !lake.hasMerge(entry.getKey())) {
        List<FileList.Entry> inputs = inputs(lake.list(entry.getValue()).entries());
        if (!inputs.isEmpty()) {
          long start = System.nanoTime();
          merged += merge(entry.getKey(), entry.getValue(), inputs) ? 1 : 0;
          rest.accept(Duration.ofNanos(System.nanoTime() - start));
        }
      }
    }
    return merged;
  }

  static List<FileList.Entry> inputs(List<FileList.Entry> entries) {
    SortedMap<Integer, List<FileList.Entry>> levels = new TreeMap<>();
    List<FileList.Entry> worn = new ArrayList<>();
    long wornBytes = 0;
    for (FileList.Entry entry : entries) {
      long deleted = entry.deletions().map(FileList.Deletions::rows).orElse(0L);
      if (entry.tail()) {
        continue;
      }
      if (deleted * 3 > entry.rows()) {
        wornBytes += entry.bytes();
        if (worn.isEmpty() || wornBytes <= MOST_BYTES) { // the others have their turn
          worn.add(entry);
        }
      } else if (entry.bytes() < MOST_BYTES) {
        levels.computeIfAbsent(level(entry.rows() - deleted), _ -> new ArrayList<>()).add(entry);
      }
    }
    for (List<FileList.Entry> level : levels.values()) {
      if (level.size() >= FAN) {
        return level;
      }
    }
    return worn;
  }

  private static int level(long rows) {
    return (63 - Long.numberOfLeadingZeros(Math.max(1, rows))) / 3;
  }

  private boolean merge(String relation, TableVersion version, List<FileList.Entry> entries) {
    String folder = version.metadataLocation().replaceFirst("/metadata/[^/]*$", "");
    Path output =
        lake.root().resolve(folder).resolve("data").resolve("m-" + UUID.randomUUID() + ".parquet");
    try {
      lake.offer(write(relation, folder, version, entries, output));
      return true;
    } catch (IOException | RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) { // else whoever asked for it has no time left
        LOG.warn("Files of {} are not merged now: {}", relation, e.toString());
      }
      lake.deleteQuietly(output);
      return false;
    }
  }

  private Merge write(
      String relation,
      String folder,
      TableVersion version,
      List<FileList.Entry> entries,
      Path output)
      throws IOException {
    List<Merge.Input> inputs = new ArrayList<>();
    List<DataFile> files = new ArrayList<>();
    long rows = 0;
    for (FileList.Entry entry : entries) {
      RoaringBitmap deleted = deleted(entry);
      inputs.add(new Merge.Input(entry.path(), deleted, rows));
      rows += entry.rows() - deleted.getLongCardinality();
      files.add(
          new DataFile(
              lake.root().resolve(entry.path()),
              entry.rows(),
              entry.bytes(),
              TableState.positions(deleted)));
    }
    TableFiles from = new TableFiles(version.schema(), version.fieldIds(), files, rows);
    rewriter.rewrite(from, output);
    lake.disk().settle(output);
    Metrics metrics =
        ParquetUtil.fileMetrics(
            new LakeIO(lake.disk()).newInputFile(output.toString()), MetricsConfig.getDefault());
    if (metrics.recordCount() != rows) {
      throw new IOException(output + " has " + metrics.recordCount() + " rows, not " + rows);
    }
    return new Merge(relation, folder, inputs, output, rows, metrics);
  }

  private RoaringBitmap deleted(FileList.Entry entry) throws IOException {
    return entry.deletions().isPresent()
        ? DeletionVectors.read(lake.root(), entry.deletions().get())
        : new RoaringBitmap();
  }
}
