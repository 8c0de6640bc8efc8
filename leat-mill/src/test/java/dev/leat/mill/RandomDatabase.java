package dev.leat.mill;

import dev.leat.log.Log;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A database whose rows come, change and go. Its table {@code items} may hold values that the SQL
 * of tables cannot take, and in some projects is read incrementally.
 */
final class RandomDatabase implements RandomSource {
  private static final List<String> CREATE =
      List.of(
          "CREATE TABLE customers (customer INTEGER PRIMARY KEY, name VARCHAR(20), country"
              + " VARCHAR(20), credit DECIMAL(8,2))",
          "CREATE TABLE items (id BIGINT PRIMARY KEY, amount VARCHAR(20), parts BIGINT, remark"
              + " VARCHAR(20), touched BIGINT)",
          "CREATE TABLE orders (id BIGINT PRIMARY KEY, customer INTEGER, product VARCHAR(20),"
              + " quantity INTEGER, price DECIMAL(10,2), \"AT\" TIMESTAMP(6), \"DAY\" DATE, weight"
              + " DOUBLE, paid BOOLEAN)");

  /** Contracts of {@code items}; values of any fit all. */
  private static final List<String> ITEMS =
      List.of(
          "id: bigint not null, amount: varchar, parts: bigint, touched: bigint",
          "remark: varchar, id: bigint not null, amount: varchar, parts: bigint, touched: bigint",
          "id: bigint not null, parts: integer, amount: varchar, touched: bigint, remark: varchar",
          "id: integer not null, amount: varchar, parts: 'decimal(12,2)', touched: bigint");

  private final Dice dice;
  private final String url;
  private final Connection database;
  private final boolean orders;
  private final boolean incremental;
  private String items = ITEMS.getFirst();
  private long touched;

  /**
   * @param orders whether orders are a table of it
   */
  RandomDatabase(Dice dice, String name, boolean orders) throws SQLException {
    this.dice = dice;
    this.url = "jdbc:hsqldb:mem:" + name;
    this.database = DriverManager.getConnection(url);
    this.orders = orders;
    this.incremental = dice.onceIn(3);
    CREATE.forEach(this::sql);
    changeItems();
    settle(); // tables that are new take no value that breaks their SQL
  }

  @Override
  public String yaml() {
    return "kind: jdbc\nurl: "
        + url
        + "\nuser: SA\ntables:\n"
        + "  customers: {table: public.customers, key: [CUSTOMER], every: 100ms}\n"
        + (orders ? "  orders: {table: public.orders, key: [ID], every: 100ms}\n" : "")
        + "  items: {table: public.items, key: [ID], every: 100ms, "
        + (incremental ? "incremental: touched, " : "")
        + "columns: {"
        + items
        + "}}\n";
  }

  @Override
  public void changeContract() {
    items = dice.one(ITEMS);
  }

  @Override
  public void happen(Log log) {
    switch (dice.below(orders ? 3 : 2)) {
      case 0 -> changeCustomers();
      case 1 -> changeItems();
      default -> changeOrders();
    }
  }

  private void changeCustomers() {
    int customer = dice.below(7);
    if (dice.onceIn(12)) {
      sql("DELETE FROM customers");
    } else if (dice.onceIn(4)) {
      sql("DELETE FROM customers WHERE customer = " + customer);
    } else {
      sql(
          "MERGE INTO customers USING (VALUES (%d, %s, %s, %s)) AS v(a, b, c, d) ON customer = v.a"
                  .formatted(
                      customer,
                      dice.maybe("'" + dice.one(List.of("Ada", "Bo", "", "Zoë")) + "'"),
                      dice.maybe("'c" + dice.below(3) + "'"),
                      dice.maybe(dice.below(10_000) / 100.0 + ""))
              + " WHEN MATCHED THEN UPDATE SET name = v.b, country = v.c, credit = v.d"
              + " WHEN NOT MATCHED THEN INSERT VALUES v.a, v.b, v.c, v.d");
    }
  }

  /** An incremental look does not see that a row has gone, so there none goes. */
  private void changeItems() {
    if (!incremental && dice.onceIn(5)) {
      sql("DELETE FROM items");
    }
    for (int i = dice.below(30); i > 0; i--) {
      long id = dice.below(40);
      touched++;
      sql(
          "MERGE INTO items USING (VALUES (%d, %s, %s, %s, %d)) AS v(a, b, c, d, e) ON id = v.a"
                  .formatted(
                      id,
                      dice.maybe(dice.onceIn(80) ? "'many'" : "'" + dice.below(50) + "'"),
                      dice.maybe(dice.onceIn(80) ? "0" : 1 + dice.below(9) + ""),
                      dice.maybe("'r" + dice.below(3) + "'"),
                      touched)
              + " WHEN MATCHED THEN UPDATE SET amount = v.b, parts = v.c, remark = v.d,"
              + " touched = v.e"
              + " WHEN NOT MATCHED THEN INSERT VALUES v.a, v.b, v.c, v.d, v.e");
    }
  }

  @Override
  public void settle() {
    touched++;
    sql(
        "UPDATE items SET amount = '1', parts = 1, touched = "
            + touched
            + " WHERE amount = 'many' OR parts = 0");
  }

  private void changeOrders() {
    if (dice.onceIn(12)) {
      sql("DELETE FROM orders");
    }
    for (int i = dice.onceIn(8) ? 200 : dice.below(20); i > 0; i--) {
      long id = dice.below(60);
      sql("DELETE FROM orders WHERE id = " + id);
      if (dice.below(4) > 0) {
        sql(
            "INSERT INTO orders VALUES (%d, %s, %s, %s, %s, %s, %s, %s, %s)"
                .formatted(
                    id,
                    dice.maybe(dice.below(6) + ""),
                    dice.maybe("'p" + dice.below(5) + "'"),
                    dice.maybe(dice.between(-2, 11) + ""),
                    dice.maybe(dice.price()),
                    dice.maybe(
                        "TIMESTAMP '"
                            + dice.time().toString().replaceAll("[TZ]", " ").strip()
                            + "'"),
                    dice.maybe("DATE '" + dice.day() + "'"),
                    dice.maybe(dice.between(-3, 8) * 0.1 + "E0"),
                    dice.maybe(dice.coin() + "")));
      }
    }
  }

  @Override
  public Map<String, Long> rows() {
    List<String> tables = new ArrayList<>(List.of("customers", "items"));
    if (orders) {
      tables.add("orders");
    }
    Map<String, Long> rows = new TreeMap<>();
    tables.forEach(table -> rows.put(table, count(table)));
    return rows;
  }

  private long count(String table) {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public long broken() {
    return 0;
  }

  private void sql(String sql) {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    sql("SHUTDOWN");
  }
}
