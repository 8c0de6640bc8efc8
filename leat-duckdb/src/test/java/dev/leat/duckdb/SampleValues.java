package dev.leat.duckdb;

import static dev.leat.data.BatchBuilder.NULL;

import dev.leat.model.Type;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values of each type that engines like to disagree about. NULL is always among them. */
final class SampleValues {
  private SampleValues() {}

  static List<Object> of(Type type) {
    List<Object> values = new ArrayList<>(List.of(NULL));
    values.addAll(
        switch (type) {
          case Type.Bool _ -> List.of(false, true);
          case Type.Int _ ->
              longs(
                  0,
                  1,
                  -1,
                  2,
                  3,
                  -7,
                  10,
                  65,
                  233,
                  1000,
                  46341,
                  Integer.MAX_VALUE,
                  Integer.MIN_VALUE);
          case Type.BigInt _ ->
              longs(
                  0,
                  1,
                  -1,
                  2,
                  3,
                  5,
                  -7,
                  12,
                  25,
                  31,
                  65,
                  1000,
                  2024,
                  9999,
                  10000,
                  55296,
                  3037000500L,
                  1L << 53,
                  Long.MAX_VALUE,
                  Long.MIN_VALUE);
          case Type.Decimal d -> decimals(d);
          case Type.Float64 _ ->
              List.of(
                  0.0,
                  1.0,
                  -1.0,
                  0.5,
                  -0.5,
                  2.5,
                  -2.5,
                  -0.4,
                  3.0,
                  0.1,
                  1.005,
                  0.285,
                  123456.789,
                  1e16,
                  1e15,
                  1e-5,
                  0.00012,
                  5e-324,
                  1e300,
                  -1e300,
                  2147483647.5,
                  0.49999999999999994,
                  9.3e18,
                  Math.PI,
                  Double.NaN,
                  Double.POSITIVE_INFINITY,
                  Double.NEGATIVE_INFINITY);
          case Type.Varchar _ -> texts();
          case Type.Varbinary _ ->
              List.of(new byte[0], new byte[] {65}, new byte[] {-61, -87}, new byte[] {-1, 0});
          case Type.Date _ -> dates();
          case Type.Timestamp _ -> timestamps();
        });
    return values;
  }

  private static List<Object> longs(long... values) {
    return new ArrayList<>(Arrays.stream(values).boxed().toList());
  }

  private static List<Object> decimals(Type.Decimal type) {
    long most = 9;
    for (int i = 1; i < type.precision(); i++) {
      most = most * 10 + 9;
    }
    List<Object> values = longs(0, 1, -1, 5, -5, most, -most, most / 3, -most / 2 - 1);
    if (type.precision() == 18) { // a DOUBLE has not all of these whole
      values.addAll(longs((1L << 53) + 1, 90_071_992_547_409_931L, -359_693_815_733_180_173L));
    }
    if (type.precision() > 3) {
      values.addAll(longs(100, 150, 250, -250, 249, 1005, -333));
    }
    return values;
  }

  private static List<Object> texts() {
    return List.of(
        "",
        " ",
        "a",
        "A",
        "b",
        "abc",
        "ABC",
        "héllo",
        "日本語",
        "😀x",
        "straße",
        "İΣς",
        "e\u0301a",
        "%",
        "_",
        "a%c",
        "a_c",
        "a\\c",
        "b\\",
        "%\\\\",
        " pad ",
        "\u00a0pad\u2003",
        "\tt\n",
        "it's",
        "aaaa",
        "hello wORLD foo-bar",
        "a,b,,c",
        ",",
        "b(c)",
        "12",
        "-3.5",
        "2.5",
        " +7 ",
        "1e3",
        "1E-1",
        "-12.345E+2",
        "0.0000001e9",
        "12345678901234567890123e-10",
        "1_000",
        "0x10",
        ".5",
        "5.",
        ".",
        "1e400",
        "99999999999999999999",
        "2147483648",
        "nan",
        "-Infinity",
        "true",
        "F",
        "yes",
        "2026-01-05",
        "2026-1-5",
        "2026-02-30",
        "0000-01-01",
        "0001-12-31 (BC)",
        "10000-01-01",
        "2024-02-29 12:34:56.789",
        "2024-02-29T23:59:59Z",
        "2026-01-05 24:00:00",
        "2026-01-05 10:00:00+02",
        "infinity");
  }

  static List<Object> json() {
    return List.of(
        NULL,
        "",
        "{}",
        "[]",
        "null",
        "1",
        "\"x\"",
        "{\"a\":1}",
        "{\"a\":null}",
        "{\"a\":{\"b\":[1,2.50,\"x\",true,null,{\"c\":1}]}}",
        "{\"a\":[1,2,3]}",
        "{\"a\":{\"b\":\"é\\u00e9\\n\\ud83d\\ude00\"}}",
        "{\"a\":{\"b\":1e2}}",
        "{\"a\":{\"b\":-0.0}}",
        "{\"a\":{\"b\":12345678901234567890123}}",
        "{\"a\":{\"b\":0.1000}}",
        "{\"a\":{\"b\":1e400}}",
        "{\"a\":{\"b\":1E-7}}",
        "{\"a\":{\"b\":123456789012345680000000.5}}",
        "{\"a\":1,\"a\":2}",
        "[1,]",
        "[1,2",
        "{\"a\":1}x",
        " {\"a\" : [ 1 , 2 ] } ",
        "bad",
        "{a:1}",
        "{\"a\":{\"b\":01}}",
        "{\"a\":{\"b\":false}}",
        "[[1],[2,3]]",
        "[{\"b\":7},{\"a\":8}]",
        "\"\\ud800\"",
        "{\"a\":\"\"}");
  }

  private static List<Object> dates() {
    List<Object> values = longs(0, -1, 1);
    for (String date :
        List.of(
            "2000-02-29",
            "2024-02-29",
            "2025-02-28",
            "2026-01-31",
            "2026-11-22",
            "2026-12-31",
            "2027-01-01",
            "1900-03-01",
            "1582-10-04",
            "0001-01-01",
            "0000-12-31",
            "-0043-03-15",
            "-12000-03-15",
            "9999-12-31",
            "+10000-01-01",
            "+123456-01-01")) {
      values.add(LocalDate.parse(date).toEpochDay());
    }
    return values;
  }

  private static List<Object> timestamps() {
    List<Object> values = longs(0, -1, 1, 999_999, -1_000_000, 1_000_000);
    for (String time :
        List.of(
            "2024-02-29T12:34:56.789",
            "2026-01-31T23:59:59.999999",
            "2026-02-28T00:00:00",
            "2026-11-22T09:05:07.000120",
            "1969-12-31T23:59:59.9995",
            "1900-03-01T13:00:00",
            "0001-01-01T00:00:00",
            "0000-12-31T23:59:59.5",
            "-0043-03-15T01:02:03",
            "9999-12-31T23:59:59",
            "+10000-01-01T10:00:00",
            "2026-03-31T12:00:00",
            "2025-11-30T11:59:59")) {
      LocalDateTime parsed = LocalDateTime.parse(time);
      values.add(parsed.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + parsed.getNano() / 1000);
    }
    return values;
  }
}
