package dev.leat.connect;

import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Measures parsing of click events and of Nexmark-like bids. Not a test: run it by hand. */
final class ParseMeasure {
  private ParseMeasure() {}

  public static void main(String[] args) {
    Schema schema =
        Schema.of(
            Column.required("auction", Type.BIGINT),
            Column.required("bidder", Type.BIGINT),
            Column.required("price", Type.decimal(10, 2)),
            Column.optional("channel", Type.VARCHAR),
            Column.optional("url", Type.VARCHAR),
            Column.required("at", Type.TIMESTAMP),
            Column.optional("extra", Type.VARCHAR));
    int records = 200_000;
    int[] ends = new int[records];
    byte[] data = records(records, ends, "");
    byte[] withUnknown = records(records, ends, ",\"agent\":\"Mozilla/5.0\",\"v\":2");
    for (int run = 0; run < 6; run++) {
      measure("fast", schema, data, records, false);
      measure("fast, unknown keys", schema, withUnknown, records, false);
      measure("slow", schema, data, records, true);
    }
  }

  private static byte[] records(int records, int[] ends, String more) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < records; i++) {
      text.append(
          "{\"auction\":%d,\"bidder\":%d,\"price\":%d.%02d,\"channel\":\"%s\",\"url\":\"https://shop.example/p/%d?q=%d\",\"at\":\"2026-11-22T10:%02d:%02d.123Z\",\"extra\":\"%s\"%s}\n"
              .formatted(
                  random.nextInt(100000),
                  random.nextInt(100000),
                  random.nextInt(10000),
                  random.nextInt(100),
                  List.of("web", "app", "mail").get(i % 3),
                  random.nextInt(1000000),
                  i,
                  i / 60 % 60,
                  i % 60,
                  "x".repeat(20 + i % 30),
                  more));
      ends[i] = text.length();
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + BytesVector.PADDING);
  }

  private static void measure(String what, Schema schema, byte[] data, int records, boolean slow) {
    JsonRecordParser parser = new JsonRecordParser(new Contract("t", schema, List.of()));
    long began = System.nanoTime();
    int start = 0;
    BatchBuilder into = new BatchBuilder(schema);
    for (int i = 0; i < records; i++) {
      int end = start;
      while (data[end] != '\n') {
        end++;
      }
      boolean bad =
          slow
              ? parser.parseSlowly(data, start, end, into).isPresent()
              : parser.parse(data, start, end, into).isPresent();
      if (bad) {
        throw new IllegalStateException();
      }
      if (into.size() == 10_000) {
        into.build();
        into = new BatchBuilder(schema);
      }
      start = end + 1;
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "%-20s %.2f M/s, %.0f MB/s%n", what, records / seconds / 1e6, start / seconds / 1e6);
  }
}
