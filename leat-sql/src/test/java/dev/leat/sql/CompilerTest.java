package dev.leat.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.model.Column;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import dev.leat.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompilerTest {
  private static final Map<String, Schema> SOURCES =
      Map.of("orders", Fixtures.ORDERS, "customers", Fixtures.CUSTOMERS);

  @Test
  void tablesComeAfterWhatTheyRead() {
    CompiledProject project =
        compile(
            Fixtures.table("a", "SELECT id, total * 2 AS double_total FROM b"),
            Fixtures.table("b", "SELECT id, price * quantity AS total FROM orders"));
    assertThat(project.tables()).extracting(CompiledTable::name).containsExactly("b", "a");
    CompiledTable a = project.table("A").orElseThrow();
    assertThat(a.dependencies()).containsExactly("b");
    assertThat(project.table("b").orElseThrow().lineage().get(1))
        .isEqualTo(
            new Lineage.ColumnLineage(
                "total",
                Set.of(
                    new Lineage.Origin("orders", "price"),
                    new Lineage.Origin("orders", "quantity")),
                false));
  }

  @Test
  void everyFaultIsToldAtOnceWithItsPlace() {
    assertThat(
            problems(
                Fixtures.table("a", "\nSELECT pric FROM orders"),
                Fixtures.table("b", "SELECT id FROM custmers"),
                Fixtures.table("c", "SELECT LENGHT(status) AS n FROM orders"),
                Fixtures.table("d", "SELECT id FROM FROM orders"),
                Fixtures.table("e", "SELECT id FROM a"),
                Fixtures.table("f", "SELECT NOW() AS n FROM orders")))
        .containsExactlyInAnyOrder(
            "tables/a.sql:2:8 LEAT-2004 There is no column pric in the tables named here. Did you"
                + " mean `price`?",
            "tables/b.sql:1:16 LEAT-2003 There is no table custmers. Did you mean `customers`?",
            "tables/c.sql:1:8 LEAT-2005 There is no function LENGHT. Did you mean `LENGTH`?",
            "tables/d.sql:1:11 LEAT-2001 'FROM' is not expected here. A name that is also a word of"
                + " SQL must stand in double quotes.",
            "tables/f.sql:1:8 LEAT-2008 NOW gives another answer each time it is asked. A table must"
                + " follow from its rows alone: use a column that holds the time, or filter by time"
                + " where the table is queried.");
  }

  @Test
  void whatHasNoPlanIsShownWhereItStands() {
    assertThat(
            problems(
                Fixtures.table(
                    "b",
                    "SELECT id FROM orders\nWHERE id IN (SELECT id FROM orders TABLESAMPLE BERNOULLI(10))"),
                Fixtures.table(
                    "c",
                    "SELECT status,\n  STRING_AGG(DISTINCT status ORDER BY id) AS s FROM orders\n"
                        + "GROUP BY status"),
                Fixtures.table(
                    "d",
                    "SELECT id,\n  SUM(quantity) OVER (ORDER BY id RANGE 0.5 PRECEDING) AS s FROM orders"),
                Fixtures.table("e", "SELECT id,\n  status + DATE '2026-01-01' AS x FROM orders"),
                Fixtures.table("f", "SELECT id FROM orders\nWHERE CAST(price AS DATE) IS NULL"),
                Fixtures.table("g", "SELECT id FRM orders"),
                Fixtures.table("h", "SELCT id FROM orders"),
                Fixtures.table("i", "-- SELECT id FROM orders\n"),
                Fixtures.table("k", "")))
        .containsExactlyInAnyOrder(
            "tables/b.sql:2:29 LEAT-2007 TABLESAMPLE, which gives other rows each time, is not"
                + " supported yet. Filter by a column: WHERE MOD(id, 10) = 0.",
            "tables/c.sql:2:3 LEAT-2007 STRING_AGG of DISTINCT values in another order than theirs is"
                + " not supported yet. Order them by themselves, or leave ORDER BY out.",
            "tables/d.sql:2:3 LEAT-2007 A RANGE by parts of a whole number is not supported yet."
                + " Write a whole number.",
            "tables/e.sql:2:3 LEAT-2002 Cannot apply '+' to arguments of type '<VARCHAR> + <DATE>'."
                + " Supported form(s): '<NUMERIC> + <NUMERIC>'.",
            "tables/f.sql:2:7 LEAT-2002 Cast function cannot convert value of type DECIMAL(10, 2)"
                + " to type DATE NOT NULL.",
            "tables/g.sql:1:15 LEAT-2001 'orders' is not expected here. Did you mean `FROM`?",
            "tables/h.sql:1:1 LEAT-2001 This is not a SELECT. Did you mean `SELECT`?",
            "tables/i.sql:1:1 LEAT-2001 There is no SELECT here. Write one: comments alone are none."
                + " A table that is out of use is a file less.",
            "tables/k.sql:1:1 LEAT-2001 There is no SELECT here. Write one: comments alone are none."
                + " A table that is out of use is a file less.");
  }

  @Test
  void whatReadsABrokenTableHasNoFaultOfItsOwn() {
    assertThat(
            problems(
                Fixtures.table("a", "SELECT x FROM broken"),
                Fixtures.table("b", "SELECT x FROM a"),
                Fixtures.table("c", "SELECT id FROM orderz"),
                Fixtures.table("orderz2", "SELECT id FROM orders")))
        .containsExactly(
            "tables/c.sql:1:16 LEAT-2003 There is no table orderz. Did you mean `orders`?");
    assertThat(
            problems(
                Fixtures.table("lines", "SELECT id FROM orders"),
                Fixtures.table("a", "SELECT id FROM line")))
        .containsExactly(
            "tables/a.sql:1:16 LEAT-2003 There is no table line. Did you mean `lines`?");
  }

  @Test
  void circlesAreShown() {
    assertThat(
            problems(
                Fixtures.table("a", "SELECT x FROM b"),
                Fixtures.table("b", "SELECT x FROM c"),
                Fixtures.table("c", "SELECT x FROM a")))
        .containsExactly(
            "tables/a.sql:1:1 LEAT-2006 These tables depend on each other: a → b → c → a. One of"
                + " them must stop reading the next.");
  }

  @Test
  void anotherTeamsTableMustBePublished() {
    TableDefinition mine =
        Fixtures.table("mine", Optional.of("sales"), false, "SELECT id FROM theirs");
    assertThat(
            problems(
                mine, Fixtures.table("theirs", Optional.of("ops"), false, "SELECT id FROM orders")))
        .singleElement()
        .asString()
        .startsWith("tables/mine.sql:1:16 LEAT-2009 theirs belongs to the team ops");
    assertThat(
            compile(
                    mine,
                    Fixtures.table("theirs", Optional.of("ops"), true, "SELECT id FROM orders"))
                .tables())
        .hasSize(2);
  }

  @Test
  void columnsNeedNamesOfTheirOwn() {
    assertThat(problems(Fixtures.table("a", "SELECT id, 1, status AS ID FROM orders")))
        .containsExactly(
            "tables/a.sql:1:12 LEAT-2002 Column 2 of the table has no name. Give it one: … AS name.",
            "tables/a.sql:1:15 LEAT-2002 Two columns of the table are called ID. Give one of them"
                + " another name: … AS name.");
    assertThat(problems(Fixtures.table("a", "SELECT id, 1 AS _weight FROM orders")))
        .containsExactly(
            "tables/a.sql:1:12 LEAT-2002 Column _weight of the table has a name that Leat needs. Give"
                + " it another: … AS name.");
    assertThat(problems(Fixtures.table("a", "SELECT id AS File_Row_Number FROM orders")))
        .hasSize(1);
  }

  @Test
  void theKeyIsDeclaredOrThatOfTheGroups() {
    assertThat(
            compile(
                    Fixtures.table(
                        "a", "SELECT SUM(price) AS p, status AS s FROM orders GROUP BY status"))
                .tables()
                .getFirst()
                .key())
        .containsExactly("s");
  }

  /** What a round gives the next one reads; so NULL may come into any column. */
  @Test
  void columnsOfARecursionMayBeNullIfLaterRoundsGiveNull() {
    assertThat(
            recursion(
                "SELECT id AS a, id AS b FROM orders"
                    + " UNION ALL SELECT r.b, c.id FROM r LEFT JOIN customers AS c ON c.id = r.b + 1"))
        .allMatch(Column::nullable);
    assertThat(
            recursion(
                "SELECT * FROM (VALUES (1, 2)) AS v(a, b)"
                    + " UNION SELECT b, NULLIF(a, 2) FROM r WHERE a IS NOT NULL"))
        .allMatch(Column::nullable);
    assertThat(
            recursion(
                "SELECT id AS a, 1 AS b FROM orders UNION ALL SELECT a, b + 1 FROM r WHERE b < 3"))
        .noneMatch(Column::nullable);
  }

  private static List<Column> recursion(String query) {
    return compile(Fixtures.table("t", "WITH RECURSIVE r AS (" + query + ") SELECT a, b FROM r"))
        .tables()
        .getFirst()
        .schema()
        .columns();
  }

  @Test
  void aRecursionKeepsItsTypes() {
    assertThat(
            problems(
                Fixtures.table(
                    "t",
                    "WITH RECURSIVE\n r AS (SELECT 1 AS v UNION ALL SELECT v * 0.5 FROM r WHERE v > 0)\n"
                        + "SELECT v FROM r")))
        .containsExactly(
            "tables/t.sql:2:2 LEAT-2002 A column of WITH RECURSIVE has another type in later rounds"
                + " than in the first. CAST it to the same type in both parts.");
  }

  /** A recursion is often called what its table is; it reads itself, not the table. */
  @Test
  void aRecursionMayHaveTheNameOfATable() {
    String counting =
        "WITH RECURSIVE tree AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM tree WHERE n < 3),"
            + " leaves AS (SELECT n FROM tree) SELECT n FROM leaves";
    CompiledProject project =
        compile(Fixtures.table("tree", counting), Fixtures.table("leaves", "SELECT n FROM tree"));
    assertThat(project.tables())
        .extracting(CompiledTable::dependencies)
        .containsExactly(Set.of(), Set.of("tree"));
  }

  @Test
  void onlyAggregatesTakeAFilterBeforeOver() {
    assertThat(
            problems(
                Fixtures.table(
                    "t",
                    "SELECT id,\n LAG(id) FILTER (WHERE price > 1) OVER (ORDER BY id) AS l FROM orders")))
        .containsExactly(
            "tables/t.sql:2:2 LEAT-2002 FILTER goes with aggregates, and LAG is none. Filter the"
                + " rows in a sub-query, or put a CASE into LAG.");
  }

  private static CompiledProject compile(TableDefinition... tables) {
    return new ProjectCompiler(List.of(tables), SOURCES, Set.of("broken")).attempt().whole();
  }

  private static List<String> problems(TableDefinition... tables) {
    LeatException thrown = catchThrowableOfType(LeatException.class, () -> compile(tables));
    List<String> problems = new ArrayList<>();
    thrown.problems().forEach(p -> problems.add(p.toString()));
    return problems;
  }
}
