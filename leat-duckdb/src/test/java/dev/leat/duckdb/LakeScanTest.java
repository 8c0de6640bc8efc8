package dev.leat.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.lake.DataFile;
import dev.leat.lake.TableFiles;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeScanTest {
  private static final Schema SCHEMA = Schema.of(Column.required("id", Type.BIGINT));

  @TempDir Path folder;

  @Test
  void a_large_file_of_which_rows_are_deleted_is_not_spelt_out_row_by_row() {
    DataFile file = new DataFile(folder.resolve("a"), 1_000_000, 1, new long[] {0, 999_999});
    TableFiles table = new TableFiles(SCHEMA, List.of(1), List.of(file), 999_998);
    assertThat(LakeScan.inOrder(table)).hasSizeLessThan(200_000);
  }

  /** Sizes around those of bytes and words: the first rows, the last and those between. */
  @Test
  void just_the_deleted_rows_are_left_out() {
    try (DuckDb duckDb = DuckDb.open(DuckDb.Settings.reading(folder));
        Session session = duckDb.session()) {
      for (int rows : new int[] {1, 7, 8, 9, 63, 64, 65, 100}) {
        Path path = folder.resolve(rows + ".parquet");
        session.execute(
            "COPY (SELECT range AS id FROM range(%d)) TO '%s' (FORMAT parquet, FIELD_IDS {id: 1})"
                .formatted(rows, path));
        for (long[] deleted : List.of(new long[] {0}, new long[] {rows - 1}, thirds(rows))) {
          DataFile file = new DataFile(path, rows, 1, deleted);
          TableFiles table = new TableFiles(SCHEMA, List.of(1), List.of(file), file.liveRows());
          List<Long> left = new ArrayList<>();
          try (Answer answer = session.query(LakeScan.inOrder(table), SCHEMA)) {
            answer.forEachRemaining(batch -> {
              for (int row = 0; row < batch.size(); row++) {
                left.add(batch.longs(0).values()[row]);
              }
            });
          }
          List<Long> expected = new ArrayList<>();
          for (long id = 0; id < rows; id++) {
            if (Arrays.binarySearch(deleted, id) < 0) {
              expected.add(id);
            }
          }
          assertThat(left).isEqualTo(expected);
        }
      }
    }
  }

  private static long[] thirds(int rows) {
    long[] places = new long[(rows + 2) / 3];
    Arrays.setAll(places, i -> i * 3L);
    return places;
  }
}
