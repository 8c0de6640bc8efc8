package dev.leat.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints a plan as one DuckDB SELECT that gives exactly the plan's rows and types. Nodes nest as
 * subqueries, which DuckDB's optimiser flattens; their columns are c0, c1, … by position.
 */
public final class DuckDbPrinter {
  /** Of a WITH RECURSIVE … UNION ALL. */
  private static final int MOST_ROUNDS = 10_000;

  /** Part of what DuckDB says of a recursion with so many rounds. */
  public static final String NOT_ENDED = " has not ended after ";

  private final Function<String, String> relations;
  private int aliases;

  private DuckDbPrinter(Function<String, String> relations) {
    this.relations = relations;
  }

  /** Prints a plan over relations that DuckDB knows by their names. */
  public static String print(Plan plan) {
    return print(plan, DuckDbPrinter::quote);
  }

  /**
   * @param relations relation → what stands for it after FROM: a name, or a query in parentheses
   *     whose columns have the relation's names
   */
  public static String print(Plan plan, Function<String, String> relations) {
    return new DuckDbPrinter(relations).top(plan);
  }

  /** The last step gives the columns their names, and an order that was asked for. */
  private String top(Plan plan) {
    List<String> names =
        plan.schema().columns().stream().map(column -> quote(column.name())).toList();
    return switch (plan) {
      case Plan.Sort sort ->
          "SELECT "
              + list(names.size(), i -> column(i) + " AS " + names.get(i))
              + " FROM "
              + sorted(sort);
      case Plan.Project project when project.input() instanceof Plan.Sort sort ->
          "SELECT "
              + list(
                  names.size(),
                  i -> expression(project.expressions().get(i)) + " AS " + names.get(i))
              + " FROM "
              + sorted(sort);
      default ->
          "SELECT "
              + list(names.size(), i -> column(i) + " AS " + names.get(i))
              + " FROM "
              + from(plan);
    };
  }

  /** An identifier as DuckDB takes it, whatever it holds. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private String from(Plan plan) {
    return "(" + select(plan) + ") AS t" + aliases++;
  }

  private String select(Plan plan) {
    return switch (plan) {
      case Plan.Scan scan ->
          "SELECT "
              + list(
                  scan.schema().size(),
                  i -> quote(scan.schema().column(i).name()) + " AS " + column(i))
              + " FROM "
              + relations.apply(scan.relation());
      case Plan.Itself itself ->
          "SELECT "
              + list(itself.schema().size(), DuckDbPrinter::column)
              + " FROM "
              + round(itself.name());
      case Plan.Recursive recursive -> recursive(recursive);
      case Plan.Lateral lateral -> lateral(lateral);
      case Plan.Values values -> values(values);
      case Plan.Filter filter ->
          "SELECT * FROM " + from(filter.input()) + " WHERE " + expression(filter.predicate());
      case Plan.Project project ->
          "SELECT "
              + list(
                  project.expressions().size(),
                  i -> expression(project.expressions().get(i)) + " AS " + column(i))
              + " FROM "
              + from(project.input());
      case Plan.UnionAll union -> combine(union.inputs(), " UNION ALL ");
      case Plan.Join join -> join(join);
      case Plan.Aggregate aggregate -> aggregate(aggregate);
      case Plan.Distinct distinct -> "SELECT DISTINCT * FROM " + from(distinct.input());
      case Plan.TopN top -> topN(top);
      case Plan.Hop hop -> hop(hop);
      case Plan.SetOperation set -> combine(set.inputs(), setWord(set.kind()));
      case Plan.Sort sort -> sort(sort);
      case Plan.Window window -> window(window);
    };
  }

  private String recursive(Plan.Recursive recursive) {
    String name = round(recursive.name());
    String columns = list(recursive.schema().size(), DuckDbPrinter::column);
    return "WITH RECURSIVE "
        + name
        + "("
        + columns
        + (recursive.distinct() ? "" : ", round")
        + ") AS ("
        + (recursive.distinct() ? distinctRounds(recursive) : numberedRounds(recursive, name))
        + ") SELECT "
        + columns
        + " FROM "
        + name;
  }

  private String distinctRounds(Plan.Recursive recursive) {
    return "(" + select(recursive.seed()) + ") UNION (" + select(recursive.step()) + ")";
  }

  /** A recursion that does not end would keep all other tables waiting for ever. */
  private String numberedRounds(Plan.Recursive recursive, String name) {
    String seed = from(recursive.seed());
    String step = from(recursive.step());
    String rows = "t" + (aliases - 1);
    String next =
        "CASE WHEN max(round) >= %d THEN error('WITH RECURSIVE %s%s%d rounds.') ELSE max(round) + 1 END"
            .formatted(MOST_ROUNDS, recursive.name().replace("'", "''"), NOT_ENDED, MOST_ROUNDS);
    return "(SELECT *, 0 FROM %s) UNION ALL (SELECT %s.*, n FROM %s, (SELECT %s AS n FROM %s) AS t%d)"
        .formatted(seed, rows, step, next, name, aliases++);
  }

