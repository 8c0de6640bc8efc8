package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.Location;
import dev.leat.model.Schema;
import dev.leat.model.TableDefinition;
import dev.leat.model.Type;
import dev.leat.sql.Catalog;
import dev.leat.sql.CompiledTable;
import dev.leat.sql.Compiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The three sources of the corpus, and random changes to them: small domains, so that keys meet,
 * values repeat and groups come and go; NULLs everywhere they may be.
 */
final class Sources {
  static final Schema ORDERS =
      Schema.of(
          Column.required("id", Type.BIGINT),
          Column.optional("customer", Type.INTEGER),
          Column.optional("product", Type.VARCHAR),
          Column.optional("quantity", Type.INTEGER),
          Column.optional("price", Type.decimal(10, 2)),
          Column.optional("at", Type.TIMESTAMP),
          Column.optional("day", Type.DATE),
          Column.optional("weight", Type.DOUBLE),
          Column.optional("paid", Type.BOOLEAN));
  static final Schema CUSTOMERS =
      Schema.of(
          Column.optional("customer", Type.INTEGER),
          Column.optional("name", Type.VARCHAR),
          Column.optional("country", Type.VARCHAR),
          Column.optional("credit", Type.decimal(8, 2)));
  static final Schema EVENTS =
      Schema.of(
          Column.optional("session", Type.VARCHAR),
          Column.optional("kind", Type.VARCHAR),
          Column.required("at", Type.TIMESTAMP),
          Column.optional("amount", Type.BIGINT),
          Column.optional("json", Type.VARCHAR));
  static final Map<String, Schema> SCHEMAS = schemas();

  private static final long DAY_MICROS = 86_400_000_000L;
  private static final long START_MICROS = 20_000 * DAY_MICROS;

  final Map<String, Bag> content = new LinkedHashMap<>();
  private final SplittableRandom random;

  Sources(SplittableRandom random) {
    this.random = random;
    SCHEMAS.forEach((name, schema) -> content.put(name, new Bag(schema)));
  }

  private static Map<String, Schema> schemas() {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    schemas.put("orders", ORDERS);
    schemas.put("customers", CUSTOMERS);
    schemas.put("events", EVENTS);
    return schemas;
  }

  /** A table over them. */
  static CompiledTable table(String name, String sql) {
    return new Compiler(Catalog.of(SCHEMAS))
        .compile(
            new TableDefinition(
                name,
                Location.start("tables/" + name + ".sql"),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                sql));
  }

  /** The schema of a source that there is. */
  static Schema schema(String source) {
    return Objects.requireNonNull(SCHEMAS.get(source), source);
  }

  private Bag content(String source) {
    return Objects.requireNonNull(content.get(source), source);
  }

  /** One step's changes: to some sources, of some of: inserts, deletes, updates, all gone. */
  Map<String, Batch> change() {
    Map<String, Batch> changes = new LinkedHashMap<>();
    for (String source : SCHEMAS.keySet()) {
      if (random.nextInt(3) > 0) {
        Batch batch = change(source);
        content(source).add(batch);
        changes.put(source, batch);
      }
    }
    return changes;
  }

  private Batch change(String source) {
    BatchBuilder builder = new BatchBuilder(schema(source));
    boolean insertsOnly = random.nextInt(3) == 0;
    double deleted = insertsOnly ? 0 : new double[] {0.1, 0.3, 0.95}[random.nextInt(3)];
    for (List<Optional<Object>> row : content(source).expanded()) {
      if (random.nextDouble() < deleted) {
        Bag.append(builder, row, -1);
        if (random.nextInt(3) == 0) {
          Bag.append(builder, touched(source, row), 1);
        }
      }
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      Bag.append(builder, row(source), 1 + random.nextInt(8) / 7);
    }
    return builder.build();
  }

  /** The row with one value changed. */
  private List<Optional<Object>> touched(String source, List<Optional<Object>> row) {
    List<Optional<Object>> other = new ArrayList<>(row);
    int column = random.nextInt(row.size());
    other.set(column, row(source).get(column));
    return other;
  }

  private List<Optional<Object>> row(String source) {
    return switch (source) {
      case "orders" ->
          List.of(
              Optional.of(1L + random.nextInt(40)),
              maybe((long) random.nextInt(6)),
              maybe("p" + random.nextInt(5)),
              maybe((long) random.nextInt(-2, 11)),
              maybe((long) random.nextInt(-500, 4_000)),
              maybe(START_MICROS + random.nextInt(200) * 60_000_000L),
              maybe(20_000L + random.nextInt(70)),
              maybe(random.nextInt(-3, 8) * 0.25 + 0.0),
              maybe((long) random.nextInt(2)));
      case "customers" ->
          List.of(
              maybe((long) random.nextInt(7)),
              maybe(new String[] {"Ada", "Bo", "", "Zoë"}[random.nextInt(4)]),
              maybe("c" + random.nextInt(3)),
              maybe((long) random.nextInt(10_000)));
      case "events" ->
          List.of(
              maybe("p" + random.nextInt(4)),
              maybe(random.nextInt(2) == 0 ? "click" : "order"),
              Optional.of(START_MICROS + random.nextInt(600) * 1_000_000L),
              maybe((long) random.nextInt(-20, 100)),
              maybe(
                  "{\"page\": \"/" + random.nextInt(3) + "\", \"n\": " + random.nextInt(5) + "}"));
      default -> throw new IllegalArgumentException(source);
    };
  }

  private Optional<Object> maybe(Object value) {
    return random.nextInt(8) == 0 ? Optional.empty() : Optional.of(value);
  }
}
