package dev.leat.duckdb;

import static dev.leat.data.BatchBuilder.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.Rows;
import dev.leat.model.Column;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  private static final Schema EVERY_TYPE =
      Schema.of(
          Column.optional("a boolean", Type.BOOLEAN),
          Column.optional("int", Type.INTEGER),
          Column.optional("long", Type.BIGINT),
          Column.optional("double", Type.DOUBLE),
          Column.optional("narrow", Type.decimal(4, 2)),
          Column.optional("middle", Type.decimal(9, 0)),
          Column.optional("wide", Type.decimal(18, 6)),
          Column.optional("text", Type.VARCHAR),
          Column.optional("bytes", Type.VARBINARY),
          Column.optional("day", Type.DATE),
          Column.optional("moment", Type.TIMESTAMP));

  @TempDir Path folder;
  private DuckDb duckDb;
  private Session session;

  @BeforeEach
  void open() {
    duckDb = DuckDb.open(DuckDb.Settings.reading(folder).withThreads(2).withMemory("512MB"));
    session = duckDb.session();
  }

  @AfterEach
  void close() {
    session.close();
    duckDb.close();
  }

  @Test
  void everyTypeGoesInAndComesBack() {
    BatchBuilder rows = new BatchBuilder(EVERY_TYPE);
    rows.appendValues(
        1,
        true,
        7,
        1L << 40,
        0.5,
        1234L,
        999_999_999L,
        123_456_789_012_345_678L,
        "short",
        new byte[] {0, -1},
        20_000L,
        1_700_000_000_123_456L);
    rows.appendValues(-2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    rows.appendValues(
        3,
        false,
        -7,
        Long.MIN_VALUE,
        Double.NaN,
        -1234L,
        -1L,
        -1L,
        "a text längér than twelve ☃",
        new byte[40],
        -1L,
        -1L);
    Batch batch = rows.build();

    session.load("t", EVERY_TYPE, List.of(batch));

    Schema weighted = weighted(EVERY_TYPE);
    try (Answer answer = session.query("SELECT * FROM t", weighted)) {
      Batch back = answer.rest();
      assertSame(batch, back);
      assertThat(answer.schema()).isEqualTo(weighted);
    }
    assertThat(session.number("SELECT count(*) FROM t WHERE text IS NULL AND moment IS NULL"))
        .isEqualTo(1);
    assertThat(session.number("SELECT count(*) FROM t WHERE day = DATE '1969-12-31'")).isEqualTo(1);
  }

  @Test
  void manyRowsOfRandomValuesComeBackInOrder() {
    long seed = 20261122;
    Random random = new Random(seed);
    Schema schema =
        Schema.of(Column.required("n", Type.BIGINT), Column.optional("s", Type.VARCHAR));
    BatchBuilder rows = new BatchBuilder(schema);
    for (int i = 0; i < 50_000; i++) {
      Object text = random.nextInt(10) == 0 ? NULL : "x".repeat(random.nextInt(30)) + i;
      rows.appendValues(1, random.nextLong(), text);
    }
    Batch batch = rows.build();

    session.load("t", schema, List.of(batch));

    try (Answer answer = session.query("SELECT * FROM t", weighted(schema))) {
      assertThat(answer.hasNext()).isTrue();
      assertSame(batch, answer.rest());
    }
  }

  @Test
  void aHalfReadAnswerCanBeLeft() {
    try (Answer answer = session.query("SELECT range FROM range(100000000)")) {
      assertThat(answer.next().longs(0).values()[100]).isEqualTo(100);
    }
    assertThat(session.number("SELECT 42::BIGINT")).isEqualTo(42);
  }

  @Test
  void aValueThatDoesNotFitIsTheDataSFault() {
    assertThatThrownBy(() -> session.number("SELECT 9223372036854775807 + r FROM range(1, 2) t(r)"))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("LEAT-6002")
        .hasMessageNotContaining("SELECT");
    assertThatThrownBy(() -> session.number("SELECT CAST('x' || r AS BIGINT) FROM range(3) t(r)"))
        .hasMessageContaining("LEAT-6002");
  }

  @Test
  void wrongSqlIsOurFaultAndIsNotShown() {
    assertThatThrownBy(() -> session.execute("SELECT secret FROM nowhere"))
        .hasMessageContaining("LEAT-6004")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> session.query("SELECT 1::HUGEINT")).hasMessageContaining("LEAT-6004");
    assertThat(session.number("SELECT 1::BIGINT")).isEqualTo(1);
  }

  @Test
  void aQueryThatTakesTooLongIsStopped() {
    session.timeout(Duration.ofMillis(100));
    assertThatThrownBy(
            () -> session.number("SELECT count(*) FROM range(10000000) a, range(10000000) b"))
        .hasMessageContaining("LEAT-6006");
    assertThat(session.number("SELECT 1::BIGINT")).isEqualTo(1);
  }

  @Test
  void nothingOutsideTheFoldersCanBeRead(@TempDir Path elsewhere) throws Exception {
    Files.writeString(folder.resolve("in.csv"), "a\n1\n");
    Files.writeString(elsewhere.resolve("out.csv"), "a\n1\n");
    assertThat(session.number("SELECT count(*) FROM read_csv('" + folder + "/in.csv')"))
        .isEqualTo(1);
    assertThatThrownBy(
            () -> session.number("SELECT count(*) FROM read_csv('" + elsewhere + "/out.csv')"))
        .isInstanceOf(LeatException.class);
    assertThatThrownBy(() -> session.execute("SET enable_external_access = true"))
        .isInstanceOf(LeatException.class);
    assertThatThrownBy(() -> session.execute("ATTACH '" + elsewhere + "/x.db'"))
        .isInstanceOf(LeatException.class);
  }

  private static Schema weighted(Schema schema) {
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.add(Column.required("_weight", Type.BIGINT));
    return new Schema(columns);
  }

  /** The batch with its weights as last column is what came back. */
  private static void assertSame(Batch sent, Batch back) {
    assertThat(back.size()).isEqualTo(sent.size());
    int[] columns = Rows.allColumns(sent);
    for (int row = 0; row < sent.size(); row++) {
      assertThat(Rows.same(sent, row, columns, back, row, columns)).as("row " + row).isTrue();
      assertThat(back.longs(columns.length).values()[row]).isEqualTo(sent.weights()[row]);
    }
  }
}
