package dev.leat.mill;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Queries made up over the sources of the corpus, in the SQL that Leat and DuckDB have in common:
 * joins, groups, windows, set operations and sub-queries of every kind, one inside the other.
 */
final class RandomSql {
  private enum Kind {
    NUMBER,
    TEXT,
    FLAG,
    DAY
  }

  private record Column(String name, Kind kind) {}

  /** What stands after FROM, and the columns it brings. */
  private record Rows(String sql, List<Column> columns) {}

  private static final List<Column> ORDERS =
      List.of(
          new Column("id", Kind.NUMBER),
          new Column("customer", Kind.NUMBER),
          new Column("quantity", Kind.NUMBER),
          new Column("product", Kind.TEXT),
          new Column("paid", Kind.FLAG),
          new Column("day", Kind.DAY));
  private static final List<Column> CUSTOMERS =
      List.of(
          new Column("customer", Kind.NUMBER),
          new Column("name", Kind.TEXT),
          new Column("country", Kind.TEXT));
  private static final List<Column> EVENTS =
      List.of(
          new Column("session", Kind.TEXT),
          new Column("kind", Kind.TEXT),
          new Column("amount", Kind.NUMBER));

  private final SplittableRandom random;
  private int aliases;

  RandomSql(SplittableRandom random) {
    this.random = random;
  }

  String query() {
    return select(List.of(), kinds(), 2);
  }

