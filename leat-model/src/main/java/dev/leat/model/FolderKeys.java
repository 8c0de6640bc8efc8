package dev.leat.model;

import static dev.leat.model.Shape.Key.optional;
import static dev.leat.model.Shape.Key.required;

import dev.leat.model.Shape.Fields;
import dev.leat.model.Shape.Form;
import dev.leat.model.Shape.Key;
import dev.leat.model.Shape.Kinds;
import dev.leat.model.Shape.ListOf;
import dev.leat.model.Shape.Named;
import dev.leat.model.Shape.OneOf;
import dev.leat.model.Shape.Support;
import dev.leat.model.Shape.Text;
import dev.leat.model.Shape.Truth;
import dev.leat.model.Shape.Variant;
import dev.leat.model.Shape.Whole;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every key of every file of a project folder: the one place that declares them. The reader checks
 * files against it; docs/schemas and docs/reference/folder.md are generated from it.
 */
final class FolderKeys {
  private static final Shape TEXT = new Text("text");
  private static final Shape SPAN =
      new Form("a duration such as 500ms, 10s, 5m, 1h or 7d", Quantities.DURATION);
  private static final Shape PASSWORD = new Shape.EmptyOrText();
  private static final Shape PERCENT = new Form("a percentage such as 99.9%", Quantities.PERCENT);
  private static final Shape MONEY =
      new Form("an amount such as 50 USD/month", Quantities.MONEY_PER_MONTH);
  private static final Shape MEMORY = new Form("a size such as 512MB or 2GB", Quantities.MEMORY);
  private static final Shape COLUMN = new Text("a column");
  private static final Shape EXPRESSION = new Text("an SQL expression");

  static final List<String> GRAINS =
      List.of("second", "minute", "hour", "day", "week", "month", "quarter", "year");

  private static final Shape LOG =
      new Kinds(
          "a log",
          List.of(
              new Variant("embedded", Support.NOW, List.of()),
              new Variant(
                  "kafka",
                  Support.NOW,
                  List.of(required("bootstrap", TEXT, "host:port of the cluster's brokers")))));

  private static final Shape ENGINE =
      new Kinds(
          "an engine",
          List.of(
              new Variant(
                  "duckdb",
                  Support.NOW,
                  List.of(optional("memory", MEMORY, "the most memory batch work may take"))),
              new Variant(
                  "flink",
                  Support.LATER,
                  List.of(required("gateway", TEXT, "address of Flink's SQL Gateway")))));

  private static final Shape LAKE =
      new Kinds(
          "a lake",
          List.of(
              new Variant(
                  "local",
                  Support.NOW,
                  List.of(optional("path", TEXT, "folder of the lake; .leat/lake when left out"))),
              new Variant(
                  "s3",
                  Support.LATER,
                  List.of(
                      required("bucket", TEXT, "the bucket"),
                      optional("prefix", TEXT, "start of every object's name"),
                      optional("endpoint", TEXT, "address of a store other than AWS"),
                      optional("region", TEXT, "region of the bucket")))));

  private static final Shape FLEET =
      new Fields(
          "a fleet",
          List.of(
              optional("min", new Whole(1, 1000), "fewest servers"),
              optional("max", new Whole(1, 1000), "most servers"),
              optional("zones", new ListOf(TEXT), "zones the servers are spread over")));

  static final Fields PROFILE =
      new Fields(
          "a profile",
          List.of(
              optional("log", LOG, "where streams are kept"),
              optional("engine", ENGINE, "what answers batch work and keeps tables live"),
              optional("lake", LAKE, "where tables are published"),
              optional("fleet", FLEET, "the servers that answer"),
              optional(
                  "durability",
                  new OneOf(List.of("process", "power")),
                  "what acknowledged events and published epochs survive: a killed process"
                      + " (process, the default) or a power cut as well (power)")));

  static final Fields PROJECT =
      new Fields(
          "leat.yaml",
          List.of(
              required("name", TEXT, "what the project is called"),
              optional(
                  "teams",
                  new Named(
                      new Fields(
                          "a team",
                          List.of(
                              optional("contact", TEXT, "address that reaches the team"),
                              optional("description", TEXT, "what the team does")))),
                  "who owns tables"),
              optional(
                  "epoch",
                  new Fields(
                      "epoch",
                      List.of(
                          optional("every", SPAN, "how often a new epoch may be published; 1s"))),
                  "when tables are published"),
              optional(
                  "objectives",
                  new Fields(
                      "objectives",
                      List.of(
                          optional("freshness", SPAN, "from accepted to visible"),
                          optional("availability", PERCENT, "share of requests answered well"),
                          optional("rto", SPAN, "longest time to come back"),
                          optional("rpo", SPAN, "most data that may be lost"),
                          optional("budget", MONEY, "what it may cost"))),
                  "what the project promises"),
              optional("profiles", new Named(PROFILE), "where it runs; laptop is the default"),
              optional(
                  "simulate",
                  new Named(
                      new Fields(
                          "a simulation",
                          List.of(
                              optional("rate", new Whole(1, 1_000_000), "events a second; 10"),
                              optional("late", PERCENT, "share whose event time lies back; 0%"),
                              optional("duplicates", PERCENT, "share that is sent twice; 0%"),
                              optional(
                                  "values",
                                  new Named(new Text("a SELECT of one column")),
                                  "for a column, the rows whose values it takes")))),
                  "stream tables that `up` sends plausible events to, for demonstrations")));

