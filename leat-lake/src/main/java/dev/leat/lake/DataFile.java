package dev.leat.lake;

import java.nio.file.Path;

/**
 * A Parquet file of a table. Never changes; what changes is which of its rows are deleted.
 *
 * @param path absolute
 * @param rows in the file, deleted ones counted
 * @param deleted positions of the rows that are not there any more, from 0, rising; for reading
 */
public record DataFile(Path path, long rows, long bytes, long[] deleted) {

  public long liveRows() {
    return rows - deleted.length;
  }
}
