package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.model.Column;
import dev.leat.model.Durability;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A contract and a table as they are met at one start after the other. */
final class LateColumnsTest {
  private static final Schema SHORT = Schema.of(Column.required("id", Type.BIGINT));
  private static final Schema LONG =
      Schema.of(Column.required("id", Type.BIGINT), Column.optional("Shop", Type.VARCHAR));

  @TempDir Path folder;

  private LateColumns start(Schema contract, Schema table, long next) throws IOException {
    LateColumns columns = new LateColumns(folder, new Flushing(Durability.PROCESS));
    columns.compare(contract, table, next);
    return new LateColumns(folder, new Flushing(Durability.PROCESS));
  }

  @Test
  void aColumnCountsFromWhereTheTableLackedIt() throws IOException {
    assertThat(start(SHORT, SHORT, 3).notIn(0)).isEmpty();
    assertThat(start(LONG, SHORT, 5).notIn(4)).containsExactly("shop");
    LateColumns again = start(LONG, SHORT, 7); // what came meanwhile is not published yet
    assertThat(again.notIn(4)).containsExactly("shop");
    assertThat(again.notIn(5)).isEmpty();
    assertThat(start(LONG, LONG, 8).notIn(5)).isEmpty();
    assertThat(start(SHORT, LONG, 8).notIn(5)).isEmpty();
    LateColumns back = start(LONG, SHORT, 9);
    assertThat(back.notIn(8)).containsExactly("shop");
    assertThat(back.notIn(9)).isEmpty();
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    start(LONG, SHORT, 5);
    Path file = folder.resolve("columns.json");
    for (String damaged : List.of("", "{\"shop\":[5,", "\0\0")) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> start(LONG, SHORT, 6))
          .hasMessageContaining("LEAT-5001")
          .hasMessageContaining(file.toString());
    }
  }
}
