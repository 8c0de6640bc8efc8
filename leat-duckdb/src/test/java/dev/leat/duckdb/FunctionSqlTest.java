package dev.leat.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.data.Vector;
import dev.leat.model.Column;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.runtime.Evaluators;
import dev.leat.sql.Catalog;
import dev.leat.sql.Compiler;
import dev.leat.sql.DuckDbExpressions;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import dev.leat.sql.Plan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From SQL text to a value: what the grammar makes of each way to write a function. */
class FunctionSqlTest {
  private static final Schema SCHEMA =
      Schema.of(
          Column.optional("b", Type.BOOLEAN),
          Column.optional("i", Type.INTEGER),
          Column.optional("l", Type.BIGINT),
          Column.optional("n", Type.decimal(10, 2)),
          Column.optional("m", Type.decimal(18, 6)),
          Column.optional("x", Type.DOUBLE),
          Column.optional("s", Type.VARCHAR),
          Column.optional("d", Type.DATE),
          Column.optional("t", Type.TIMESTAMP));

  private static DuckDb duckDb;
  private static Session session;

  @BeforeAll
  static void open() {
    duckDb = DuckDb.open(DuckDb.Settings.reading().withThreads(1));
    session = duckDb.session();
    session.load("t", SCHEMA, List.of(row()));
  }

  @AfterAll
  static void close() {
    session.close();
    duckDb.close();
  }

  /** TRUE, 7, -3, 12.50, 0.125000, 2.5, 'Héllo', 2024-02-29, 2024-02-29 13:05:09.5. */
  private static Batch row() {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    long day = 19782;
    long time = day * 86_400_000_000L + 47_109_500_000L;
    builder.appendValues(1, true, 7, -3L, 1250L, 125000L, 2.5, "Héllo", day, time);
    return builder.build();
  }

  private static Plan.Project compiled(String sql) {
    Compiler compiler = new Compiler(Catalog.of(Map.of("t", SCHEMA)));
    Plan plan = compiler.compileQuery("SELECT " + sql + " AS v FROM t").plan();
    return (Plan.Project) plan;
  }

