package dev.leat.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.lake.Epoch;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Plan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans over a real lake: filled in bulk, changed, queried, proven. */
class LakeQueryTest {
  private static final Schema SALES =
      Schema.of(Column.required("id", Type.BIGINT), Column.optional("country", Type.VARCHAR));
  private static final Schema COUNTS =
      Schema.of(Column.optional("country", Type.VARCHAR), Column.required("n", Type.BIGINT));
  private static final Plan PLAN =
      new Plan.Aggregate(
          new Plan.Scan("sales", SALES),
          List.of(1),
          List.of(
              new Plan.AggregateCall(
                  Plan.AggregateFunction.COUNT, false, List.of(), Optional.empty(), Type.BIGINT)),
          COUNTS);

  @TempDir Path folder;

  private static Batch sales(long from, long to, long weight) {
    BatchBuilder rows = new BatchBuilder(SALES);
    for (long id = from; id < to; id++) {
      rows.appendValues(weight, id, "c" + id % 3);
    }
    return rows.build();
  }

  @Test
  void aTableIsFilledChangedAndProven() {
    try (Lake lake = Lake.open(folder);
        DuckDb duckDb = DuckDb.open(DuckDb.Settings.reading(folder))) {
      try (EpochWriter writer = lake.begin()) {
        writer.apply("sales", SALES, sales(0, 9_000, 1));
        writer.apply("counts", COUNTS, Batch.empty(COUNTS));
        try (EpochView view = EpochView.of(duckDb, writer::files, Map.of())) {
          BulkWriter.Written written =
              view.write(
                  PLAN,
                  writer.fieldIds("counts", COUNTS),
                  () -> writer.newDataFile("counts", COUNTS));
          assertThat(written.rows()).isEqualTo(3);
          writer.replace("counts", COUNTS, written.files());
        }
        writer.commit(Instant.EPOCH, Map.of());
      }
      assertThat(prove(lake, duckDb).equal()).isTrue();

      try (EpochWriter writer = lake.begin()) {
        writer.apply("sales", SALES, sales(0, 30, -1));
        writer.commit(Instant.EPOCH, Map.of());
      }
      Proof stale = prove(lake, duckDb);
      assertThat(stale.missingRows()).isEqualTo(3);
      assertThat(stale.surplusRows()).isEqualTo(3);

      try (EpochWriter writer = lake.begin();
          EpochView view = EpochView.of(duckDb, writer::files, Map.of())) {
        writer.apply("counts", COUNTS, view.change(PLAN, writer.files("counts")));
        writer.commit(Instant.EPOCH, Map.of());
      }
      assertThat(prove(lake, duckDb).equal()).isTrue();
      try (EpochView view = EpochView.at(duckDb, lake, lake.newest().orElseThrow());
          Answer answer = view.query(PLAN, 2)) {
        assertThat(answer.rest().longs(1).values()).startsWith(2_990, 2_990);
      }
    }
  }

  private static Proof prove(Lake lake, DuckDb duckDb) {
    Epoch epoch = lake.newest().orElseThrow();
    try (EpochView view = EpochView.at(duckDb, lake, epoch)) {
      return view.prove(PLAN, lake.files(epoch, "counts"), 5);
    }
  }
}
