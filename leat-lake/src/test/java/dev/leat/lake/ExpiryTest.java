package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read now may be needed: nothing is deleted then. */
class ExpiryTest {
  private static final Schema SCHEMA = Schema.of(Column.required("id", Type.BIGINT));
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Retention NEWEST_TWO = new Retention(Duration.ZERO, 2, 2);

  @TempDir Path folder;

  /** Four epochs; "still" is of the first, "busy" is another in each. */
  private static void fill(Lake lake) {
    for (long i = 1; i <= 4; i++) {
      try (EpochWriter writer = lake.begin()) {
        writer.apply("busy", SCHEMA, row(i));
        if (i == 1) {
          writer.apply("still", SCHEMA, row(i));
        }
        writer.commit(NOON.plusSeconds(i), Map.of());
      }
    }
  }

  private static Batch row(long id) {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    builder.appendValues(1, id);
    return builder.build();
  }

  private Path list(Lake lake, long epoch, String relation) {
    return folder.resolve(
        lake.epoch(epoch).orElseThrow().table(relation).orElseThrow().filesLocation());
  }

  private Path epochFile(long number) {
    return folder.resolve("epochs/%012d.json".formatted(number));
  }

  /** Every file but those that stand for trouble. */
  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void deletesNothing(ThrowingCallable action) throws IOException {
    List<Path> before = files();
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            LeatException.class,
            e -> assertThat(e.problems().getFirst().code()).isEqualTo(ErrorCode.LAKE_FAILED));
    assertThat(files()).isEqualTo(before);
  }

  private static void expire(Lake lake) {
    lake.expire(NEWEST_TWO, NOON.plusSeconds(60));
  }

  @Test
  void nothing_goes_while_a_list_of_files_cannot_be_read() throws Exception {
    try (Lake lake = Lake.open(folder)) {
      fill(lake);
      Path list = list(lake, 3, "still");
      Path aside = Files.move(list, folder.resolve("aside"));
      Files.createSymbolicLink(list, list); // an error that is not "no such file"
      deletesNothing(() -> expire(lake));
      deletesNothing(() -> lake.sweep(Duration.ZERO, Instant.now()));
      Files.delete(list);
      deletesNothing(() -> expire(lake));
      deletesNothing(() -> lake.sweep(Duration.ZERO, Instant.now()));
      Files.move(aside, list);
      expire(lake);
      assertThat(lake.epochs()).containsExactly(3L, 4L);
      assertThat(Bags.of(lake.files(lake.newest().orElseThrow(), "still"))).hasSize(1);
    }
  }

  @Test
  void nothing_goes_while_an_epoch_that_stays_cannot_be_read() throws Exception {
    try (Lake lake = Lake.open(folder)) {
      fill(lake);
      Path aside = Files.move(epochFile(3), folder.resolve("aside"));
      Files.createSymbolicLink(epochFile(3), folder.resolve("away")); // in the list, and not there
      deletesNothing(() -> expire(lake));
      deletesNothing(() -> lake.sweep(Duration.ZERO, Instant.now()));
      Files.delete(epochFile(3));
      Files.move(aside, epochFile(3));
      expire(lake);
      assertThat(lake.epochs()).containsExactly(3L, 4L);
    }
  }

  @Test
  void what_went_is_not_known_any_more() {
    try (Lake lake = Lake.open(folder)) {
      fill(lake);
      Epoch first = lake.epoch(1).orElseThrow();
      assertThat(Bags.of(lake.files(first, "busy"))).hasSize(1);
      expire(lake);
      assertThatThrownBy(() -> lake.files(first, "busy"))
          .isInstanceOfSatisfying(
              LeatException.class,
              e ->
                  assertThat(e.problems().getFirst().code())
                      .isEqualTo(ErrorCode.LAKE_EPOCH_MISSING));
    }
  }

  /** A power cut may bring an epoch's file back, but not the files it had. */
  @Test
  void an_epoch_that_came_back_goes_again() throws Exception {
    try (Lake lake = Lake.open(folder)) {
      fill(lake);
      byte[] first = Files.readAllBytes(epochFile(1));
      expire(lake);
      Files.write(epochFile(1), first);
      expire(lake);
      assertThat(lake.epochs()).containsExactly(3L, 4L);
      assertThat(Bags.of(lake.files(lake.newest().orElseThrow(), "still"))).hasSize(1);
    }
  }
}
