package dev.leat.duckdb;

import static dev.leat.data.BatchBuilder.NULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.lake.LakeOptions;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are deleted by their place: merging must not mix them up, before and after it is taken. */
class DuckDbRewriterTest {
  private static final Schema SCHEMA =
      Schema.of(
          Column.required("Id", Type.BIGINT),
          Column.optional("name", Type.VARCHAR),
          Column.optional("price", new Type.Decimal(9, 2)),
          Column.optional("at", Type.TIMESTAMP),
          Column.optional("ok", Type.BOOLEAN));
  private static final int FILE_ROWS = 40_000; // more than a row group of DuckDB in eight files

  @TempDir Path folder;
  private final TreeSet<Long> model = new TreeSet<>();

  @Test
  void merged_rows_keep_their_places() {
    Random random = new Random(20_261_123L);
    try (DuckDb duckDb = DuckDb.open(DuckDb.Settings.reading(folder).withThreads(2));
        Lake lake = Lake.open(folder, LakeOptions.DEFAULT)) {
      for (int file = 0; file < 8; file++) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < FILE_ROWS; i++) {
          ids.add((long) file * FILE_ROWS + i);
        }
        commit(lake, ids, 1);
        if (file % 3 == 1) {
          ids.removeIf(id -> id % 17 != 0 && id % FILE_ROWS != FILE_ROWS - 1);
          commit(lake, ids, -1);
        }
      }
      assertThat(lake.compact(new DuckDbRewriter(duckDb), _ -> {})).isEqualTo(1);
      for (int round = 0; round < 3; round++) {
        List<Long> gone = new ArrayList<>(model);
        gone.removeIf(_ -> random.nextInt(40) != 0);
        commit(lake, gone, -1);
        var files = lake.files(lake.newest().orElseThrow(), "t");
        assertThat(files.files()).hasSize(1);
        List<Long> left = new ArrayList<>();
        try (EpochView view = EpochView.at(duckDb, lake, lake.newest().orElseThrow());
            Answer rows = view.scan("t", SCHEMA)) {
          rows.forEachRemaining(batch -> addIds(batch, left));
        }
        left.sort(null);
        assertThat(left).isEqualTo(List.copyOf(model));
      }
    }
  }

  private void commit(Lake lake, List<Long> ids, int weight) {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    for (long id : ids) {
      builder.appendValues(
          weight,
          id,
          id % 7 == 0 ? NULL : "name " + id % 100,
          id % 11 == 0 ? NULL : id * 3,
          id * 1_000_003,
          id % 13 == 0 ? NULL : id % 2 == 0);
    }
    if (weight > 0) {
      model.addAll(ids);
    } else {
      ids.forEach(model::remove);
    }
    try (EpochWriter writer = lake.begin()) {
      writer.apply("t", SCHEMA, builder.build());
      writer.commit(Instant.EPOCH, Map.of());
    }
  }

  private static void addIds(Batch batch, List<Long> to) {
    for (int row = 0; row < batch.size(); row++) {
      long id = batch.longs(0).values()[row];
      assertThat(batch.column(1).isNull(row)).isEqualTo(id % 7 == 0);
      assertThat(batch.longs(3).values()[row]).isEqualTo(id * 1_000_003);
      to.add(id);
    }
  }
}
