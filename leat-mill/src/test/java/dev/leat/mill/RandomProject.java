package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.model.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A project made up from a seed, and what happens to its sources: a database whose rows come,
 * change and go, a stream with keys whose events are sent again, a stream without, and records that
 * break the contract. Its tables are queries of the corpus, and tables over those.
 */
final class RandomProject implements AutoCloseable {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final String STREAM_OF_ORDERS =
      """
      kind: http
      tables:
        orders:
          topic: orders-%1$d
          columns: {id: bigint not null, customer: integer, product: varchar, quantity: integer, price: "decimal(10,2)", at: timestamp, day: date, weight: double, paid: boolean}
          key: [id]
      """;
  private static final String STREAM_OF_EVENTS =
      """
      kind: kafka
      tables:
        events:
          topic: events-%1$d
          columns: {session: varchar, kind: varchar, at: timestamp not null, amount: bigint, json: varchar}
          time: at
      """;
  private static final String CREATE_ORDERS =
      "CREATE TABLE orders (id BIGINT PRIMARY KEY, customer INTEGER, product VARCHAR(20), quantity"
          + " INTEGER, price DECIMAL(10,2), \"AT\" TIMESTAMP(6), \"DAY\" DATE, weight DOUBLE, paid"
          + " BOOLEAN)";
  private static final String CREATE_CUSTOMERS =
      "CREATE TABLE customers (customer INTEGER PRIMARY KEY, name VARCHAR(20), country"
          + " VARCHAR(20), credit DECIMAL(8,2))";

  private final SplittableRandom random;
  private final Path folder;
  private final long seed;
  private final Connection database;
  private final boolean ordersStream;
  private final Set<Long> orderIds = new HashSet<>();
  private long events;
  private long broken;

  /**
   * @param cluster what three projects of four use as their log, under topics of their own; the
   *     others have one of their own
   */
  RandomProject(Path folder, long seed, String cluster) throws IOException, SQLException {
    this.folder = folder;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.ordersStream = random.nextBoolean();
    String url = "jdbc:hsqldb:mem:project" + seed;
    this.database = DriverManager.getConnection(url);
    sql(CREATE_CUSTOMERS);
    StringBuilder shop =
        new StringBuilder("kind: jdbc\nurl: " + url + "\nuser: SA\ntables:\n")
            .append("  customers: {table: public.customers, key: [CUSTOMER], every: 100ms}\n");
    if (ordersStream) {
      Folders.write(folder, "sources/orders.yaml", STREAM_OF_ORDERS.formatted(seed));
    } else {
      sql(CREATE_ORDERS);
      shop.append("  orders: {table: public.orders, key: [ID], every: 100ms}\n");
    }
    Folders.write(folder, "sources/shop.yaml", shop.toString());
    Folders.write(folder, "sources/events.yaml", STREAM_OF_EVENTS.formatted(seed));
    Folders.write(
        folder,
        "leat.yaml",
        "name: random\nepoch: {every: %dms}\n".formatted(20 + random.nextInt(100))
            + (random.nextInt(4) == 0
                ? ""
                : "profiles: {laptop: {log: {kind: kafka, bootstrap: \"" + cluster + "\"}}}\n"));
    writeTables();
  }

  private void writeTables() throws IOException {
    List<CorpusQuery> corpus = CorpusQuery.all();
    Set<String> names = new HashSet<>();
    for (int i = 2 + random.nextInt(5); i > 0; i--) {
      CorpusQuery query = corpus.get(random.nextInt(corpus.size()));
      if (names.add(query.name())) {
        table("t_" + query.name(), query.sql());
        if (random.nextInt(3) == 0) {
          table(
              "n_" + query.name(),
              "SELECT COUNT(*) AS n FROM (SELECT DISTINCT * FROM t_" + query.name() + ") AS q");
        }
        if (random.nextInt(4) == 0) {
          table("c_" + query.name(), "SELECT * FROM t_" + query.name());
        }
      }
    }
  }

  private void table(String name, String sql) throws IOException {
    Folders.write(folder, "tables/marts/some/" + name + ".sql", sql);
  }

  Project read() {
    return Folders.read(folder);
  }

  SplittableRandom random() {
    return random;
  }

  // ---- what happens

  void happen(Log log) throws SQLException {
    switch (random.nextInt(ordersStream ? 3 : 4)) {
      case 0 -> changeCustomers();
      case 1 -> {
        if (ordersStream) {
          sendOrders(log);
        } else {
          changeOrders();
        }
      }
      default -> sendEvents(log);
    }
  }

