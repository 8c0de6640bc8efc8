package dev.leat.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.Consolidation;
import dev.leat.duckdb.DuckDb;
import dev.leat.lake.Epoch;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.model.Column;
import dev.leat.model.Dashboard;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Location;
import dev.leat.model.MetricSet;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A small shop that sells while it is looked at: a lake, with an epoch for each request. */
final class Shop implements Questions, Live, Events, QuarantineActions, AutoCloseable {
  static final Schema ORDERS =
      Schema.of(
          Column.required("order_number", Type.BIGINT),
          Column.required("ordered_at", Type.TIMESTAMP),
          Column.required("country", Type.VARCHAR),
          Column.optional("product_line", Type.VARCHAR),
          Column.required("amount", new Type.Decimal(10, 2)));
  private static final Schema BY_COUNTRY =
      Schema.of(
          Column.required("country", Type.VARCHAR),
          Column.optional("revenue", new Type.Decimal(18, 2)));

  private static final Schema QUARANTINE =
      Schema.of(
          Column.required("id", Type.VARCHAR),
          Column.required("source", Type.VARCHAR),
          Column.required("reason", Type.VARCHAR),
          Column.optional("field", Type.VARCHAR),
          Column.required("raw", Type.VARBINARY),
          Column.required("time", Type.TIMESTAMP),
          Column.required("position", Type.VARCHAR));
  private static final List<String> COUNTRIES =
      List.of("France", "Germany", "Japan", "New Zealand", "USA");
  private static final List<String> LINES = List.of("Classic Cars", "Planes", "Ships");

  private final Lake lake;
  private final DuckDb duckDb;
  private final LakeQuestions questions;
  private final List<Consumer<Status>> watchers = new CopyOnWriteArrayList<>();
  private final List<Status.EpochStatus> epochs = new ArrayList<>();
  private final Map<String, Long> centsByCountry = new TreeMap<>();
  private long rows;
  private long changed;

  Shop(Path folder) {
    lake = Lake.open(folder);
    duckDb = DuckDb.open(DuckDb.Settings.reading(folder).withThreads(1));
    questions = new LakeQuestions(duckDb, lake);
    BatchBuilder orders = new BatchBuilder(ORDERS);
    for (int i = 0; i < 1000; i++) {
      Object line = i % 13 == 0 ? BatchBuilder.NULL : LINES.get(i % 3);
      String country = COUNTRIES.get(i * 7 % 11 % 5);
      long cents = 5000 + i * 37 % 400 * 100L + i % 100;
      orders.appendValues(
          1,
          (long) i,
          micros(LocalDateTime.of(2025, 1, 1, 8, 0).plusHours(12L * i)),
          country,
          line,
          cents);
    }
    publish(orders.build(), 1000);
  }

  private static long micros(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000;
  }

  /** Publishes orders, and with them the table that follows from them. */
  private void publish(Batch orders, long count) {
    BatchBuilder changes = new BatchBuilder(BY_COUNTRY);
    Map<String, Long> before = new TreeMap<>(centsByCountry);
    for (int row = 0; row < orders.size(); row++) {
      List<@Nullable Object> order = Cells.row(orders, row);
      long cents = new BigDecimal(String.valueOf(order.get(4))).unscaledValue().longValue();
      centsByCountry.merge(String.valueOf(order.get(2)), cents, Long::sum);
    }
    before.forEach((country, cents) -> changes.appendValues(-1, country, cents));
    centsByCountry.forEach((country, cents) -> changes.appendValues(1, country, cents));
    BatchBuilder refused = new BatchBuilder(QUARANTINE);
    if (epochs.isEmpty()) {
      refuse(refused, 1, "twelve");
    }
    try (EpochWriter writer = lake.begin()) {
      writer.apply("orders", ORDERS, orders);
      writer.apply("revenue_by_country", BY_COUNTRY, Consolidation.of(changes.build()));
      writer.apply("leat_quarantine", QUARANTINE, refused.build());
      Epoch epoch = writer.commit(Instant.now(), Map.of());
      rows += count;
      changed = epoch.number();
      epochs.addFirst(
          new Status.EpochStatus(epoch.number(), epoch.time(), count, Duration.ofMillis(41)));
    }
  }

