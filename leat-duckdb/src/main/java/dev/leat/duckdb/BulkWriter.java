package dev.leat.duckdb;

import dev.leat.model.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Writes the rows of a query to Parquet files, at DuckDB's speed. */
public final class BulkWriter {
  /** A file is ended when it has grown to about this size. */
  private static final String FILE_SIZE = "256MB";

  private final Session session;

  public BulkWriter(Session session) {
    this.session = session;
  }

  /**
   * @param files in no order that means anything; none when there are no rows
   */
  public record Written(List<Path> files, long rows) {
    public Written {
      files = List.copyOf(files);
    }
  }

  /**
   * Writes the rows of a SELECT.
   *
   * @param fieldIds the Parquet field id of each column
   * @param newFile a path for each file, where nothing is yet
   */
  public Written write(
      String select, Schema schema, Map<String, Integer> fieldIds, Supplier<Path> newFile) {
    Path first = newFile.get();
    Path parts = first.resolveSibling(first.getFileName() + ".parts");
    try {
      Files.createDirectories(first.toAbsolutePath().getParent());
      long rows =
          session.number(
              "COPY ("
                  + select
                  + ") TO "
                  + SqlText.literal(parts.toString())
                  + " (FORMAT parquet, FILE_SIZE_BYTES '"
                  + FILE_SIZE
                  + "', FIELD_IDS {"
                  + SqlText.fieldIds(schema, fieldIds)
                  + "})");
      return rows == 0 ? nothing(parts) : new Written(moved(parts, first, newFile), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the rows of a SELECT to one file, in the place of one that is there. */
  void writeOne(String select, Schema schema, Map<String, Integer> fieldIds, Path file) {
    session.number(
        "COPY ("
            + select
            + ") TO "
            + SqlText.literal(file.toString())
            + " (FORMAT parquet, FIELD_IDS {"
            + SqlText.fieldIds(schema, fieldIds)
            + "})");
  }

  private static List<Path> moved(Path parts, Path first, Supplier<Path> newFile)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path part : list(parts)) {
      Path target = files.isEmpty() ? first : newFile.get();
      files.add(Files.move(part, target));
    }
    Files.delete(parts);
    return files;
  }

  private static Written nothing(Path parts) throws IOException {
    for (Path part : list(parts)) {
      Files.delete(part);
    }
    Files.deleteIfExists(parts);
    return new Written(List.of(), 0);
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
