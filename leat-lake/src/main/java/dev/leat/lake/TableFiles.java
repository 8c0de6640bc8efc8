package dev.leat.lake;

import dev.leat.model.Schema;
import java.util.List;

/**
 * What a reader needs to read a version of a relation: its Parquet files and, of each, the rows
 * that are deleted. A file that is older than a column does not have it: its rows have NULL there.
 *
 * @param fieldIds by position: the Parquet field id of each column of {@code schema}
 * @param rows that are there: those of all files less those deleted
 */
public record TableFiles(Schema schema, List<Integer> fieldIds, List<DataFile> files, long rows) {
  public TableFiles {
    fieldIds = List.copyOf(fieldIds);
    files = List.copyOf(files);
  }
}
