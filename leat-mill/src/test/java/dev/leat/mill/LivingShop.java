package dev.leat.mill;

import dev.leat.log.Entry;
import dev.leat.log.Log;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The example's shop, whose database changes: rows go, come back as they were, and are altered.
 * Clicks and orders arrive late, twice and broken. The rows it began with stay in a schema of their
 * own, {@code original}.
 */
final class LivingShop implements AutoCloseable {
  private static final Path EXAMPLE = Folders.repository("examples/wheels");
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  /** The project's names of the database's tables. */
  private static final Map<String, String> TABLES =
      Map.of(
          "customers", "customers",
          "employees", "employees",
          "offices", "offices",
          "products", "products",
          "orders", "orders",
          "order_details", "orderdetails",
          "payments", "payments");

  private final SplittableRandom random;
  private final Connection database;
  private final List<String> products;
  private final Map<String, Set<Integer>> sent = new TreeMap<>();
  private int broken;

  /** Makes the example, with this shop as its database, in a folder. */
  LivingShop(Path folder, SplittableRandom random) throws Exception {
    this.random = random;
    String url = "jdbc:hsqldb:mem:shop" + random.nextLong(Long.MAX_VALUE);
    database = DriverManager.getConnection(url);
    sql("CREATE SCHEMA original");
    sql("CREATE SCHEMA steelwheels");
    try (Connection from =
        DriverManager.getConnection("jdbc:hsqldb:res:steelwheels", "STEELWHEELS", "STEELWHEELS")) {
      for (String table : TABLES.values()) {
        copy(from, table);
        sql(
            "CREATE TABLE steelwheels.%1$s AS (SELECT * FROM original.%1$s) WITH DATA"
                .formatted(table));
      }
    }
    products = texts("SELECT productcode FROM original.products ORDER BY productcode");
    Folders.copy(EXAMPLE, folder);
    rewrite(
        folder,
        "sources/shop.yaml",
        Map.of(
            "jdbc:hsqldb:res:steelwheels", url,
            "user: STEELWHEELS\npassword: STEELWHEELS", "user: SA",
            "every: 1m", "every: 100ms"));
    rewrite(folder, "leat.yaml", Map.of("epoch: {every: 1s}", "epoch: {every: 40ms}"));
  }

  private static void rewrite(Path folder, String file, Map<String, String> changes)
      throws Exception {
    String text = Files.readString(folder.resolve(file));
    for (Map.Entry<String, String> change : changes.entrySet()) {
      if (!text.contains(change.getKey())) {
        throw new IllegalStateException(file + " no longer holds " + change.getKey());
      }
      text = text.replace(change.getKey(), change.getValue());
    }
    Folders.write(folder, file, text);
  }

