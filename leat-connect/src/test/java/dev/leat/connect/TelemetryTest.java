package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A day of real sensor messages: nested values, epoch seconds with a fraction. */
class TelemetryTest {
  private static final Path FILE =
      Path.of("../../../shared/data/iot_telemetry/iot_telemetry_24h.jsonl.gz");

  @Test
  void everyMessageOfARealDayIsARow() throws IOException {
    Optional<Path> file =
        List.of(FILE, Path.of("../../shared/data/iot_telemetry/iot_telemetry_24h.jsonl.gz"))
            .stream()
            .filter(Files::exists)
            .findFirst();
    assumeTrue(file.isPresent(), "skipped: needs the data set ../shared/data/iot_telemetry");
    Schema schema =
        Schema.of(
            Column.required("device", Type.VARCHAR),
            Column.required("ts", Type.TIMESTAMP),
            Column.required("data.temp", Type.DOUBLE),
            Column.required("data.motion", Type.BOOLEAN),
            Column.optional("data", Type.VARCHAR));
    byte[] bytes;
    try (GZIPInputStream in = new GZIPInputStream(new FileInputStream(file.get().toFile()))) {
      bytes = in.readAllBytes();
    }
    byte[] data = Arrays.copyOf(bytes, bytes.length + BytesVector.PADDING);
    JsonRecordParser parser = new JsonRecordParser(new Contract("iot", schema, List.of()));
    BatchBuilder into = new BatchBuilder(schema);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (data[i] == '\n') {
        assertThat(parser.parse(data, start, i, into)).isEmpty();
        start = i + 1;
      }
    }
    Batch rows = into.build();
    assertThat(rows.size()).isEqualTo(50_270);
    long first = rows.longs(1).values()[0];
    assertThat(Instant.ofEpochSecond(first / 1_000_000).toString())
        .startsWith("2020-07-13T00:00:2");
    assertThat(rows.bytes(4).string(0)).startsWith("{").endsWith("}");
  }
}
