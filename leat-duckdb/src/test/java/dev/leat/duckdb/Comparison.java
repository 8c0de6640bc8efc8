package dev.leat.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Column;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.runtime.Evaluator;
import dev.leat.runtime.Evaluators;
import dev.leat.sql.DuckDbExpressions;
import dev.leat.sql.Expr;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One expression over the same rows, by evaluator and by DuckDB: the same values and errors. */
final class Comparison {
  private static final int MOST_ROWS = 700;

  private Comparison() {}

  /** Returns how many rows gave a value, so that a test can see that it tested something. */
  static int check(Session session, String what, Expr expr, Batch rows) {
    assertThat(Evaluators.refusal(expr)).as(what).isEmpty();
    Evaluator evaluator = Evaluators.of(expr);
    List<Integer> good = new ArrayList<>();
    List<Integer> bad = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      try {
        Vector value = evaluator.evaluate(rows.gather(new int[] {i}, 1));
        expected.add(shown(value, 0));
        good.add(i);
      } catch (LeatException e) {
        errors.add(e.problems().getFirst().toString());
        bad.add(i);
      }
    }
    checkTogether(what, evaluator, gathered(rows, good), expected);
    String sql = DuckDbExpressions.print(expr, i -> "c" + i);
    List<String> problems = new ArrayList<>();
    values(session, sql, expr.type(), gathered(rows, good), expected, problems);
    failures(session, sql, gathered(rows, bad), errors, problems);
    assertThat(problems).as(what + "  " + sql).isEmpty();
    return good.size();
  }

  /** All rows at once give what each gives alone. */
  private static void checkTogether(
      String what, Evaluator evaluator, Batch rows, List<String> expected) {
    Vector together = evaluator.evaluate(rows);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      values.add(shown(together, i));
    }
    assertThat(values).as(what + ", whole columns").isEqualTo(expected);
  }

  private static Batch gathered(Batch rows, List<Integer> which) {
    return rows.gather(which.stream().mapToInt(i -> i).toArray(), which.size());
  }

  private static void values(
      Session session,
      String sql,
      Type type,
      Batch rows,
      List<String> expected,
      List<String> problems) {
    session.load("t", rows.schema(), List.of(rows));
    Schema schema = Schema.of(Column.optional("v", type));
    List<String> values = new ArrayList<>();
    try (Answer answer = session.query("SELECT " + sql + " AS v FROM t", schema)) {
      while (answer.hasNext()) {
        Batch batch = answer.next();
        for (int i = 0; i < batch.size(); i++) {
          values.add(shown(batch.column(0), i));
        }
      }
    } catch (LeatException e) {
      problems.add("DuckDB fails: " + e.problems().getFirst());
      return;
    }
    for (int i = 0; i < expected.size() && problems.size() < 8; i++) {
      if (!values.get(i).equals(expected.get(i))) {
        problems.add(row(rows, i) + ": Java " + expected.get(i) + ", DuckDB " + values.get(i));
      }
    }
  }

  private static void failures(
      Session session, String sql, Batch rows, List<String> errors, List<String> problems) {
    if (rows.isEmpty()) {
      return;
    }
    for (int i = 0; i < rows.size() && problems.size() < 8; i++) {
      if (i > 20 && i % 17 != 0) {
        continue;
      }
      session.load("t", rows.schema(), List.of(rows.gather(new int[] {i}, 1)));
      try (Answer answer = session.query("SELECT " + sql + " AS v FROM t")) {
        String value = shown(answer.next().column(0), 0);
        problems.add(row(rows, i) + ": Java fails (" + errors.get(i) + "), DuckDB " + value);
      } catch (LeatException _) {
        // as it should
      }
    }
  }

  private static String row(Batch rows, int row) {
    List<String> values = new ArrayList<>();
    for (Vector column : rows.columns()) {
      values.add(shown(column, row));
    }
    return values.toString();
  }

  private static String shown(Vector vector, int row) {
    boolean missing = vector.isNull(row);
    String value =
        switch (vector) {
          case LongVector v -> Long.toString(v.values()[row]);
          case DoubleVector v -> Double.toString(v.values()[row]);
          case BytesVector v ->
              v.string(row)
                  + " x"
                  + HexFormat.of().formatHex(v.data(), v.start(row), v.start(row) + v.length(row));
        };
    return missing ? "NULL" : value;
  }

  /** Every combination of the values of the columns, or a regular sample of them. */
  static Batch grid(List<Type> types, List<List<Object>> values) {
    return grid(types, values, MOST_ROWS);
  }

  static Batch grid(List<Type> types, List<List<Object>> values, int mostRows) {
    List<Column> columns = new ArrayList<>();
    long all = 1;
    for (int i = 0; i < types.size(); i++) {
      columns.add(Column.optional("c" + i, types.get(i)));
      all *= values.get(i).size();
    }
    BatchBuilder builder = new BatchBuilder(new Schema(columns));
    long step = Math.max(1, all / mostRows);
    step += step > 1 && step % 2 == 0 ? 1 : 0;
    for (long n = 0; n < all; n += step) {
      Object[] row = new Object[types.size()];
      long rest = n;
      for (int i = 0; i < row.length; i++) {
        row[i] = values.get(i).get((int) (rest % values.get(i).size()));
        rest /= values.get(i).size();
      }
      builder.appendValues(1, row);
    }
    return builder.build();
  }
}
