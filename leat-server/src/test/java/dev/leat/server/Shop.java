package dev.leat.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.data.Batch;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.Session;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A small shop that sells while it is looked at: orders in DuckDB, an epoch for each request. */
final class Shop implements Questions, Live, Events, AutoCloseable {
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

  private final DuckDb duckDb = DuckDb.open(DuckDb.Settings.reading(Path.of(".")).withThreads(1));
  private final List<Consumer<Status>> watchers = new CopyOnWriteArrayList<>();
  private final List<Status.EpochStatus> epochs = new ArrayList<>();
  private long rows = 1000;

  Shop() {
    try (Session session = duckDb.session()) {
      session.execute(
          """
          CREATE TABLE orders AS SELECT range AS order_number,
            TIMESTAMP '2025-01-01 08:00:00' + range * INTERVAL 12 HOUR AS ordered_at,
            ['France', 'Germany', 'Japan', 'New Zealand', 'USA'][1 + (range * 7 % 11 % 5)] AS country,
            CASE WHEN range % 13 = 0 THEN NULL ELSE ['Classic Cars', 'Planes', 'Ships'][1 + range % 3] END AS product_line,
            CAST(50 + range * 37 % 400 + range % 100 / 100.0 AS DECIMAL(10, 2)) AS amount
          FROM range(1000);
          CREATE VIEW revenue_by_country AS
            SELECT country, CAST(SUM(amount) AS DECIMAL(18, 2)) AS revenue FROM orders GROUP BY country;
          CREATE TABLE leat_quarantine AS SELECT 'orders:17' AS id, 'orders' AS source,
            'expected a number, found "twelve"' AS reason, 'amount' AS field,
            CAST('{"order_number": 7, "amount": "twelve", "country": "France"}' AS BLOB) AS raw,
            TIMESTAMP '2026-01-01 12:00:00' AS time, '17' AS position;
          """);
    }
    epochs.add(new Status.EpochStatus(1, Instant.now(), rows, Duration.ofMillis(41)));
  }

  static ProjectMap map() {
    Location at = Location.start("shop.yaml");
    Map<String, String> dimensions = new LinkedHashMap<>();
    dimensions.put("country", "country");
    dimensions.put("product_line", "product_line");
    Map<String, String> measures = new LinkedHashMap<>();
    measures.put("revenue", "CAST(SUM(amount) AS DECIMAL(18, 2))");
    measures.put("orders", "COUNT(DISTINCT order_number)");
    MetricSet metrics =
        new MetricSet("sales", at, "orders", Optional.of("ordered_at"), dimensions, measures);
    List<Dashboard.Panel> panels =
        List.of(
            measure("Revenue", Dashboard.Kind.NUMBER, "revenue", null, "previous"),
            measure("Orders", Dashboard.Kind.NUMBER, "orders", null, "previous"),
            measure("Revenue by month", Dashboard.Kind.LINE, "revenue", "month", null),
            measure("Countries", Dashboard.Kind.BAR, "revenue", "country", null),
            measure("Product lines", Dashboard.Kind.BAR, "orders", "product_line", null),
            sql("Newest", "SELECT * FROM orders ORDER BY order_number DESC LIMIT 10"));
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
        Dashboard.Kind.TABLE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.of(sql));
  }

  @Override
  public synchronized long newestEpoch() {
    return epochs.getFirst().number();
  }

  @Override
  public synchronized Questions.Answer ask(String sql, OptionalLong epoch, int limit) {
    if (epoch.orElse(newestEpoch()) > newestEpoch()) {
      throw new LeatException(
          Problem.of(ErrorCode.LAKE_EPOCH_MISSING, "Epoch " + epoch + " is not kept.", ""));
    }
    try (Session session = duckDb.session();
        dev.leat.duckdb.Answer answer = session.query(sql)) {
      Batch batch = answer.rest();
      List<List<@Nullable Object>> found = new ArrayList<>();
      for (int row = 0; row < Math.min(limit, batch.size()); row++) {
        found.add(Cells.row(batch, row));
      }
      return new Questions.Answer(
          newestEpoch(),
          answer.schema(),
          found,
          batch.size() > limit ? Completeness.CUT : Completeness.ALL);
    }
  }

  @Override
  public synchronized Outcome post(
      String table, String contentType, Compression compression, InputStream body) {
    if (!table.equals("orders")) {
      return new Outcome.UnknownTable();
    }
    List<Fault> faults = new ArrayList<>();
    StringBuilder insert = new StringBuilder();
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
        insert.append(
            "INSERT INTO orders VALUES (%d, TIMESTAMP '2026-06-01 00:00:00', '%s', 'Ships', %s);"
                .formatted(
                    event.path("order_number").asLong(),
                    event.path("country").asText(),
                    event.path("amount").decimalValue()));
      }
      if (!faults.isEmpty()) {
        return new Outcome.Refused(faults);
      }
      try (Session session = duckDb.session()) {
        session.execute(insert.toString());
      }
      rows += number;
      epochs.addFirst(
          new Status.EpochStatus(newestEpoch() + 1, Instant.now(), number, Duration.ofMillis(35)));
      watchers.forEach(w -> w.accept(status()));
      return new Outcome.Accepted(number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized Status status() {
    return new Status(
        Instant.now(),
        epochs,
        List.of(
            new Status.SourceStatus(
                "orders",
                "web",
                "http",
                "offset " + rows,
                rows,
                12.4,
                0,
                1,
                Optional.of(Instant.now()),
                Optional.empty())),
        List.of(
            new Status.TableStatus(
                "revenue_by_country",
                Status.Mode.LIVE,
                "Keyed by country",
                5,
                2048,
                3.1,
                newestEpoch())),
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

  @Override
  public void close() {
    duckDb.close();
  }
}
