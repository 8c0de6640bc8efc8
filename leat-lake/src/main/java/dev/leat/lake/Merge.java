package dev.leat.lake;

import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.Metrics;
import org.roaringbitmap.RoaringBitmap;

/**
 * Some files of a table written as one, without the rows deleted in them. It changes no row, and
 * waits for the next epoch to take the files' place.
 *
 * @param folder of the table
 */
record Merge(
    String relation, String folder, List<Input> inputs, Path output, long rows, Metrics metrics) {
  Merge {
    inputs = List.copyOf(inputs);
  }

  /**
   * @param deleted the positions that were left out
   * @param first where the file's first row went
   */
  record Input(String path, RoaringBitmap deleted, long first) {

    /** Where a row went that was not deleted then. */
    long moved(int position) {
      return first + position - deleted.rankLong(position);
    }
  }
}