  private static void refuse(BatchBuilder rows, int weight, String amount) {
    rows.appendValues(
        weight,
        "orders:17",
        "orders",
        "expected a number, found \"" + amount + "\"",
        "amount",
        ("{\"order_number\": 7, \"amount\": \"" + amount + "\", \"country\": \"France\"}")
            .getBytes(StandardCharsets.UTF_8),
        micros(LocalDateTime.of(2026, 1, 1, 12, 0)),
        "17");
  }

  /** One row leaves the quarantine, and in the same epoch another comes. */
  synchronized void refuseInPlace(String before, String amount) {
    BatchBuilder refused = new BatchBuilder(QUARANTINE);
    refuse(refused, -1, before);
    refuse(refused, 1, amount);
    try (EpochWriter writer = lake.begin()) {
      writer.apply("leat_quarantine", QUARANTINE, refused.build());
      Epoch epoch = writer.commit(Instant.now(), Map.of());
      epochs.addFirst(
          new Status.EpochStatus(epoch.number(), epoch.time(), 1, Duration.ofMillis(7)));
    }
    watchers.forEach(w -> w.accept(status()));
  }

  static ProjectMap map() {
    Location at = Location.start("shop.yaml");
    Map<String, String> dimensions = new LinkedHashMap<>();
    dimensions.put("country", "country");
    dimensions.put("product_line", "product_line");
    Map<String, String> measures = new LinkedHashMap<>();
    measures.put("revenue", "CAST(SUM(amount) AS DECIMAL(18, 2))");
    measures.put("orders", "COUNT(DISTINCT order_number)");
    measures.put("loss", "CAST(-SUM(amount) AS DECIMAL(18, 2))");
    MetricSet metrics =
        new MetricSet(
            "sales", at, Map.of(), "orders", Optional.of("ordered_at"), dimensions, measures);
    List<Dashboard.Panel> panels =
        List.of(
            measure("Revenue", Dashboard.Kind.NUMBER, "revenue", null, "previous"),
            measure("Orders", Dashboard.Kind.NUMBER, "orders", null, "previous"),
            measure("Revenue by month", Dashboard.Kind.LINE, "revenue", "month", null),
            measure("Countries", Dashboard.Kind.BAR, "revenue", "country", null),
            measure("Product lines", Dashboard.Kind.BAR, "orders", "product_line", null),
            sql("Newest", "SELECT * FROM orders ORDER BY order_number DESC LIMIT 10"),
            measure("Loss", Dashboard.Kind.NUMBER, "loss", null, "previous"));
    return new ProjectMap(
        "shop",
        List.of(
            new ProjectMap.Relation(
                "orders",
                new ProjectMap.Origin.FromSource("web", "http"),
                Optional.empty(),
                Optional.empty(),
                ORDERS,
                List.of("order_number"),
                List.of(),
                Map.of()),
            new ProjectMap.Relation(
                "revenue_by_country",
                new ProjectMap.Origin.FromSelect(
                    "marts",
                    Optional.of("sales"),
                    "tables/marts/sales/revenue_by_country.sql",
                    "SELECT country, SUM(amount) AS revenue\nFROM orders GROUP BY country"),
                Optional.of("Revenue by country"),
                Optional.of("sales"),
                BY_COUNTRY,
                List.of("country"),
                List.of("orders"),
                Map.of("revenue", List.of(new ProjectMap.ColumnOf("orders", "amount")))),
            new ProjectMap.Relation(
                "leat_quarantine",
                new ProjectMap.Origin.FromSource("leat", "leat"),
                Optional.empty(),
                Optional.empty(),
                ORDERS,
                List.of(),
                List.of(),
                Map.of())),
        List.of(metrics),
        List.of(
            new Dashboard(
                "sales",
                at,
                Map.of(),
                "Sales",
                Optional.of("sales"),
                List.of("time", "country", "product_line"),
                panels)));
  }

