package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.connect.EventGateway.LineFault;
import dev.leat.connect.EventGateway.Packing;
import dev.leat.connect.EventGateway.Result;
import dev.leat.connect.Intake.Slice;
import dev.leat.data.Position;
import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.model.Column;
import dev.leat.model.Durability;
import dev.leat.model.LeatException;
import dev.leat.model.Location;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import dev.leat.model.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events posted to the gateway come out of the intake, over a real broker. */
class StreamTest {
  @TempDir static Path folder;
  static EmbeddedBroker broker;
  static Log log;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(folder, Durability.PROCESS);
    log = Log.connect(broker.address());
  }

  @AfterAll
  static void stop() {
    log.close();
    broker.close();
  }

  @Test
  void postedEventsAreReadAsRows() throws IOException {
    try (Intake intake = intake("posted")) {
      assertThat(
              gateway("posted")
                  .accept(
                      "posted",
                      Packing.PLAIN,
                      body(
                          """
                          {"event_id":"a","n":1}
                          {"event_id":"b","n":null,"more":true}

                          {"event_id":"c"}
                          """)))
          .isEqualTo(new Result.Accepted(3));
      Slice slice = intake.read(Position.START, intake.end(), 100);
      assertThat(JsonRecordParserTest.rows(slice.rows()))
          .containsExactly(List.of("a", "1"), List.of("b", "NULL"), List.of("c", "NULL"));
      assertThat(slice.rejected().size()).isZero();
      assertThat(slice.next()).isEqualTo(intake.end()).isEqualTo(Position.of(3));
      assertThat(slice.oldest().orElseThrow())
          .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(1));
    }
  }

  @Test
  void anArrayOrOneObjectOrGzipIsTakenToo() throws IOException {
    try (Intake intake = intake("forms")) {
      EventGateway gateway = gateway("forms");
      assertThat(
              gateway.accept(
                  "forms", Packing.PLAIN, body(" [ {\"event_id\":\"a\"},\n{\"event_id\":\"b\"} ]")))
          .isEqualTo(new Result.Accepted(2));
      assertThat(
              gateway.accept(
                  "forms", Packing.PLAIN, body("{\n \"event_id\": \"c\",\n \"n\": 3\n}\n")))
          .isEqualTo(new Result.Accepted(1));
      assertThat(gateway.accept("forms", Packing.GZIP, gzip("{\"event_id\":\"d\"}")))
          .isEqualTo(new Result.Accepted(1));
      assertThat(gateway.accept("forms", Packing.PLAIN, body(" \n")))
          .isEqualTo(new Result.Accepted(0));
      assertThat(JsonRecordParserTest.rows(intake.read(Position.START, intake.end(), 100).rows()))
          .extracting(List::getFirst)
          .containsExactly("a", "b", "c", "d");
    }
  }

  @Test
  void aRefusedRequestChangesNothingAndNamesLineAndField() throws IOException {
    try (Intake intake = intake("refused")) {
      EventGateway gateway = gateway("refused");
      assertThat(
              gateway.accept(
                  "refused",
                  Packing.PLAIN,
                  body(
                      """
                      {"event_id":"a","n":1}
                      {"event_id":"b","n":"many"}
                      {"n":2}
                      nonsense
                      """)))
          .isInstanceOfSatisfying(
              Result.Refused.class,
              refused ->
                  assertThat(refused.faults())
                      .hasSize(3)
                      .contains(
                          new LineFault(2, "n", "expected INTEGER, found \"many\""),
                          new LineFault(3, "event_id", "required, but missing"))
                      .last()
                      .satisfies(fault -> assertThat(fault.line()).isEqualTo(4)));
      assertThat(
              gateway.accept(
                  "refused",
                  Packing.PLAIN,
                  body("[{\"event_id\":\"a\"},\n\n{\"event_id\":7},\n5]")))
          .isEqualTo(new Result.Refused(List.of(new LineFault(4, "", "expected a JSON object"))));
      assertThat(gateway.accept("refused", Packing.PLAIN, body("[{\"event_id\":\"a\"},")))
          .isInstanceOf(Result.Refused.class);
      assertThat(gateway.accept("refused", Packing.GZIP, body("not gzip")))
          .isInstanceOf(Result.Refused.class);
      assertThat(intake.end()).isEqualTo(Position.of(0));
    }
  }

  @Test
  void aBodyThatIsNotUtf8IsRefused() throws IOException {
    intake("wide").close();
    for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] body = "[{\"event_id\":\"a\"}]".getBytes(wide);
      assertThat(gateway("wide").accept("wide", Packing.PLAIN, new ByteArrayInputStream(body)))
          .isInstanceOf(Result.Refused.class);
    }
  }

  @Test
  void whatIsTooLargeOrUnknownIsSaid() throws IOException {
    intake("large").close();
    EventGateway gateway = gateway("large");
    byte[] big = new byte[EventGateway.BODY_BYTES_MAX + 1];
    assertThat(gateway.accept("large", Packing.PLAIN, new ByteArrayInputStream(big)))
        .isEqualTo(new Result.TooLarge(EventGateway.BODY_BYTES_MAX));
    assertThat(
            gateway.accept(
                "large", Packing.GZIP, gzip(" ".repeat(EventGateway.BODY_BYTES_MAX + 1))))
        .isEqualTo(new Result.TooLarge(EventGateway.BODY_BYTES_MAX));
    String one = "{\"event_id\":\"" + "x".repeat(EventGateway.EVENT_BYTES_MAX) + "\"}";
    assertThat(gateway.accept("large", Packing.PLAIN, body(one)))
        .isEqualTo(new Result.TooLarge(EventGateway.EVENT_BYTES_MAX));
    assertThat(gateway.accept("other", Packing.PLAIN, body("{}")))
        .isInstanceOf(Result.UnknownTable.class);
  }

  @Test
  void moreThanTheLogCanTakeIsToldAndNothingAcceptedIsLost() throws Exception {
    try (Intake intake = intake("busy")) {
      EventGateway gateway = gateway("busy");
      String event = "{\"event_id\":\"" + "x".repeat(200_000) + "\"}\n";
      String request = event.repeat(60);
      List<Future<Result>> answers = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 12; i++) {
          answers.add(threads.submit(() -> gateway.accept("busy", Packing.PLAIN, body(request))));
        }
      }
      long accepted = 0;
      for (Future<Result> answer : answers) {
        switch (answer.get()) {
          case Result.Accepted(int count) -> accepted += count;
          case Result.Overloaded(Duration after) -> assertThat(after).isPositive();
          case Result.Refused _, Result.TooLarge _, Result.LogFailing _, Result.UnknownTable _ ->
              throw new AssertionError(answer.get());
        }
      }
      assertThat(accepted).isPositive();
      assertThat(intake.end().offset(0)).isEqualTo(accepted);
    }
  }

  @Test
  void poisonIsRejectedWithItsBytesAndReadingGoesOn() {
    try (Intake intake = intake("poison")) {
      log.append(
              "poison",
              List.of(
                  entry("{\"event_id\":\"a\"}"),
                  entry("junk"),
                  entry(""),
                  entry("{\"event_id\":\"b\",\"n\":1.5}"),
                  entry("{\"event_id\":\"c\"}")))
          .join();
      Slice slice = intake.read(Position.START, intake.end(), 100);
      assertThat(JsonRecordParserTest.rows(slice.rows()))
          .extracting(List::getFirst)
          .containsExactly("a", "c");
      assertThat(JsonRecordParserTest.rows(slice.rejected()))
          .extracting(row -> List.of(row.get(0), row.get(1), row.get(3), row.get(4), row.get(6)))
          .containsExactly(
              List.of("poison:0:1", "poison", "", "junk", "0:1"),
              List.of("poison:0:2", "poison", "", "", "0:2"),
              List.of("poison:0:3", "poison", "n", "{\"event_id\":\"b\",\"n\":1.5}", "0:3"));
    }
  }

  /** The same stretch gives the same rows, however it is cut, in any order, by any intake. */
  @Test
  void readingIsRepeatable() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      entries.add(entry(i % 7 == 0 ? "bad " + i : "{\"event_id\":\"e" + i + "\",\"n\":" + i + "}"));
    }
    try (Intake first = intake("repeat");
        Intake second = intake("repeat")) {
      log.append("repeat", entries).join();
      Position end = first.end();
      Slice whole = first.read(Position.START, end, 1 << 20);
      List<List<String>> rows = new ArrayList<>();
      List<List<String>> rejected = new ArrayList<>();
      Position at = Position.START;
      for (int cut = 1; !at.equals(end); cut = cut * 3 % 1009) {
        Slice slice = second.read(at, end, cut);
        rows.addAll(JsonRecordParserTest.rows(slice.rows()));
        rejected.addAll(JsonRecordParserTest.rows(slice.rejected()));
        at = slice.next();
      }
      assertThat(rows).isEqualTo(JsonRecordParserTest.rows(whole.rows())).hasSize(4285);
      assertThat(rejected).isEqualTo(JsonRecordParserTest.rows(whole.rejected()));
      Slice again = first.read(Position.of(1000), Position.of(1010), 100);
      assertThat(JsonRecordParserTest.rows(again.rows())).isEqualTo(rows.subList(857, 865));
    }
  }

  /** A deep partition does not hold the others up, and all is read however it is cut. */
  @Test
  void partitionsShareWhatIsReadAtATime() {
    Map<Integer, Long> from = Map.of(0, 100L, 1, 5L, 3, 7L);
    Position until = new Position(new TreeMap<>(Map.of(0, 1_000_100L, 1, 8L, 2, 500L, 3, 7L)));
    assertThat(StreamIntake.shares(from, until, 1_000)).isEqualTo(Map.of(0, 499, 1, 3, 2, 498));
    assertThat(StreamIntake.shares(from, until, 1)).isEqualTo(Map.of(0, 1, 1, 1, 2, 1));
    assertThat(StreamIntake.shares(from, until, 5_000_000))
        .isEqualTo(Map.of(0, 1_000_000, 1, 3, 2, 500));
  }

  @Test
  void aPositionThatTheLogDoesNotHoldIsAGap() {
    try (Intake intake = intake("gap")) {
      log.append("gap", List.of(entry("{\"event_id\":\"a\"}"))).join();
      assertThatThrownBy(() -> intake.read(Position.of(5), Position.of(9), 10))
          .isInstanceOf(LeatException.class)
          .hasMessageContaining("LEAT-4002");
      assertThat(intake.read(new Position(new TreeMap<>()), intake.end(), 10).rows().size())
          .isEqualTo(1);
    }
  }

  private static Entry entry(String value) {
    return Entry.of(value.getBytes(StandardCharsets.UTF_8));
  }

  private static ByteArrayInputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ByteArrayInputStream gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static EventGateway gateway(String table) {
    return new EventGateway(
        Map.of(table, new EventGateway.Target(Contract.of(table(table)), table)), log);
  }

  private static Intake intake(String table) {
    log.create(table, Duration.ofDays(1));
    return new StreamIntake(table(table), log.reader(table), Optional.empty(), () -> {});
  }

  static SourceTable table(String name) {
    return new SourceTable(
        name,
        Location.start("sources/events.yaml"),
        Optional.empty(),
        Optional.of(
            Schema.of(
                Column.required("event_id", Type.VARCHAR), Column.optional("n", Type.INTEGER))),
        List.of("event_id"),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new SourceTable.Encoding.Json());
  }
}
