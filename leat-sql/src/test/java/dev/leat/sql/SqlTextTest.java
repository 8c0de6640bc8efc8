package dev.leat.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
  private static final String WORDS =
      "day date time timestamp year month value count position user at hour minute second week"
          + " quarter rank row rows start end type name key range sum min max avg interval status"
          + " level language method result text source target session zone percent period ref offset"
          + " limit first last next current default minus datetime pattern ordinal date_part";

  private static final List<String> PLACES =
      List.of(
          "SELECT %s FROM t",
          "SELECT a, %s, b FROM t",
          "SELECT t.%s FROM t",
          "SELECT a AS %s FROM t",
          "SELECT a FROM t GROUP BY %s",
          "SELECT a FROM t GROUP BY a, %s HAVING a > 1",
          "SELECT a FROM t ORDER BY %s DESC NULLS LAST",
          "SELECT a FROM t WHERE %s = 1",
          "SELECT a FROM t WHERE a > %s AND b < 1",
          "SELECT a FROM t WHERE %s IS NOT NULL OR %s BETWEEN 1 AND 2",
          "SELECT SUM(%s) FROM t",
          "SELECT SUM(a * %s) OVER (PARTITION BY %s ORDER BY %s DESC) FROM t",
          "SELECT CASE WHEN %s > 1 THEN %s ELSE %s END FROM t",
          "SELECT CAST(%s AS VARCHAR) FROM t",
          "SELECT %s + 1 AS x FROM t",
          "SELECT a FROM t JOIN s USING (%s)",
          "SELECT a FROM t JOIN s ON t.%s = s.%s",
          "WITH %s AS (SELECT a FROM t) SELECT a FROM %s");

  private static final List<String> PLACES_BEFORE_AN_ALIAS =
      List.of(
          "SELECT %s x FROM t",
          "SELECT a, %s x, b FROM t",
          "SELECT x.a FROM %s x",
          "SELECT x.a FROM t JOIN %s x ON x.a = t.a",
          "SELECT x.a FROM t, %s x WHERE x.a = t.a",
          "SELECT x.a FROM %s x LEFT JOIN t USING (a)");

  @Test
  void namesThatAreWordsOfSqlNeedNoQuotes() {
    for (String place : PLACES) {
      for (String word : WORDS.split(" ")) {
        String sql = place.replace("%s", word);
        assertThat(identifiers(sql)).as(sql).contains(word);
      }
    }
  }

  @Test
  void anAliasMayFollowThemWithoutAs() {
    for (String place : PLACES_BEFORE_AN_ALIAS) {
      for (String word : "day date time timestamp datetime user row rows range next".split(" ")) {
        String sql = place.replace("%s", word);
        assertThat(identifiers(sql)).as(sql).contains(word, "x");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT DATE '2020-01-01', TIMESTAMP '2020-01-01 00:00:00', INTERVAL '1' DAY FROM t",
        "SELECT CAST(a AS DATE), TRY_CAST(a AS TIMESTAMP), a::date, a::timestamp FROM t",
        "SELECT EXTRACT(DAY FROM a), FLOOR(a TO HOUR), TIMESTAMPDIFF(MONTH, a, b) FROM t",
        "SELECT SUM(a) OVER (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t",
        "SELECT SUM(a) OVER (ROWS UNBOUNDED PRECEDING) FROM t",
        "SELECT SUM(a) OVER (ORDER BY b RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM t",
        "SELECT a FROM t ORDER BY a LIMIT 3 OFFSET 2",
        "SELECT a FROM t OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY",
        "SELECT a FROM t LEFT JOIN s ON t.a = s.a RIGHT JOIN r ON r.a = t.a CROSS JOIN q",
        "SELECT a FROM t UNION SELECT a FROM s EXCEPT SELECT a FROM r",
        "SELECT a FROM t MINUS SELECT a FROM s",
        "SELECT * FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(a), INTERVAL '1' MINUTE))",
        "SELECT * FROM (VALUES (1, 2), (3, 4)) AS v(a, b)",
        "SELECT a -- date\n FROM t /* rows */ WHERE a = ';' AND b = 'user';",
        "SELECT LEFT(a, 1), RIGHT(a, 2) FROM t",
        "WITH x AS (SELECT a FROM t) SELECT a FROM x GROUP BY ROLLUP(a)"
      })
  void wordsOfSqlStayWhatTheyAre(String sql) {
    assertThat(identifiers(sql))
        .as(sql)
        .doesNotContain("DATE", "date", "rows", "ROWS", "INTERVAL", "user", "TABLE", "VALUES");
  }

  @Test
  void placesAreThoseOfTheOriginal() {
    SqlText text = SqlText.of("SELECT date, rows\nFROM t WHERE user = x");
    int x = text.parseable().split("\n")[1].indexOf("x") + 1;
    assertThat(text.originalColumn(2, x)).isEqualTo("FROM t WHERE user = x".indexOf("x") + 1);
    assertThat(text.originalColumn(1, 8)).isEqualTo(8);
  }

  private static Set<String> identifiers(String sql) {
    SqlNode parsed = new SqlFrontend(Fixtures.CATALOG, sql, "test").parse();
    Set<String> names = new HashSet<>();
    parsed.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          @SuppressWarnings("NullAway") // Calcite's visitors give null for nothing
          public Void visit(SqlIdentifier id) {
            names.addAll(id.names);
            return null;
          }
        });
    return names;
  }
}