  private static Dashboard.Panel measure(
      String title,
      Dashboard.Kind kind,
      String measure,
      @Nullable String by,
      @Nullable String compare) {
    return new Dashboard.Panel(
        title,
        Location.start("shop.yaml"),
        Map.of(),
        kind,
        Optional.empty(),
        Optional.of(measure),
        Optional.ofNullable(by),
        Optional.ofNullable(compare),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static Dashboard.Panel sql(String title, String sql) {
    return new Dashboard.Panel(
        title,
        Location.start("shop.yaml"),
        Map.of(),
        Dashboard.Kind.TABLE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.of(sql));
  }

  @Override
  public long newestEpoch() {
    return questions.newestEpoch();
  }

  @Override
  public Questions.Answer ask(String sql, OptionalLong epoch, int limit) {
    return questions.ask(sql, epoch, limit);
  }

  @Override
  public synchronized Outcome post(String table, Compression compression, InputStream body) {
    if (!table.equals("orders")) {
      return new Outcome.UnknownTable(Set.of("orders"));
    }
    List<Fault> faults = new ArrayList<>();
    BatchBuilder orders = new BatchBuilder(ORDERS);
    try (InputStream in = compression == Compression.GZIP ? new GZIPInputStream(body) : body;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        JsonNode event = Json.mapper().readTree(line);
        if (!event.path("amount").isNumber()) {
          faults.add(new Fault(number, "amount", "expected a number"));
          continue;
        }
        orders.appendValues(
            1,
            event.path("order_number").asLong(),
            micros(LocalDateTime.of(2026, 6, 1, 0, 0)),
            event.path("country").asText(),
            "Ships",
            event.path("amount").decimalValue().setScale(2).unscaledValue().longValue());
      }
      if (!faults.isEmpty()) {
        return new Outcome.Refused(faults);
      }
      publish(orders.build(), number);
      watchers.forEach(w -> w.accept(status()));
      return new Outcome.Accepted(number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sells, and publishes another epoch that changes nothing, before anyone can look. */
  synchronized void sellBetweenLooks() {
    BatchBuilder order = new BatchBuilder(ORDERS);
    order.appendValues(
        1, 70_001L, micros(LocalDateTime.of(2026, 6, 1, 0, 0)), "Norway", "Ships", 12_345L);
    publish(order.build(), 1);
    try (EpochWriter writer = lake.begin()) {
      Epoch epoch = writer.commit(Instant.now(), Map.of());
      epochs.addFirst(
          new Status.EpochStatus(epoch.number(), epoch.time(), 0, Duration.ofMillis(7)));
    }
    watchers.forEach(w -> w.accept(status()));
  }

  @Override
  public synchronized Status status() {
    return new Status(
        Instant.now(),
        newestEpoch(),
        epochs,
        List.of(
            new Status.SourceStatus(
                "orders",
                "web",
                "http",
                "offset " + rows,
                rows,
                rows + 7,
                12.4,
                OptionalLong.of(0),
                Optional.empty(),
                1,
                Optional.of(Instant.now()),
                Optional.empty())),
        List.of(
            new Status.TableStatus(
                "revenue_by_country", Status.Mode.LIVE, "Keyed by country", 5, 2048, 3.1, changed)),
        new Status.Freshness(
            Optional.of(Duration.ofMillis(230)), Optional.of(Duration.ofMillis(610))),
        1,
        Optional.of(new Status.ProcessStatus(Instant.now(), 0.4, 200_000_000, 412_000_000)));
  }

  @Override
  public Subscription subscribe(Consumer<Status> to) {
    watchers.add(to);
    return () -> watchers.remove(to);
  }

  // ---- the quarantine: what was asked for; row "bad" stays

  final List<String> asked = new CopyOnWriteArrayList<>();

  @Override
  public void replay(List<String> ids) {
    if (ids.contains("bad")) {
      throw new LeatException(
          Problem.of(ErrorCode.SOURCE_CONTRACT, "bad still breaks its contract", "Correct it."));
    }
    asked.add("replay " + ids);
  }

  @Override
  public void correct(String id, byte[] record) {
    asked.add("correct " + id + " " + new String(record, StandardCharsets.UTF_8));
  }

  @Override
  public void drop(List<String> ids) {
    asked.add("drop " + ids);
  }

  @Override
  public void close() {
    duckDb.close();
    lake.close();
  }
}
