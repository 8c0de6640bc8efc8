package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of files weigh what their deleted rows weigh. */
class KnownFilesTest {
  private static final Schema SCHEMA = Schema.of(Column.required("id", Type.BIGINT));
  private static final long ROOM = 1L << 20;

  private static TableFiles files(int deleted) {
    DataFile file = new DataFile(Path.of("/a"), deleted, 1, new long[deleted]);
    return new TableFiles(SCHEMA, List.of(1), List.of(file), 0);
  }

  @Test
  void what_was_used_last_stays_and_all_of_it_has_room() {
    KnownFiles known = new KnownFiles(ROOM);
    known.add("used", files(1_000));
    for (int i = 0; i < 100; i++) {
      known.add("heavy " + i, files(30_000));
      assertThat(known.bytes()).isLessThanOrEqualTo(ROOM);
      assertThat(known.find("used")).isPresent();
    }
    assertThat(known.find("heavy 99")).isPresent();
    assertThat(known.find("heavy 0")).isEmpty();
  }

  @Test
  void one_that_is_larger_than_the_room_is_alone() {
    KnownFiles known = new KnownFiles(ROOM);
    known.add("small", files(10));
    known.add("huge", files(1_000_000));
    assertThat(known.find("small")).isEmpty();
    assertThat(known.find("huge")).isPresent();
    known.add("small", files(10));
    assertThat(known.find("huge")).isEmpty();
    assertThat(known.bytes()).isLessThan(ROOM);
  }

  @Test
  void nothing_weighs_nothing() {
    KnownFiles known = new KnownFiles(ROOM);
    known.add("a", files(10));
    known.add("a", files(20));
    known.forget("a");
    known.forget("b");
    assertThat(known.find("a")).isEmpty();
    assertThat(known.bytes()).isZero();
  }
}
