package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.model.Column;
import dev.leat.model.Location;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import dev.leat.model.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulatorTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Schema SCHEMA =
      Schema.of(
          Column.required("event_id", Type.VARCHAR),
          Column.required("occurred_at", Type.TIMESTAMP),
          Column.required("session", Type.VARCHAR),
          Column.optional("product_code", Type.VARCHAR),
          Column.required("page", Type.VARCHAR),
          Column.required("country", Type.VARCHAR),
          Column.required("quantity", Type.INTEGER),
          Column.required("price", Type.decimal(10, 2)),
          Column.required("tiny", Type.decimal(2, 2)),
          Column.required("ratio", Type.DOUBLE),
          Column.required("ok", Type.BOOLEAN),
          Column.required("day", Type.DATE),
          Column.required("raw", Type.VARBINARY));

  @Test
  void everyEventKeepsTheContract() {
    BatchBuilder into = new BatchBuilder(SCHEMA);
    JsonRecordParser parser = new JsonRecordParser(Contract.of(table()));
    for (byte[] event : events(5, 2000, 0.2, 0.1)) {
      byte[] padded = Arrays.copyOf(event, event.length + BytesVector.PADDING);
      assertThat(parser.parse(padded, 0, event.length, into))
          .as(new String(event, StandardCharsets.UTF_8))
          .isEmpty();
    }
    List<List<String>> rows = JsonRecordParserTest.rows(into.build());
    assertThat(rows.stream().map(row -> row.get(3)).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("S10_1678", "S12_1099", "say \"hi\"", "NULL");
    assertThat(rows.stream().map(row -> row.get(2)).distinct().count()).isBetween(60L, 400L);
    Map<String, List<String>> countries =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get(2), Collectors.mapping(row -> row.get(5), Collectors.toList())));
    assertThat(countries.values()).allSatisfy(c -> assertThat(new HashSet<>(c)).hasSize(1));
  }

  @Test
  void theSameSeedGivesTheSameEventsAndAnotherSeedOthers() {
    assertThat(texts(events(7, 100, 0.1, 0.1))).isEqualTo(texts(events(7, 100, 0.1, 0.1)));
    assertThat(texts(events(8, 100, 0.1, 0.1))).isNotEqualTo(texts(events(7, 100, 0.1, 0.1)));
  }

  @Test
  void sharesOfLateAndDuplicatedAreAsAsked() {
    List<String> plain = texts(events(1, 3000, 0, 0));
    assertThat(plain).doesNotHaveDuplicates().allMatch(e -> e.contains("2026-11-22T10:00:00Z"));
    assertThat(new HashSet<>(texts(events(1, 100, 1, 1)))).as("one, again and again").hasSize(1);
    List<String> mixed = texts(events(1, 3000, 0.3, 0.2));
    assertThat(mixed.size() - new HashSet<>(mixed).size()).isBetween(450, 750);
    assertThat(mixed.stream().filter(e -> !e.contains("2026-11-22T10:00:00Z")).count())
        .isBetween(700L, 1100L);
  }

  private static List<byte[]> events(long seed, int count, double late, double duplicates) {
    Simulator simulator =
        new Simulator(
            table(),
            Map.of("PRODUCT_CODE", List.of("S10_1678", "S12_1099", "say \"hi\"")),
            new Simulator.Behaviour(seed, late, Duration.ofMinutes(30), duplicates));
    List<byte[]> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(simulator.next(NOW));
    }
    return events;
  }

  private static List<String> texts(List<byte[]> events) {
    return events.stream().map(e -> new String(e, StandardCharsets.UTF_8)).toList();
  }

  private static SourceTable table() {
    return new SourceTable(
        "clicks",
        Location.start("sources/shop.yaml"),
        Optional.empty(),
        Optional.of(SCHEMA),
        List.of("event_id"),
        Optional.of("occurred_at"),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new SourceTable.Encoding.Json());
  }
}