  private static final Shape COLUMNS = new Named(new Shape.ColumnType());

  private static final String ROW_KEY = "columns that tell one row from another";
  private static final String EVENT_KEY =
      "columns that tell one event from another: of those with the same the first counts";

  private static List<Key> table(String key) {
    return List.of(
        optional("description", TEXT, "what a row is"),
        optional("columns", COLUMNS, "the contract; inferred once when left out"),
        optional("key", new ListOf(COLUMN), key),
        optional("time", COLUMN, "the column that says when it happened"),
        optional("subject", COLUMN, "the column that says whose data a row is"),
        optional(
            "classes",
            new Named(
                OneOf.of("public", "internal", "pseudonymous", "personal", "health", "financial")),
            "kind of data a column holds"));
  }

  private static final Key EVERY = optional("every", SPAN, "how often to look for changes; 10m");
  private static final Key TOPIC =
      optional("topic", TEXT, "its topic in the log; the table's name when left out");
  private static final Key RETAIN =
      optional("retain", SPAN, "how long the log keeps events for replay; 7d");

  static final Kinds SOURCE =
      new Kinds(
          "a source",
          List.of(
              source(
                  "jdbc",
                  ROW_KEY,
                  List.of(
                      required("url", TEXT, "JDBC address of the database"),
                      optional("user", TEXT, "who to log in as"),
                      optional("password", PASSWORD, "write it as ${NAME}")),
                  List.of(
                      optional("table", TEXT, "its name in the database, with its schema"),
                      EVERY,
                      optional("incremental", COLUMN, "column that only grows; needs key"))),
              source(
                  "files",
                  ROW_KEY + "; not held to: each row of each file is kept",
                  List.of(optional("path", TEXT, "a glob, relative to the folder or absolute")),
                  List.of(optional("path", TEXT, "a glob for this table alone"), EVERY)),
              source("http", EVENT_KEY, List.of(), List.of(TOPIC, RETAIN)),
              source(
                  "kafka",
                  EVENT_KEY,
                  List.of(
                      optional("bootstrap", TEXT, "another cluster; left out: the project's own")),
                  List.of(
                      TOPIC,
                      optional("format", OneOf.of("json", "avro"), "how records are written"),
                      optional("schema", TEXT, "Avro schema file, relative to the folder"),
                      RETAIN)),
              new Variant(
                  "postgres-cdc",
                  Support.LATER,
                  List.of(
                      required("url", TEXT, "JDBC address of the database"),
                      optional("user", TEXT, "who to log in as"),
                      optional("password", PASSWORD, "write it as ${NAME}"),
                      required(
                          "tables",
                          new Named(new Fields("a table", table(ROW_KEY))),
                          "its tables")))));

  /** The file NAME.schema.yaml that holds the inferred contracts of a source. */
  static final Fields INFERRED =
      new Fields(
          "an inferred schema",
          List.of(
              required(
                  "tables",
                  new Named(
                      new Fields("a table", List.of(required("columns", COLUMNS, "the contract")))),
                  "a contract for each table")));

  static final Fields TABLE_HEADER =
      new Fields(
          "a table's header",
          List.of(
              optional("description", TEXT, "what a row is"),
              optional("team", TEXT, "the team that owns it"),
              optional("publish", new Truth(), "others may read it; true under marts/"),
              optional("key", new ListOf(COLUMN), ROW_KEY + "; for readers, not held to")));

  static final Fields METRICS =
      new Fields(
          "metrics",
          List.of(
              required("table", TEXT, "the table they are taken from"),
              optional("description", TEXT, "what they tell"),
              optional("time", COLUMN, "the column that time filters and grains use"),
              optional("dimensions", new Named(EXPRESSION), "what figures may be broken down by"),
              required("measures", new Named(EXPRESSION), "figures: aggregate expressions")));

  static final Fields PANEL =
      new Fields(
          "a panel",
          List.of(
              required("title", TEXT, "its heading"),
              required("kind", OneOf.of("number", "line", "bar", "table"), "how it is drawn"),
              optional("metrics", TEXT, "other metrics than the dashboard's"),
              optional("measure", TEXT, "the figure it shows"),
              optional("by", TEXT, "a dimension, or " + String.join(", ", GRAINS)),
              optional("compare", OneOf.of("previous"), "the same length of time before"),
              optional("limit", new Whole(1, 10_000), "most bars or rows"),
              optional("sql", TEXT, "a SELECT instead of a measure")));

  static final Fields DASHBOARD =
      new Fields(
          "a dashboard",
          List.of(
              optional("title", TEXT, "its heading; the file's name when left out"),
              optional("metrics", TEXT, "the metrics its panels use"),
              optional("filters", new ListOf(TEXT), "time, or dimensions"),
              required("panels", new ListOf(PANEL), "what it shows")));

  private FolderKeys() {}

  private static Variant source(String kind, String key, List<Key> keys, List<Key> tableKeys) {
    var table =
        new Fields(
            "a table of kind " + kind,
            Stream.concat(table(key).stream(), tableKeys.stream()).toList());
    Key description = optional("description", TEXT, "where the data comes from");
    Key tables = required("tables", new Named(table), "its tables, by the names SQL uses");
    var all = Stream.of(Stream.of(description), keys.stream(), Stream.of(tables));
    return new Variant(kind, Support.NOW, all.flatMap(s -> s).toList());
  }
}
