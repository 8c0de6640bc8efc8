package dev.leat.sql;

import static dev.leat.model.Column.optional;
import static dev.leat.model.Column.required;

import dev.leat.model.Location;
import dev.leat.model.Schema;
import dev.leat.model.TableDefinition;
import dev.leat.model.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small shop, and tables over it. */
final class Fixtures {
  static final Schema ORDERS =
      Schema.of(
          required("id", Type.BIGINT),
          optional("customer", Type.INTEGER),
          optional("price", Type.decimal(10, 2)),
          optional("quantity", Type.INTEGER),
          optional("weight", Type.DOUBLE),
          optional("status", Type.VARCHAR),
          required("ordered_at", Type.TIMESTAMP),
          optional("date", Type.DATE));

  static final Schema CUSTOMERS =
      Schema.of(
          required("id", Type.INTEGER),
          optional("name", Type.VARCHAR),
          optional("country", Type.VARCHAR),
          optional("vip", Type.BOOLEAN));

  /** Every word that people like to use as the name of a column, in one table. */
  static final Catalog CATALOG = Catalog.of(Map.of("orders", ORDERS, "Customers", CUSTOMERS));

  private Fixtures() {}

  static TableDefinition table(String name, String sql) {
    return table(name, Optional.empty(), false, sql);
  }

  static TableDefinition table(String name, Optional<String> team, boolean publish, String sql) {
    return new TableDefinition(
        name,
        Location.start("tables/" + name + ".sql"),
        "",
        Optional.empty(),
        Optional.empty(),
        team,
        publish,
        List.of(),
        sql);
  }
}