  /** Not what any relation is called. */
  private static String round(String recursive) {
    return quote("rounds of " + recursive);
  }

  private String lateral(Plan.Lateral lateral) {
    int left = lateral.left().schema().size();
    String l = lateral(lateral.id());
    String r = "r" + aliases++;
    return "SELECT "
        + list(
            lateral.schema().size(),
            i -> (i < left ? l + "." + column(i) : r + "." + column(i - left)) + " AS " + column(i))
        + " FROM ("
        + select(lateral.left())
        + ") AS "
        + l
        + (lateral.kind() == Plan.JoinKind.LEFT ? " LEFT" : "")
        + " JOIN LATERAL ("
        + select(lateral.right())
        + ") AS "
        + r
        + " ON TRUE";
  }

  /** What the right of a lateral calls its left. */
  static String lateral(int id) {
    return "o" + id;
  }

  private static String values(Plan.Values values) {
    int width = values.schema().size();
    if (values.rows().isEmpty()) {
      return "SELECT "
          + list(
              width,
              i -> "CAST(NULL AS " + values.schema().column(i).type().sql() + ") AS " + column(i))
          + " WHERE FALSE";
    }
    return values.rows().stream()
        .map(row -> "SELECT " + list(width, i -> expression(row.get(i)) + " AS " + column(i)))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private String combine(List<Plan> inputs, String word) {
    return inputs.stream()
        .map(input -> "(SELECT * FROM " + from(input) + ")")
        .collect(Collectors.joining(word));
  }

  private static String setWord(Plan.SetKind kind) {
    return switch (kind) {
      case UNION -> " UNION ";
      case INTERSECT -> " INTERSECT ";
      case INTERSECT_ALL -> " INTERSECT ALL ";
      case EXCEPT -> " EXCEPT ";
      case EXCEPT_ALL -> " EXCEPT ALL ";
    };
  }

  private String join(Plan.Join join) {
    int left = join.left().schema().size();
    String l = "l" + aliases++;
    String r = "r" + aliases++;
    IntFunction<String> qualified =
        i -> i < left ? l + "." + column(i) : r + "." + column(i - left);
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < join.leftKeys().size(); i++) {
      conditions.add(
          qualified.apply(join.leftKeys().get(i))
              + " = "
              + qualified.apply(left + join.rightKeys().get(i)));
    }
    join.residual()
        .ifPresent(
            residual -> conditions.add("(" + DuckDbExpressions.print(residual, qualified) + ")"));
    return "SELECT "
        + list(join.schema().size(), i -> qualified.apply(i) + " AS " + column(i))
        + " FROM ("
        + select(join.left())
        + ") AS "
        + l
        + joinWord(join.kind())
        + "("
        + select(join.right())
        + ") AS "
        + r
        + " ON "
        + (conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions));
  }

  private static String joinWord(Plan.JoinKind kind) {
    return switch (kind) {
      case INNER -> " JOIN ";
      case LEFT -> " LEFT JOIN ";
      case RIGHT -> " RIGHT JOIN ";
      case FULL -> " FULL JOIN ";
      case SEMI -> " SEMI JOIN ";
      case ANTI -> " ANTI JOIN ";
    };
  }

  private String aggregate(Plan.Aggregate aggregate) {
    int keys = aggregate.keys().size();
    String columns =
        list(
            aggregate.schema().size(),
            i ->
                (i < keys
                        ? column(aggregate.keys().get(i))
                        : DuckDbAggregates.call(aggregate, aggregate.calls().get(i - keys)))
                    + " AS "
                    + column(i));
    String grouped =
        keys == 0 ? "" : " GROUP BY " + list(keys, i -> column(aggregate.keys().get(i)));
    return "SELECT " + columns + " FROM " + from(aggregate.input()) + grouped;
  }

  private String topN(Plan.TopN top) {
    if (top.partition().isEmpty() && !top.rowNumber()) {
      return sort(new Plan.Sort(top.input(), top.order(), 0, Optional.of(top.limit())));
    }
    String columns = list(top.input().schema().size(), DuckDbPrinter::column);
    String number = column(top.input().schema().size());
    return "SELECT "
        + columns
        + (top.rowNumber() ? ", " + number : "")
        + " FROM (SELECT *, row_number()"
        + DuckDbWindows.over(top.partition(), top.order(), "")
        + " AS "
        + number
        + " FROM "
        + from(top.input())
        + ") AS t"
        + aliases++
        + " WHERE "
        + number
        + " <= "
        + top.limit();
  }

  /** Windows by their starts in microseconds: from the last that holds the time, back by slides. */
  private String hop(Plan.Hop hop) {
    int width = hop.input().schema().size();
    String micros = "epoch_us(" + column(hop.timeColumn()) + ")";
    String since = "(" + micros + " - " + hop.offsetMicros() + ")";
    String slide = Long.toString(hop.slideMicros());
    String last = "%s - ((%s %% %s) + %s) %% %s".formatted(micros, since, slide, slide, slide);
    String starts =
        hop.slideMicros() == hop.sizeMicros()
            ? last
            : "unnest(range(%s, %s - %d, -%s))".formatted(last, micros, hop.sizeMicros(), slide);
    return "SELECT "
        + list(width, DuckDbPrinter::column)
        + ", make_timestamp(s) AS "
        + column(width)
        + ", make_timestamp(s + "
        + hop.sizeMicros()
        + ") AS "
        + column(width + 1)
        + " FROM (SELECT *, "
        + starts
        + " AS s FROM "
        + from(hop.input())
        + " WHERE "
        + column(hop.timeColumn())
        + " IS NOT NULL) AS t"
        + aliases++;
  }

  private String sort(Plan.Sort sort) {
    return "SELECT * FROM " + sorted(sort);
  }

  private String sorted(Plan.Sort sort) {
    String input = from(sort.input());
    String alias = "t" + (aliases - 1) + ".";
    return input
        + (sort.order().isEmpty() ? "" : " ORDER BY " + DuckDbWindows.order(sort.order(), alias))
        + sort.limit().map(limit -> " LIMIT " + limit).orElse("")
        + (sort.offset() == 0 ? "" : " OFFSET " + sort.offset());
  }

  private String window(Plan.Window window) {
    int width = window.input().schema().size();
    String calls =
        list(
            window.calls().size(),
            i -> DuckDbWindows.call(window.calls().get(i), window) + " AS " + column(width + i));
    return "SELECT *, " + calls + " FROM " + from(window.input());
  }

  static String expression(Expr expression) {
    return DuckDbExpressions.print(expression, DuckDbPrinter::column);
  }

  static String cast(String expression, String type) {
    return "CAST(" + expression + " AS " + type + ")";
  }

  static String column(int index) {
    return "c" + index;
  }

  static String list(int size, IntFunction<String> item) {
    return IntStream.range(0, size).mapToObj(item).collect(Collectors.joining(", "));
  }
}
