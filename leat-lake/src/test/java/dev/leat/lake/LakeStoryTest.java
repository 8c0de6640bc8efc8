package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.Position;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeStoryTest {
  private static final Schema SALES =
      Schema.of(Column.required("id", Type.BIGINT), Column.optional("who", Type.VARCHAR));
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;

  private static Batch sales(Object... idWhoWeight) {
    BatchBuilder builder = new BatchBuilder(SALES);
    for (int i = 0; i < idWhoWeight.length; i += 3) {
      builder.appendValues(
          ((Number) idWhoWeight[i + 2]).longValue(), idWhoWeight[i], idWhoWeight[i + 1]);
    }
    return builder.build();
  }

  private static Epoch publish(Lake lake, Batch changes) {
    try (EpochWriter writer = lake.begin()) {
      writer.apply("sales", SALES, changes);
      return writer.commit(NOON, Map.of());
    }
  }

  @Test
  void an_empty_lake_has_no_epoch() {
    try (Lake lake = Lake.open(folder)) {
      assertThat(lake.newest()).isEmpty();
      assertThat(lake.epochs()).isEmpty();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void each_epoch_shows_what_was_true_then() {
    try (Lake lake = Lake.open(folder)) {
      Epoch first = publish(lake, sales(1L, "ann", 2, 2L, "bob", 1));
      Epoch second = publish(lake, sales(1L, "ann", -1, 3L, BatchBuilder.NULL, 1));
      assertThat(Bags.of(lake.files(first, "sales")))
          .isEqualTo(Bags.of(sales(1L, "ann", 2, 2L, "bob", 1)));
      assertThat(Bags.of(lake.files(second, "sales")))
          .isEqualTo(Bags.of(sales(1L, "ann", 1, 2L, "bob", 1, 3L, BatchBuilder.NULL, 1)));
      assertThat(second.table("sales").orElseThrow().rows()).isEqualTo(3);
      assertThat(lake.epochs()).containsExactly(1L, 2L);
    }
  }

  @Test
  void a_reader_in_another_process_finds_the_epoch_with_its_positions() {
    try (Lake lake = Lake.open(folder);
        Lake reader = Lake.open(folder)) {
      assertThat(reader.newest()).isEmpty();
      Epoch epoch;
      try (EpochWriter writer = lake.begin()) {
        writer.apply("sales", SALES, sales(1L, "ann", 1));
        epoch = writer.commit(NOON, Map.of("clicks", Position.of(17)));
      }
      assertThat(reader.newest()).contains(epoch);
      assertThat(reader.newest().orElseThrow().position("clicks")).isEqualTo(Position.of(17));
      publish(lake, sales(1L, "ann", 1));
      publish(lake, sales(1L, "ann", 1));
      assertThat(reader.newest().orElseThrow().number()).isEqualTo(3);
      assertThat(reader.newest().orElseThrow().position("clicks")).isEqualTo(Position.of(17));
    }
  }

  @Test
  void a_table_that_nothing_changes_keeps_its_version() {
    try (Lake lake = Lake.open(folder)) {
      Epoch first = publish(lake, sales(1L, "ann", 1));
      Epoch second = publish(lake, sales(2L, "bob", 1, 2L, "bob", -1));
      assertThat(second.number()).isEqualTo(2);
      assertThat(second.tables()).isEqualTo(first.tables());
    }
  }

  @Test
  void an_empty_table_is_there_with_its_columns() {
    try (Lake lake = Lake.open(folder)) {
      Epoch epoch = publish(lake, Batch.empty(SALES));
      assertThat(lake.files(epoch, "sales").schema()).isEqualTo(SALES);
      assertThat(lake.files(epoch, "sales").files()).isEmpty();
    }
  }

  @Test
  void one_row_can_take_the_place_of_another() {
    try (Lake lake = Lake.open(folder)) {
      publish(lake, sales(1L, "ann", 1));
      Epoch epoch = publish(lake, sales(1L, "ann", -1, 1L, "eve", 1));
      assertThat(Bags.of(lake.files(epoch, "sales"))).isEqualTo(Bags.of(sales(1L, "eve", 1)));
    }
  }

  @Test
  void taking_away_a_row_that_is_not_there_is_told_and_changes_nothing() {
    try (Lake lake = Lake.open(folder)) {
      Epoch first = publish(lake, sales(1L, "ann", 1));
      assertThatThrownBy(() -> publish(lake, sales(1L, "ann", -2, 5L, "new", 1)))
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> {
                assertThat(e.problems().getFirst().code()).isEqualTo(ErrorCode.LAKE_ROW_MISSING);
                assertThat(e).hasMessageContaining("sales").hasMessageContaining("who='ann'");
              });
      assertThat(lake.newest()).contains(first);
      Epoch second = publish(lake, sales(1L, "ann", -1));
      assertThat(second.table("sales").orElseThrow().rows()).isZero();
    }
  }

  @Test
  void a_new_column_is_null_in_old_rows_and_a_dropped_one_is_gone() {
    Schema wider =
        Schema.of(
            Column.optional("city", Type.VARCHAR),
            Column.required("id", Type.BIGINT),
            Column.optional("who", Type.VARCHAR));
    Schema narrower =
        Schema.of(Column.optional("city", Type.VARCHAR), Column.required("id", Type.BIGINT));
    try (Lake lake = Lake.open(folder, LakeOptions.DEFAULT.withRewriteRows(1))) {
      publish(lake, sales(1L, "ann", 1, 2L, "bob", 1));
      try (EpochWriter writer = lake.begin()) {
        BatchBuilder rows = new BatchBuilder(wider);
        rows.appendValues(1, "Ulm", 3L, "eve");
        rows.appendValues(-1, BatchBuilder.NULL, 1L, "ann");
        writer.apply("sales", wider, rows.build());
        writer.commit(NOON, Map.of());
      }
      Epoch wide = lake.newest().orElseThrow();
      assertThat(wide.table("sales").orElseThrow().fieldIds()).containsExactly(3, 1, 2);
      assertThat(Bags.of(lake.files(wide, "sales")).keySet())
          .containsExactly("NULL|2|Ym9i", "VWxt|3|ZXZl");
      try (EpochWriter writer = lake.begin()) {
        writer.apply("sales", narrower, Batch.empty(narrower));
        writer.commit(NOON, Map.of());
      }
      Epoch narrow = lake.newest().orElseThrow();
      assertThat(Bags.of(lake.files(narrow, "sales")).keySet()).containsExactly("NULL|2", "VWxt|3");
      assertThat(Bags.of(lake.files(wide, "sales")).keySet())
          .containsExactly("NULL|2|Ym9i", "VWxt|3|ZXZl");
    }
  }

  @Test
  void a_retyped_column_makes_the_table_anew() {
    Schema retyped =
        Schema.of(Column.required("id", Type.VARCHAR), Column.optional("who", Type.VARCHAR));
    try (Lake lake = Lake.open(folder)) {
      Epoch before = publish(lake, sales(1L, "ann", 1));
      try (EpochWriter writer = lake.begin()) {
        BatchBuilder rows = new BatchBuilder(retyped);
        rows.appendValues(1, "one", "ann");
        writer.apply("sales", retyped, rows.build());
        writer.commit(NOON, Map.of());
      }
      Epoch after = lake.newest().orElseThrow();
      assertThat(after.table("sales").orElseThrow().rows()).isEqualTo(1);
      assertThat(Bags.of(lake.files(before, "sales"))).isEqualTo(Bags.of(sales(1L, "ann", 1)));
    }
  }

  @Test
  void a_dropped_relation_is_in_older_epochs_only() {
    try (Lake lake = Lake.open(folder)) {
      Epoch before = publish(lake, sales(1L, "ann", 1));
      try (EpochWriter writer = lake.begin()) {
        writer.drop("sales");
        writer.commit(NOON, Map.of());
      }
      assertThat(lake.newest().orElseThrow().tables()).isEmpty();
      assertThat(Bags.of(lake.files(before, "sales"))).hasSize(1);
      Epoch again = publish(lake, sales(2L, "bob", 1));
      assertThat(Bags.of(lake.files(again, "sales"))).isEqualTo(Bags.of(sales(2L, "bob", 1)));
    }
  }

  @Test
  void files_written_within_an_epoch_can_be_read_in_it_and_are_gone_after_an_abort() {
    try (Lake lake = Lake.open(folder)) {
      Epoch first = publish(lake, sales(1L, "ann", 1));
      EpochWriter writer = lake.begin();
      writer.apply("sales", SALES, sales(2L, "bob", 1));
      TableFiles staged = writer.files("sales");
      assertThat(Bags.of(staged)).hasSize(2);
      writer.apply("sales", SALES, sales(2L, "bob", -1, 3L, "eve", 1));
      assertThat(Bags.of(writer.files("sales")))
          .isEqualTo(Bags.of(sales(1L, "ann", 1, 3L, "eve", 1)));
      writer.abort();
      assertThat(staged.files().getFirst().path()).doesNotExist();
      assertThat(lake.newest()).contains(first);
      assertThat(Bags.of(lake.files(first, "sales"))).hasSize(1);
    }
  }

  @Test
  void there_is_one_writer_at_a_time() {
    try (Lake lake = Lake.open(folder);
        Lake other = Lake.open(folder)) {
      EpochWriter writer = lake.begin();
      assertThatThrownBy(lake::begin).isInstanceOf(IllegalStateException.class);
      publish(other, sales(1L, "ann", 1));
      writer.apply("sales", SALES, sales(2L, "bob", 1));
      assertThatThrownBy(() -> writer.commit(NOON, Map.of()))
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> assertThat(e.problems().getFirst().code()).isEqualTo(ErrorCode.LAKE_CONFLICT));
      assertThat(publish(lake, sales(3L, "eve", 1)).number()).isEqualTo(2);
      assertThat(Bags.of(other.files(other.newest().orElseThrow(), "sales")))
          .isEqualTo(Bags.of(sales(1L, "ann", 1, 3L, "eve", 1)));
    }
  }

  @Test
  void a_lake_may_be_moved() throws Exception {
    Path before = folder.resolve("before");
    Path after = folder.resolve("after");
    LakeOptions options = LakeOptions.DEFAULT.withRewriteRows(1);
    try (Lake lake = Lake.open(before, options)) {
      publish(lake, sales(1L, "ann", 1, 2L, "bob", 1, 3L, "eve", 1));
      publish(lake, sales(1L, "ann", -1));
    }
    Files.move(before, after);
    try (Lake lake = Lake.open(after, options)) {
      publish(lake, sales(2L, "bob", -1));
      Epoch epoch = lake.newest().orElseThrow();
      assertThat(Bags.of(lake.files(epoch, "sales"))).isEqualTo(Bags.of(sales(3L, "eve", 1)));
      assertThat(IcebergReader.rows(after, epoch, "sales")).containsExactly("3|ZXZl");
    }
  }
}