  /** The value of an expression as text, which both engines must agree about. */
  private static String value(String sql) {
    Plan.Project project = compiled(sql);
    Expr asText = new Expr.Cast(project.expressions().getFirst(), Type.VARCHAR, true, false);
    Expr expr =
        project.expressions().getFirst().type() instanceof Type.Varchar
            ? project.expressions().getFirst()
            : asText;
    List<Column> columns = project.input().schema().columns();
    String printed = DuckDbExpressions.print(expr, i -> columns.get(i).name());
    Batch input = project(columns);
    String java = text(Evaluators.of(expr).evaluate(input));
    try (Answer answer = session.query("SELECT " + printed + " AS v FROM t")) {
      assertThat(text(answer.next().column(0))).as(printed).isEqualTo(java);
    }
    return java;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAKE_DATE(i * 0, 1, 1)",
        "MAKE_DATE(l, 1, 1)",
        "MAKE_DATE(i + 9993, 1, 1)",
        "MAKE_DATE(10000, 1, 1)",
        "MAKE_TIMESTAMP(i + 9993, 1, 1, 0, 0, 0)",
        "ADD_MONTHS(d, i + 2000000000)",
        "ADD_DAYS(d, l + 2147483647)",
        "CAST(ADD_DAYS(d, l + 200000000) AS TIMESTAMP)",
        "CAST(ADD_DAYS(d, l - 200000000) AS TIMESTAMP)",
        "DATE_TRUNC('month', ADD_DAYS(d, l + 200000000))",
        "s LIKE 'x' || s || '!' ESCAPE '!'",
        "i > 7 OR s ILIKE s || 'X' ESCAPE 'x'"
      })
  void isAnErrorToBoth(String sql) {
    Plan.Project project = compiled(sql);
    Expr expr = project.expressions().getFirst();
    List<Column> columns = project.input().schema().columns();
    assertThatThrownBy(() -> Evaluators.of(expr).evaluate(project(columns)))
        .isInstanceOf(LeatException.class);
    String printed = DuckDbExpressions.print(expr, i -> columns.get(i).name());
    assertThatThrownBy(
            () -> {
              try (Answer answer = session.query("SELECT " + printed + " AS v FROM t")) {
                answer.next();
              }
            })
        .isInstanceOf(LeatException.class);
  }

  private static Batch project(List<Column> columns) {
    Batch row = row();
    List<Vector> vectors =
        columns.stream().map(c -> row.column(SCHEMA.columns().indexOf(c))).toList();
    return new Batch(new Schema(columns), vectors, new long[] {1}, 1, true);
  }

  private static String text(Vector vector) {
    return vector.isNull(0) ? "NULL" : ((BytesVector) vector).string(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "i + l ~ 4",
        "i / 2 ~ 3",
        "l % 2 ~ -1",
        "MOD(i, 4) ~ 3",
        "-i ~ -7",
        "n * 2 ~ 25.00",
        "x * n ~ 31.25",
        "i IN (1, 7, 9) ~ true",
        "i NOT IN (1, 7) ~ false",
        "i BETWEEN 1 AND 7 ~ true",
        "s = 'Héllo ' ~ false",
        "s || '-' || i ~ Héllo-7",
        "s LIKE 'H_llo' ~ true",
        "s NOT LIKE '%z' ~ true",
        "s ILIKE 'h%' ~ true",
        "REPLACE(s, 'é', '%') ILIKE 'HX%L%' ESCAPE 'X' ~ true",
        "CASE WHEN i > 5 THEN 'big' ELSE 'no' END ~ big",
        "CASE i WHEN 7 THEN 1.5 ELSE 2 END ~ 1.5",
        "IF(i > 5, 'y', 'n') ~ y",
        "COALESCE(NULLIF(i, 7), l) ~ -3",
        "CAST(x AS INTEGER) ~ 2",
        "CAST('12' AS INTEGER) + 1 ~ 13",
        "TRY_CAST(s AS DATE) ~ NULL",
        "TRY_CAST(ADD_DAYS(d, i + 200000000) AS TIMESTAMP) ~ NULL",
        "CAST(ADD_DAYS(DATE '2000-01-01', 106741034 + i - 7) AS TIMESTAMP) ~ 294247-01-10 00:00:00",
        "SUBSTRING(s FROM 2 FOR 3) ~ éll",
        "SUBSTRING(s, 2) ~ éllo",
        "SUBSTRING(s, l - 2000000000, 3000000000) ~ Héllo",
        "SUBSTRING(s, l, 6) ~ Hé",
        "TRIM('  a ') ~ a",
        "TRIM(LEADING 'H' FROM s) ~ éllo",
        "POSITION('l' IN s) ~ 3",
        "CHAR_LENGTH(s) ~ 5",
        "UPPER(s) ~ HÉLLO",
        "EXTRACT(YEAR FROM t) ~ 2024",
        "EXTRACT(DOW FROM d) ~ 5",
        "YEAR(d) ~ 2024",
        "DATE_TRUNC('month', t) ~ 2024-02-01 00:00:00",
        "FLOOR(t TO HOUR) ~ 2024-02-29 13:00:00",
        "FLOOR(x) ~ 2.0",
        "CEIL(n) ~ 13.00",
        "ROUND(m, 2) ~ 0.130000",
        "d + INTERVAL '1' YEAR ~ 2025-02-28",
        "d + INTERVAL '1' DAY ~ 2024-03-01",
        "t - INTERVAL '90' MINUTE ~ 2024-02-29 11:35:09.5",
        "t + i * INTERVAL '1' SECOND ~ 2024-02-29 13:05:16.5",
        "TIMESTAMPADD(MONTH, 1, t) ~ 2024-03-29 13:05:09.5",
        "TIMESTAMPDIFF(DAY, TIMESTAMP '2024-02-01 14:00:00', t) ~ 27",
        "DATE_DIFF('day', DATE '2024-02-01', d) ~ 28",
        "t > TIMESTAMP '2024-02-29 13:05:09.499999' ~ true",
        "d = DATE '2024-02-29' ~ true",
        "GREATEST(i, l, 100) ~ 100",
        "POWER(2, 10) ~ 1024.0",
        "REGEXP_REPLACE(s, '(l+)', '<\\1>') ~ Hé<ll>o",
        "REGEXP_LIKE(s, '(?:é|\\\\p)[lL](l)\\w') ~ true",
        "JSON_VALUE('{\"a\":[1,\"z\"]}', '$.a[1]') ~ z",
        "JSON_EXISTS('{\"a\":1}', '$.b') ~ false",
        "b IS NOT TRUE ~ false",
        "b AND NULL ~ NULL",
        "i IS DISTINCT FROM NULL ~ true"
      })
  void isWorth(String sql, String expected) {
    assertThat(value(sql)).isEqualTo(expected);
  }

  /** Each function under its names, with the arguments of the equality test. */
  @ParameterizedTest
  @EnumSource(Function.class)
  void canBeCalled(Function function) {
    function
        .signature()
        .ifPresent(signature -> {
          for (FunctionCases.Case each : FunctionCases.of(function)) {
            if (function == Function.COALESCE && each.arguments().size() == 1) {
              continue; // is its argument
            }
            String arguments =
                each.arguments().stream()
                    .map(FunctionSqlTest::written)
                    .collect(Collectors.joining(", ", "(", ")"));
            Expr expr = compiled(signature.name() + arguments).expressions().getFirst();
            assertThat(expr)
                .as(each.toString())
                .isInstanceOfSatisfying(
                    Expr.Call.class, call -> assertThat(call.function()).isEqualTo(function));
            assertThat(expr.type()).as(each.toString()).isEqualTo(each.result());
          }
        });
  }

  private static String written(FunctionCases.Argument argument) {
    return switch (argument) {
      case FunctionCases.Argument.Of(Type type) ->
          SCHEMA.columns().stream()
              .filter(c -> c.type().equals(type))
              .map(Column::name)
              .findFirst()
              .orElseThrow();
      case FunctionCases.Argument.Constant(Expr.Literal literal) ->
          literal.value().orElseThrow() instanceof String text
              ? "'" + text.replace("'", "''") + "'"
              : literal.value().orElseThrow().toString();
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATE_TRUNC('moon', t)",
        "DATE_TRUNC(s, t)",
        "REGEXP_LIKE(s, '(')",
        "REGEXP_LIKE(s, s)",
        "REGEXP_LIKE(s, 'a\\p{Lu}')",
        "REGEXP_REPLACE(s, '[\\PL]', 'x')",
        "REGEXP_LIKE(s, '\\B')",
        "REGEXP_EXTRACT(s, '(?<name>a)')",
        "REGEXP_LIKE(s, 'a(?:)')",
        "REGEXP_LIKE(s, '\\é')",
        "JSON_VALUE(s, 'a')",
        "s LIKE 'a!' ESCAPE '!'",
        "s NOT ILIKE 'aX' ESCAPE 'x'",
        "UPER(s)",
        "d + s + b",
        "t - d"
      })
  void isRefusedWithAnExplanation(String sql) {
    assertThatThrownBy(() -> compiled(sql))
        .isInstanceOf(LeatException.class)
        .message()
        .contains("LEAT-2");
  }
}
