package dev.leat.duckdb;

import static dev.leat.data.BatchBuilder.NULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultFormatTest {
  private static final Schema SCHEMA =
      Schema.of(
          Column.required("name", Type.VARCHAR),
          Column.optional("price", Type.decimal(10, 2)),
          Column.optional("at", Type.TIMESTAMP),
          Column.optional("share", Type.DOUBLE),
          Column.optional("ok", Type.BOOLEAN));

  private static Batch rows() {
    BatchBuilder rows = new BatchBuilder(SCHEMA);
    rows.appendValues(1, "a \"b\", c", -5L, 1_700_000_000_000_000L, 0.25, true);
    rows.appendValues(1, "日本\n", NULL, NULL, Double.NaN, NULL);
    rows.appendValues(1, "", 12_345L, -1L, 3.0, false);
    return rows.build();
  }

  private static String written(String format, int width) throws IOException {
    StringBuilder to = new StringBuilder();
    long count =
        ResultFormat.named(format, width)
            .orElseThrow()
            .write(SCHEMA, List.of(rows()).iterator(), to);
    assertThat(count).isEqualTo(3);
    return to.toString();
  }

  @Test
  void csvTellsNullFromEmptyText() throws IOException {
    assertThat(written("csv", 0))
        .isEqualTo(
            """
            name,price,at,share,ok
            "a ""b"", c",-0.05,2023-11-14T22:13:20,0.25,true
            "日本
            ",,,NaN,
            "",123.45,1969-12-31T23:59:59.999999,3,false
            """);
  }

  @Test
  void jsonKeepsDecimalsExactAndHasNoNaN() throws IOException {
    assertThat(written("json", 0))
        .isEqualTo(
            """
            [{"name":"a \\"b\\", c","price":-0.05,"at":"2023-11-14T22:13:20","share":0.25,"ok":true},
             {"name":"日本\\n","price":null,"at":null,"share":"NaN","ok":null},
             {"name":"","price":123.45,"at":"1969-12-31T23:59:59.999999","share":3,"ok":false}]
            """);
  }

  @Test
  void ndjsonIsAnObjectALine() throws IOException {
    assertThat(written("ndjson", 0).lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("{\"name\":") && line.endsWith("}"));
  }

  @Test
  void tableAlignsWideCharactersAndNumbers() throws IOException {
    assertThat(written("table", 0).lines().toList())
        .containsExactly(
            "name       price  at                          share  ok",
            "────────  ──────  ──────────────────────────  ─────  ─────",
            "a \"b\", c   -0.05  2023-11-14T22:13:20          0.25  true",
            "日本·       NULL  NULL                          NaN  NULL",
            "          123.45  1969-12-31T23:59:59.999999      3  false");
  }

  @Test
  void tableIsCutAtItsWidestColumn() throws IOException {
    assertThat(written("table", 50).lines().toList())
        .allMatch(line -> line.length() <= 50)
        .contains("          123.45  1969-12-31T23:59:…      3  false");
  }

  @Test
  void anUnknownFormatIsNone() {
    assertThat(ResultFormat.named("xml", 0)).isEmpty();
  }
}
