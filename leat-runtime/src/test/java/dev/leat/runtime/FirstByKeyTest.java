package dev.leat.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FirstByKeyTest {
  private static final Schema SCHEMA =
      Schema.of(Column.optional("id", Type.VARCHAR), Column.required("n", Type.BIGINT));

  private static Batch rows(Object... idsAndNumbers) {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    for (int i = 0; i < idsAndNumbers.length; i += 2) {
      builder.appendValues(1, idsAndNumbers[i], idsAndNumbers[i + 1]);
    }
    return builder.build();
  }

  private static List<Long> numbers(Batch batch) {
    return LongStream.of(batch.longs(1).values()).limit(batch.size()).boxed().toList();
  }

  @Test
  void theFirstRowOfAKeyPassesWithinAndAcrossBatches() {
    FirstByKey first = new FirstByKey(SCHEMA, List.of(0));
    assertThat(numbers(first.firstOnly(rows("a", 1, "b", 2, "a", 3)))).containsExactly(1L, 2L);
    assertThat(numbers(first.firstOnly(rows("b", 4, Bag.NULL, 5, "", 6)))).containsExactly(5L, 6L);
    assertThat(numbers(first.firstOnly(rows(Bag.NULL, 7, "", 8)))).isEmpty();
    assertThat(first.keys()).isEqualTo(4);
  }

  @Test
  void keysSurviveARestart() throws IOException {
    FirstByKey before = new FirstByKey(SCHEMA, List.of(0));
    before.firstOnly(rows("a", 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var frozen = before.freeze();
    before.firstOnly(rows("later", 2));
    frozen.write(out);
    FirstByKey after = new FirstByKey(SCHEMA, List.of(0));
    after.restore(new ByteArrayInputStream(out.toByteArray()));
    assertThat(numbers(after.firstOnly(rows("a", 3, "later", 4)))).containsExactly(4L);
  }

  @Test
  void damagedKeysAreRefused() throws IOException {
    FirstByKey before = new FirstByKey(SCHEMA, List.of(0));
    before.firstOnly(rows("a", 1, "b", 2));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    before.freeze().write(out);
    for (int at = Long.BYTES; at < out.size(); at++) {
      byte[] damaged = out.toByteArray();
      damaged[at] ^= (byte) 0x80;
      FirstByKey after = new FirstByKey(SCHEMA, List.of(0));
      assertThatThrownBy(() -> after.restore(new ByteArrayInputStream(damaged)))
          .isInstanceOf(LeatException.class)
          .hasMessageContaining("LEAT-6003");
    }
  }
}
