package dev.leat.lake;

import dev.leat.data.Batch;
import dev.leat.model.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** Reads the rows of data files that are not deleted. */
final class TableRows {
  private TableRows() {}

  /** Takes batches of one file; the position of each row in the file is told. */
  interface Sink {
    void accept(Batch batch, long[] positions) throws IOException;
  }

  static void read(
      Path file, RoaringBitmap deleted, Schema schema, List<Integer> fieldIds, Sink sink)
      throws IOException {
    ParquetInput.read(
        file,
        schema,
        fieldIds,
        (batch, first) -> {
          int[] live = new int[batch.size()];
          long[] positions = new long[batch.size()];
          int count = 0;
          for (int i = 0; i < batch.size(); i++) {
            if (!deleted.contains((int) (first + i))) {
              positions[count] = first + i;
              live[count++] = i;
            }
          }
          if (count != 0) {
            sink.accept(count == batch.size() ? batch : batch.gather(live, count), positions);
          }
        });
  }
}
