package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRecordParserTest {
  static final Schema SCHEMA =
      Schema.of(
          Column.required("id", Type.BIGINT),
          Column.optional("n", Type.INTEGER),
          Column.optional("price", Type.decimal(10, 2)),
          Column.optional("ratio", Type.DOUBLE),
          Column.optional("ok", Type.BOOLEAN),
          Column.optional("name", Type.VARCHAR),
          Column.optional("day", Type.DATE),
          Column.optional("at", Type.TIMESTAMP),
          Column.optional("raw", Type.VARBINARY),
          Column.optional("data.temp", Type.DOUBLE));

  @Test
  void everyTypeIsRead() {
    assertThat(
            row(
                """
                {"id":1,"n":-7,"price":12.5,"ratio":0.1,"ok":true,"name":"Ä \\u00e9 \\"x\\"",
                 "day":"2024-02-29","at":"2024-02-29T10:00:00.25+02:00","raw":"AQI=",
                 "data":{"temp":21.5,"x":[1]},"other":{"a":[{}]}}
                """))
        .containsExactly(
            "1",
            "-7",
            "1250",
            "0.1",
            "1",
            "Ä é \"x\"",
            "19782",
            String.valueOf((19782L * 86400 + 8 * 3600) * 1_000_000 + 250_000),
            "\u0001\u0002",
            "21.5");
  }

  @Test
  void whatIsNotThereIsNull() {
    assertThat(row("{\"id\":5,\"name\":null}"))
        .isEqualTo(
            List.of("5", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL"));
  }

  @Test
  void aTextColumnTakesAnythingAsItsJson() {
    assertThat(row("{\"id\":1,\"name\":{\"a\": [1, 2.50]} }").get(5))
        .isEqualTo("{\"a\": [1, 2.50]}");
    assertThat(row("{\"id\":1,\"name\":2.50}").get(5)).isEqualTo("2.50");
    assertThat(row("{\"id\":1,\"name\":true}").get(5)).isEqualTo("true");
  }

  @Test
  void aFlatKeyWithADotComesBeforeANestedOne() {
    assertThat(row("{\"id\":1,\"data\":{\"temp\":2},\"data.temp\":1}").get(9)).isEqualTo("1.0");
    assertThat(row("{\"id\":1,\"data.temp\":1,\"data\":{\"temp\":2}}").get(9)).isEqualTo("1.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1594598424.0735948 | 1594598424073594",
        "1594598424 | 1594598424000000",
        "1594598424073 | 1594598424073000",
        "\"2020-07-13 00:00:24\" | 1594598424000000",
        "\"2020-07-13T00:00Z\" | 1594598400000000",
        "\"2020-07-13\" | 1594598400000000",
      })
  void timestampsHaveManyForms(String json, String micros) {
    assertThat(row("{\"id\":1,\"at\":" + json + "}").get(7)).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1] | `` | expected a JSON object",
        "{\"id\":1 | `` | not valid JSON: Unexpected end-of-input: expected close marker for Object",
        "{\"id\":1} x | `` | not valid JSON",
        "{\"id\":1} {} | `` | more follows",
        "{} | id | required, but missing",
        "{\"id\":null} | id | required, but null",
        "{\"id\":1.0} | id | expected BIGINT, found 1.0",
        "{\"id\":\"1\"} | id | expected BIGINT, found \"1\"",
        "{\"id\":9223372036854775808} | id | expected BIGINT",
        "{\"id\":1,\"n\":2147483648} | n | expected INTEGER, found 2147483648",
        "{\"id\":1,\"n\":{}} | n | expected INTEGER, found {}",
        "{\"id\":1,\"id\":1} | id | the key stands twice",
        "{\"id\":1,\"price\":1.001} | price | expected DECIMAL(10,2), found 1.001",
        "{\"id\":1,\"price\":123456789} | price | expected DECIMAL(10,2)",
        "{\"id\":1,\"price\":1e999999999} | price | expected DECIMAL(10,2)",
        "{\"id\":1,\"ratio\":1e999} | ratio | expected DOUBLE",
        "{\"id\":1,\"ok\":1} | ok | expected BOOLEAN, found 1",
        "{\"id\":1,\"day\":\"2023-02-29\"} | day | expected DATE",
        "{\"id\":1,\"at\":\"yesterday\"} | at | expected TIMESTAMP, found \"yesterday\"",
        "{\"id\":1,\"raw\":\"!\"} | raw | expected VARBINARY",
        "{\"id\":1,\"name\":\"\\ud800\"} | name | expected VARCHAR",
      })
  void badRecordsAreRefusedWithFieldAndReason(String json, String field, String reason) {
    BatchBuilder into = new BatchBuilder(SCHEMA);
    Optional<Fault> fault = parse(new JsonRecordParser(CONTRACT), json.getBytes(UTF), into);
    assertThat(fault).isPresent();
    assertThat(fault.get().field()).isEqualTo(field);
    assertThat(fault.get().reason()).contains(reason).doesNotContain("Source");
    assertThat(into.build().size()).isZero();
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] bad = "{\"id\":1,\"name\":\"x\"}".getBytes(UTF);
    bad[16] = (byte) 0xC0;
    assertThat(parse(new JsonRecordParser(CONTRACT), bad, new BatchBuilder(SCHEMA)))
        .contains(Fault.ofRow("the record is not UTF-8 text"));
    byte[] wide = "{\"id\":1}".getBytes(StandardCharsets.UTF_16LE);
    assertThat(parse(new JsonRecordParser(CONTRACT), wide, new BatchBuilder(SCHEMA)))
        .contains(Fault.ofRow("the record is not UTF-8 text"));
    assertThat(parse(new JsonRecordParser(CONTRACT), new byte[0], new BatchBuilder(SCHEMA)))
        .isPresent();
  }

  /** The property: whatever the bytes and whatever came before, both ways agree. */
  @Test
  void theFastWayMakesTheSameRowsAndFaultsAsTheSlowWay() {
    int good = 0;
    int bad = 0;
    for (long seed = 0; seed < 200; seed++) {
      RandomJson random = new RandomJson(seed, SCHEMA);
      JsonRecordParser fast = new JsonRecordParser(CONTRACT);
      JsonRecordParser slow = new JsonRecordParser(CONTRACT);
      BatchBuilder quick = new BatchBuilder(SCHEMA);
      BatchBuilder sure = new BatchBuilder(SCHEMA);
      for (int i = 0; i < 200; i++) {
        byte[] json = random.next();
        byte[] slab = slab(json);
        int start = slab.length - BytesVector.PADDING - 16 - json.length;
        Optional<Fault> one = fast.parse(slab, start, start + json.length, quick);
        Optional<Fault> two = slow.parseSlowly(slab, start, start + json.length, sure);
        assertThat(one).as("seed %d: %s", seed, new String(json, UTF)).isEqualTo(two);
        if (one.isEmpty()) {
          good++;
        } else {
          bad++;
        }
      }
      assertThat(rows(quick.build())).as("seed %d", seed).isEqualTo(rows(sure.build()));
    }
    assertThat(good).isGreaterThan(10_000);
    assertThat(bad).isGreaterThan(5_000);
  }

  /** A record in the middle of others: what follows it must not be read. */
  private static byte[] slab(byte[] json) {
    byte[] before = "{\"id\":9},".getBytes(UTF);
    byte[] after = "\",\"id\":3}}\"}1234".substring(0, 16).getBytes(UTF);
    byte[] slab =
        Arrays.copyOf(before, before.length + json.length + after.length + BytesVector.PADDING);
    System.arraycopy(json, 0, slab, before.length, json.length);
    System.arraycopy(after, 0, slab, before.length + json.length, after.length);
    return slab;
  }

  static final Contract CONTRACT = new Contract("t", SCHEMA, List.of(0));
  private static final Charset UTF = StandardCharsets.UTF_8;

  private static List<String> row(String json) {
    BatchBuilder into = new BatchBuilder(SCHEMA);
    assertThat(parse(new JsonRecordParser(CONTRACT), json.getBytes(UTF), into)).isEmpty();
    return rows(into.build()).getFirst();
  }

  private static Optional<Fault> parse(JsonRecordParser parser, byte[] json, BatchBuilder into) {
    byte[] padded = Arrays.copyOf(json, json.length + BytesVector.PADDING);
    return parser.parse(padded, 0, json.length, into);
  }

  static List<List<String>> rows(Batch batch) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      List<String> values = new ArrayList<>();
      for (var column : batch.columns()) {
        values.add(
            column.isNull(row)
                ? "NULL"
                : switch (column) {
                  case LongVector v -> String.valueOf(v.values()[row]);
                  case DoubleVector v -> String.valueOf(v.values()[row]);
                  case BytesVector v -> v.string(row);
                });
      }
      rows.add(values);
    }
    return rows;
  }
}