  private void changeCustomers() throws SQLException {
    int customer = random.nextInt(7);
    if (random.nextInt(12) == 0) {
      sql("DELETE FROM customers");
    } else if (random.nextInt(4) == 0) {
      sql("DELETE FROM customers WHERE customer = " + customer);
    } else {
      sql(
          "MERGE INTO customers USING (VALUES (%d, %s, %s, %s)) AS v(a, b, c, d) ON customer = v.a"
                  .formatted(
                      customer,
                      maybe("'" + List.of("Ada", "Bo", "", "Zoë").get(random.nextInt(4)) + "'"),
                      maybe("'c" + random.nextInt(3) + "'"),
                      maybe(random.nextInt(10_000) / 100.0 + ""))
              + " WHEN MATCHED THEN UPDATE SET name = v.b, country = v.c, credit = v.d"
              + " WHEN NOT MATCHED THEN INSERT VALUES v.a, v.b, v.c, v.d");
    }
  }

  private void changeOrders() throws SQLException {
    for (int i = random.nextInt(20); i > 0; i--) {
      long id = random.nextInt(60);
      sql("DELETE FROM orders WHERE id = " + id);
      if (random.nextInt(4) > 0) {
        sql(
            "INSERT INTO orders VALUES (%d, %s, %s, %s, %s, %s, %s, %s, %s)"
                .formatted(
                    id,
                    maybe(random.nextInt(6) + ""),
                    maybe("'p" + random.nextInt(5) + "'"),
                    maybe(random.nextInt(-2, 11) + ""),
                    maybe(price()),
                    maybe("TIMESTAMP '" + time().toString().replaceAll("[TZ]", " ").strip() + "'"),
                    maybe("DATE '" + day() + "'"),
                    maybe(random.nextInt(-3, 8) * 0.25 + "E0"),
                    maybe(random.nextBoolean() + "")));
      }
    }
  }

  private void sendOrders(Log log) {
    List<Entry> entries = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      long id = random.nextInt(200);
      orderIds.add(id);
      entries.add(
          entry(
              """
              {"id": %d, "customer": %s, "product": %s, "quantity": %s, "price": %s, "at": %s, "day": %s, "weight": %s, "paid": %s}\
              """
                  .formatted(
                      id,
                      maybe(random.nextInt(6) + ""),
                      maybe("\"p" + random.nextInt(5) + "\""),
                      maybe(random.nextInt(-2, 11) + ""),
                      maybe(price()),
                      maybe("\"" + time() + "\""),
                      maybe("\"" + day() + "\""),
                      maybe(random.nextInt(-3, 8) * 0.25 + ""),
                      maybe(random.nextBoolean() + ""))));
    }
    append(log, "orders-" + seed, entries);
  }

  private void sendEvents(Log log) {
    List<Entry> entries = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      if (random.nextInt(20) == 0) {
        broken++;
        entries.add(entry(random.nextBoolean() ? "{\"at\": \"never\"}" : "no JSON"));
      } else {
        events++;
        entries.add(
            entry(
                """
                {"session": %s, "kind": %s, "at": "%s", "amount": %s, "json": %s}\
                """
                    .formatted(
                        maybe("\"p" + random.nextInt(4) + "\""),
                        maybe(random.nextBoolean() ? "\"click\"" : "\"order\""),
                        START.plusSeconds(random.nextInt(600)),
                        maybe(random.nextInt(-20, 100) + ""),
                        maybe("\"{\\\"page\\\": \\\"/" + random.nextInt(3) + "\\\"}\""))));
      }
    }
    append(log, "events-" + seed, entries);
  }

  private static void append(Log log, String topic, List<Entry> entries) {
    if (!entries.isEmpty()) {
      log.append(topic, entries).join();
    }
  }

  private static Entry entry(String json) {
    return Entry.of(json.getBytes(StandardCharsets.UTF_8));
  }

  private String maybe(String value) {
    return random.nextInt(8) == 0 ? "null" : value;
  }

  private String price() {
    return "%d.%02d".formatted(random.nextInt(40), random.nextInt(100));
  }

  private Instant time() {
    return START.plusSeconds(60L * random.nextInt(200));
  }

  private LocalDate day() {
    return LocalDate.of(2026, 1, 1).plusDays(random.nextInt(70));
  }

  private void sql(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  // ---- what must be there in the end

  /** What the sources hold that is not in the lake, or the other way round; empty when all is. */
  List<String> missing() throws SQLException {
    List<String> missing = new ArrayList<>();
    compare(missing, "events", events, count("SELECT COUNT(*) AS n FROM events"));
    compare(missing, "quarantine", broken, count("SELECT COUNT(*) AS n FROM leat_quarantine"));
    compare(missing, "customers", inDatabase("customers"), lake("customers"));
    compare(
        missing, "orders", ordersStream ? orderIds.size() : inDatabase("orders"), lake("orders"));
    return missing;
  }

  private static void compare(List<String> missing, String what, long sent, long found) {
    if (sent != found) {
      missing.add(what + ": " + found + " rows, not " + sent);
    }
  }

  private long lake(String table) {
    return count("SELECT COUNT(*) AS n FROM " + table);
  }

  private long count(String sql) {
    Batch answer = Folders.query(read(), sql);
    return answer.longs(0).values()[0];
  }

  private long inDatabase(String table) throws SQLException {
    try (Statement statement = database.createStatement();
        var rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    sql("SHUTDOWN");
    database.close();
  }
}