  private void copy(Connection from, String table) throws SQLException {
    try (Statement select = from.createStatement();
        ResultSet rows = select.executeQuery("SELECT * FROM " + quoted(from, table))) {
      ResultSetMetaData meta = rows.getMetaData();
      int columns = meta.getColumnCount();
      List<String> declared = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        declared.add(meta.getColumnName(i) + " " + type(meta, i));
      }
      sql("CREATE TABLE original." + table + " (" + String.join(", ", declared) + ")");
      String holes = String.join(", ", Collections.nCopies(columns, "?"));
      try (PreparedStatement insert =
          database.prepareStatement("INSERT INTO original." + table + " VALUES (" + holes + ")")) {
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            insert.setObject(i, rows.getObject(i));
          }
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  /** A table by its name as the database spells it, which is in small letters. */
  private static String quoted(Connection from, String table) throws SQLException {
    try (ResultSet tables = from.getMetaData().getTables(null, null, "%", null)) {
      while (tables.next()) {
        if (tables.getString("TABLE_NAME").equalsIgnoreCase(table)) {
          return "\"%s\".\"%s\""
              .formatted(tables.getString("TABLE_SCHEM"), tables.getString("TABLE_NAME"));
        }
      }
    }
    throw new IllegalStateException("no table " + table);
  }

  private static String type(ResultSetMetaData meta, int i) throws SQLException {
    String name = meta.getColumnTypeName(i);
    return switch (name) {
      case "VARCHAR", "CHARACTER" -> "VARCHAR(" + Math.max(1, meta.getPrecision(i)) + ")";
      case "DECIMAL", "NUMERIC" ->
          "DECIMAL(" + meta.getPrecision(i) + ", " + meta.getScale(i) + ")";
      default -> name;
    };
  }

  // ---- what happens

  void happen(Log log) throws SQLException {
    switch (random.nextInt(4)) {
      case 0 -> send(log, "clicks", ", \"page\": \"/%s\", \"country\": %s");
      case 1 -> send(log, "web_orders", ", \"quantity\": 1%s, \"price\": 12.5");
      default -> change();
    }
  }

  private void change() throws SQLException {
    int some = random.nextInt(23);
    switch (random.nextInt(12)) {
      case 0 -> goes("orders", "MOD(ordernumber, 23) = " + some);
      case 1 -> goes("orderdetails", "MOD(ordernumber, 23) = " + some);
      case 2 -> goes("payments", "MOD(customernumber, 23) = " + some);
      case 3 -> goes("customers", "MOD(customernumber, 23) = " + some);
      case 4 -> goes("employees", "MOD(employeenumber, 23) = " + some);
      case 5 -> goes("products", "productcode = '" + product() + "'");
      case 6 -> goes("offices", "officecode = '" + (1 + random.nextInt(7)) + "'");
      case 7 ->
          sql(
              "UPDATE steelwheels.orders SET status = '%s', customernumber = %s WHERE MOD(ordernumber, 23) = %d"
                  .formatted(
                      List.of("Shipped", "Cancelled", "On Hold").get(random.nextInt(3)),
                      random.nextBoolean() ? "customernumber" : "103",
                      some));
      case 8 ->
          sql(
              "UPDATE steelwheels.products SET productline = '%s', msrp = msrp + %d WHERE productcode = '%s'"
                  .formatted(
                      random.nextBoolean() ? "Trains" : "Ships", random.nextInt(-3, 4), product()));
      case 9 ->
          sql(
              "UPDATE steelwheels.customers SET salesrepemployeenumber = %s WHERE MOD(customernumber, 23) = %d"
                  .formatted(random.nextBoolean() ? "NULL" : "1370", some));
      case 10 ->
          sql(
              "UPDATE steelwheels.employees SET reportsto = %s WHERE MOD(employeenumber, 23) = %d"
                  .formatted(random.nextBoolean() ? "NULL" : "1002", some));
      // a table without a key may hold a row twice
      default ->
          sql(
              "INSERT INTO steelwheels.orderdetails SELECT * FROM original.orderdetails WHERE"
                  + " MOD(ordernumber, 23) = "
                  + some);
    }
  }

  /** Rows go, and half of the time come back as they were. */
  private void goes(String table, String which) throws SQLException {
    sql("DELETE FROM steelwheels." + table + " WHERE " + which);
    if (random.nextBoolean()) {
      sql(
          "INSERT INTO steelwheels.%1$s SELECT * FROM original.%1$s WHERE %2$s"
              .formatted(table, which));
    }
  }

  /** Events of few ids: some come again, and count once. */
  private void send(Log log, String table, String more) {
    List<Entry> entries = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      if (random.nextInt(30) == 0) {
        broken++;
        entries.add(entry("{\"event_id\": \"x\", \"occurred_at\": \"never\"}"));
        continue;
      }
      int id = random.nextInt(2_000);
      sent.computeIfAbsent(table, _ -> new HashSet<>()).add(id);
      entries.add(
          entry(
              "{\"event_id\": \"%d\", \"occurred_at\": \"%s\", \"session\": \"s%d\", \"product_code\": \"%s\""
                      .formatted(
                          id,
                          START.plusSeconds(random.nextInt(900)),
                          random.nextInt(9),
                          random.nextInt(9) == 0 ? "unheard of" : product())
                  + more.formatted(
                      random.nextInt(4), random.nextInt(5) == 0 ? "null" : "\"Norway\"")
                  + "}"));
    }
    if (!entries.isEmpty()) {
      log.append(table, entries).join();
    }
  }

  private static Entry entry(String json) {
    return Entry.of(json.getBytes(StandardCharsets.UTF_8));
  }

  private String product() {
    return products.get(random.nextInt(products.size()));
  }

  // ---- what must be there in the end

  /** How many rows each source table, and the quarantine, must have. */
  Map<String, Long> rows() throws SQLException {
    Map<String, Long> rows = new TreeMap<>();
    for (Map.Entry<String, String> table : TABLES.entrySet()) {
      rows.put(
          table.getKey(),
          Long.valueOf(texts("SELECT COUNT(*) FROM steelwheels." + table.getValue()).getFirst()));
    }
    sent.forEach((table, ids) -> rows.put(table, (long) ids.size()));
    rows.put("leat_quarantine", (long) broken);
    return rows;
  }

  private void sql(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  @Override
  public void close() throws SQLException {
    sql("SHUTDOWN");
    database.close();
  }
}
