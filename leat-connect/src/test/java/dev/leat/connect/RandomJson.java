package dev.leat.connect;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** JSON records for a schema from a seed: mostly right, often odd, sometimes broken. */
final class RandomJson {
  private static final List<String> STRINGS =
      List.of(
          "",
          "a",
          "plain text",
          "\\\"quoted\\\"",
          "back\\\\slash",
          "\\u0041",
          "\\ud83d\\ude00",
          "\\ud800",
          "ünïcödé",
          "日本",
          "😀",
          "tab\\t",
          "seven77",
          "eight888",
          "1",
          "2024-01-01",
          "2024-01-01T00:00:00Z",
          "NaN",
          "AQID",
          "12.30",
          "\\x",
          "ctrl\u0001",
          "{\\\"a\\\":1}");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "7.5",
          "12.30",
          "12.345",
          "1e3",
          "1E-2",
          "1.5e400",
          "01",
          "-",
          "+1",
          ".5",
          "5.",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "123456789012345678901234567890",
          "0.1",
          "0.30000000000000004",
          "99999999.99",
          "100000000.00",
          "1594598424.0735948",
          "123456789012345678",
          "1234567890.12345678",
          "9007199254740993",
          "1e-400",
          "-0.0");
  private static final List<String> OTHERS =
      List.of(
          "null",
          "true",
          "false",
          "nul",
          "[]",
          "{}",
          "[1,{\"b\":\"]\"}]",
          "{\"temp\":1.5}",
          "{\"temp\":\"x\"}",
          "{\"TEMP\":2,\"u\":null}",
          "NaN",
          "tru",
          "[1",
          "{\"a\":}");
  private static final List<String> BLANKS = List.of("", "", "", " ", "\n", "\t ", "\r\n", "\f");

  private final Random random;
  private final Schema schema;

  RandomJson(long seed, Schema schema) {
    this.random = new Random(seed);
    this.schema = schema;
  }

  byte[] next() {
    List<String> members = new ArrayList<>();
    for (Column column : schema.columns()) {
      if (random.nextInt(100) < 85) {
        members.add(member(column));
      }
    }
    if (random.nextInt(4) == 0) {
      members.add("\"data\":" + pick(OTHERS));
    }
    if (random.nextInt(4) == 0) {
      members.add("\"extra" + random.nextInt(3) + "\":" + anything());
    }
    if (random.nextInt(10) == 0 && !members.isEmpty()) {
      members.add(members.get(random.nextInt(members.size())));
    }
    if (random.nextInt(5) == 0) {
      Collections.shuffle(members, random);
    }
    String text = blank() + "{" + blank() + String.join(blank() + "," + blank(), members);
    byte[] bytes = (text + blank() + "}" + blank()).getBytes(StandardCharsets.UTF_8);
    return random.nextInt(25) == 0 ? damaged(bytes) : bytes;
  }

  private byte[] damaged(byte[] bytes) {
    if (random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      return bytes;
    }
    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private String member(Column column) {
    String name = random.nextInt(30) == 0 ? column.name().toUpperCase(Locale.ROOT) : column.name();
    return "\""
        + name
        + "\""
        + blank()
        + ":"
        + blank()
        + (random.nextInt(60) == 0 ? anything() : fitting(column.type()));
  }

  private String fitting(Type type) {
    if (random.nextInt(12) == 0) {
      return "null";
    }
    return switch (type) {
      case Type.Bool _ -> random.nextBoolean() ? "true" : "false";
      case Type.Int _ -> Integer.toString(random.nextInt());
      case Type.BigInt _ -> Long.toString(random.nextLong() >> random.nextInt(63));
      case Type.Float64 _ -> Double.toString(random.nextGaussian() * 1000);
      case Type.Decimal _ -> random.nextInt(100000) + "." + random.nextInt(10);
      case Type.Varchar _ -> "\"" + STRINGS.get(random.nextInt(7)) + "\"";
      case Type.Varbinary _ -> "\"AQID\"";
      case Type.Date _ ->
          "\"20%02d-0%d-1%d\""
              .formatted(random.nextInt(100), 1 + random.nextInt(9), random.nextInt(10));
      case Type.Timestamp _ ->
          "\"2024-0%d-1%dT0%d:1%d:00%s\""
              .formatted(
                  1 + random.nextInt(9),
                  random.nextInt(10),
                  random.nextInt(10),
                  random.nextInt(10),
                  pick(List.of("", "Z", ".5", ".123456789", "+02:00", "-0530", "x")));
    };
  }

  private String anything() {
    return switch (random.nextInt(3)) {
      case 0 -> "\"" + pick(STRINGS) + "\"";
      case 1 -> pick(NUMBERS);
      default -> pick(OTHERS);
    };
  }

  private String blank() {
    return random.nextInt(6) == 0
        ? BLANKS.get(random.nextInt(random.nextInt(20) == 0 ? 8 : 7))
        : "";
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