  private List<Kind> kinds() {
    return random
        .ints(1 + random.nextInt(3), 0, Kind.values().length)
        .mapToObj(i -> Kind.values()[i])
        .toList();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  @SafeVarargs
  private <T> T any(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /**
   * @param around the columns of the queries around it
   * @param kinds of its columns, which are called c0, c1 …
   * @param depth how much deeper it may go
   */
  private String select(List<Column> around, List<Kind> kinds, int depth) {
    if (depth > 0 && chance(8)) {
      return select(around, kinds, depth - 1)
          + any(" UNION ALL ", " UNION ", " INTERSECT ", " EXCEPT ")
          + select(around, kinds, depth - 1);
    }
    Rows from = from(around, depth);
    List<Column> scope = join(from.columns(), around);
    String where = chance(3) ? "" : " WHERE " + predicate(scope, depth);
    String body = " FROM " + from.sql() + where;
    return switch (random.nextInt(8)) {
      case 0, 1 -> grouped(from.columns(), kinds, body);
      case 2 -> windowed(from.columns(), kinds, body);
      case 3 -> "SELECT DISTINCT " + list(kinds, k -> value(k, scope, depth)) + body;
      case 4 -> first(kinds, "SELECT " + list(kinds, k -> value(k, scope, depth)) + body);
      default -> "SELECT " + list(kinds, k -> value(k, scope, depth)) + body;
    };
  }

  private interface Written {
    String of(Kind kind);
  }

  private static String list(List<Kind> kinds, Written value) {
    return IntStream.range(0, kinds.size())
        .mapToObj(i -> value.of(kinds.get(i)) + " AS c" + i)
        .collect(Collectors.joining(", "));
  }

  /** By all columns, so that it is certain which rows come first. */
  private String first(List<Kind> kinds, String select) {
    String columns =
        IntStream.range(0, kinds.size())
            .mapToObj(i -> "c" + i + any("", " DESC") + " NULLS LAST")
            .collect(Collectors.joining(", "));
    return "SELECT * FROM (SELECT * FROM (%s) AS t%d ORDER BY %s LIMIT %d) AS t%d"
        .formatted(select, aliases++, columns, 1 + random.nextInt(6), aliases++);
  }

  private Rows from(List<Column> around, int depth) {
    Rows left = relation(around, depth);
    if (!chance(2)) {
      return left;
    }
    Rows right = relation(List.of(), Math.min(depth, 1));
    List<Column> both = join(left.columns(), right.columns());
    String kind = any(" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ", " CROSS JOIN ");
    String on =
        switch (kind) {
          case " CROSS JOIN " -> "";
          case " FULL JOIN " -> " ON " + equal(left, right);
          default -> " ON " + equal(left, right) + (chance(2) ? " AND " + predicate(both, 0) : "");
        };
    return new Rows(left.sql() + kind + right.sql() + on, both);
  }

  private String equal(Rows left, Rows right) {
    Kind kind = any(Kind.NUMBER, Kind.TEXT);
    String operator = chance(5) ? " IS NOT DISTINCT FROM " : " = ";
    return column(kind, left.columns()) + operator + column(kind, right.columns());
  }

  private Rows relation(List<Column> around, int depth) {
    String alias = "t" + aliases++;
    if (depth > 0 && chance(3)) {
      List<Kind> kinds = new ArrayList<>(List.of(Kind.NUMBER, Kind.TEXT));
      kinds.addAll(kinds());
      boolean lateral = !around.isEmpty() && chance(2);
      List<Column> columns =
          IntStream.range(0, kinds.size())
              .mapToObj(i -> new Column(alias + ".c" + i, kinds.get(i)))
              .toList();
      String select = select(lateral ? around : List.of(), kinds, depth - 1);
      return new Rows("(" + select + ") AS " + alias, columns);
    }
    List<Column> columns = any(ORDERS, ORDERS, CUSTOMERS, EVENTS);
    String name = columns == ORDERS ? "orders" : columns == CUSTOMERS ? "customers" : "events";
    return new Rows(
        name + " AS " + alias,
        columns.stream().map(c -> new Column(alias + "." + c.name(), c.kind())).toList());
  }

  private String grouped(List<Column> columns, List<Kind> kinds, String body) {
    List<String> keys = new ArrayList<>();
    String list =
        list(
            kinds,
            kind -> {
              if (chance(2)) {
                String key = column(kind, columns);
                if (key.startsWith("t")) { // not a constant
                  keys.add(key);
                }
                return key;
              }
              return aggregate(kind, columns);
            });
    String having =
        chance(3) ? " HAVING " + aggregate(Kind.NUMBER, columns) + compared() + number() : "";
    return "SELECT "
        + list
        + body
        + (keys.isEmpty()
            ? ""
            : " GROUP BY " + String.join(", ", keys.stream().distinct().toList()))
        + having;
  }

  private String aggregate(Kind kind, List<Column> columns) {
    String filter = chance(5) ? " FILTER (WHERE " + predicate(columns, 0) + ")" : "";
    String call =
        switch (kind) {
          case NUMBER ->
              any(
                  "COUNT(*)",
                  "COUNT(" + value(any(Kind.values()), columns, 0) + ")",
                  "COUNT(DISTINCT " + value(any(Kind.TEXT, Kind.NUMBER), columns, 0) + ")",
                  "SUM(" + value(Kind.NUMBER, columns, 0) + ")",
                  "MIN(" + value(Kind.NUMBER, columns, 0) + ")",
                  "MAX(" + value(Kind.NUMBER, columns, 0) + ")");
          case TEXT, DAY -> any("MIN(", "MAX(") + value(kind, columns, 0) + ")";
          case FLAG -> any("BOOL_AND(", "BOOL_OR(") + value(kind, columns, 0) + ")";
        };
    return call + filter;
  }

  /** The calls are such that it does not matter in which order peers come. */
  private String windowed(List<Column> columns, List<Kind> kinds, String body) {
    return "SELECT "
        + list(
            kinds,
            kind -> {
              String partition =
                  chance(3) ? "" : "PARTITION BY " + column(any(Kind.TEXT, Kind.NUMBER), columns);
              String order =
                  " ORDER BY " + column(Kind.NUMBER, columns) + any("", " DESC") + " NULLS LAST";
              String over = " OVER (" + partition + (chance(2) ? order : "") + ")";
              return switch (kind) {
                case NUMBER ->
                    chance(3)
                        ? any("RANK()", "DENSE_RANK()") + " OVER (" + partition + order + ")"
                        : aggregateOver(kind, columns) + over;
                case TEXT, DAY, FLAG -> aggregateOver(kind, columns) + over;
              };
            })
        + body;
  }

  private String aggregateOver(Kind kind, List<Column> columns) {
    return switch (kind) {
      case NUMBER -> any("SUM(", "MIN(", "MAX(", "COUNT(") + value(Kind.NUMBER, columns, 0) + ")";
      case TEXT, DAY -> any("MIN(", "MAX(") + value(kind, columns, 0) + ")";
      case FLAG -> any("BOOL_AND(", "BOOL_OR(") + value(kind, columns, 0) + ")";
    };
  }

  private String column(Kind kind, List<Column> scope) {
    List<Column> some = scope.stream().filter(c -> c.kind() == kind).toList();
    return some.isEmpty() ? constant(kind) : some.get(random.nextInt(some.size())).name();
  }

  private String number() {
    return Integer.toString(random.nextInt(9));
  }

  private String constant(Kind kind) {
    return switch (kind) {
      case NUMBER -> number();
      case TEXT -> "'" + any("p1", "p2", "c1", "Ada", "click") + "'";
      case FLAG -> any("TRUE", "FALSE");
      case DAY -> "DATE '2024-10-2" + random.nextInt(10) + "'";
    };
  }

  private String value(Kind kind, List<Column> scope, int depth) {
    if (depth > 0 && chance(7)) {
      return "(" + scalar(kind, scope, depth) + ")";
    }
    return switch (random.nextInt(7)) {
      case 0 -> constant(kind);
      case 1 ->
          "CASE WHEN "
              + predicate(scope, 0)
              + " THEN "
              + column(kind, scope)
              + any("", " ELSE " + column(kind, scope))
              + " END";
      case 2 -> "COALESCE(" + column(kind, scope) + ", " + column(kind, scope) + ")";
      case 3 ->
          switch (kind) {
            case NUMBER ->
                "(" + column(kind, scope) + any(" + ", " - ") + column(kind, scope) + ")";
            case TEXT -> "(" + column(kind, scope) + " || " + column(kind, scope) + ")";
            case FLAG -> "(" + predicate(scope, depth) + ")";
            case DAY -> "NULLIF(" + column(kind, scope) + ", " + constant(kind) + ")";
          };
      default -> column(kind, scope);
    };
  }

  /** A query of one value: an aggregate of all that its WHERE lets through. */
  private String scalar(Kind kind, List<Column> scope, int depth) {
    Rows from = from(scope, depth - 1);
    return "SELECT "
        + aggregate(kind, from.columns())
        + " FROM "
        + from.sql()
        + " WHERE "
        + predicate(join(from.columns(), scope), depth - 1);
  }

  private String compared() {
    return any(" = ", " <> ", " < ", " <= ", " > ", " >= ");
  }

  private String predicate(List<Column> scope, int depth) {
    return switch (random.nextInt(depth > 0 ? 13 : 9)) {
      case 0 -> column(any(Kind.values()), scope) + any(" IS NULL", " IS NOT NULL");
      case 1 ->
          "(" + predicate(scope, depth) + any(" AND ", " OR ") + predicate(scope, depth) + ")";
      case 2 -> "NOT (" + predicate(scope, depth) + ")";
      case 3 ->
          "("
              + predicate(scope, depth)
              + ")"
              + any(" IS TRUE", " IS NOT TRUE", " IS FALSE", " IS NOT FALSE");
      case 4 -> {
        Kind kind = any(Kind.values());
        yield column(kind, scope)
            + any(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM ")
            + column(kind, scope);
      }
      case 5 ->
          column(Kind.NUMBER, scope) + any(" IN (", " NOT IN (") + number() + ", " + number() + ")";
      case 9, 10 -> any("EXISTS (", "NOT EXISTS (") + select(scope, kinds(), depth - 1) + ")";
      case 11 -> {
        Kind kind = any(Kind.NUMBER, Kind.TEXT);
        yield column(kind, scope)
            + any(" IN (", " NOT IN (")
            + select(scope, List.of(kind), depth - 1)
            + ")";
      }
      case 12 ->
          column(Kind.NUMBER, scope)
              + compared()
              + any("ANY (", "ALL (")
              + select(scope, List.of(Kind.NUMBER), depth - 1)
              + ")";
      default -> {
        Kind kind = any(Kind.NUMBER, Kind.NUMBER, Kind.TEXT, Kind.DAY);
        yield column(kind, scope) + compared() + value(kind, scope, depth);
      }
    };
  }

  private static List<Column> join(List<Column> first, List<Column> second) {
    List<Column> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
