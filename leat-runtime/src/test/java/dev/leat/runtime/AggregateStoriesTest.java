package dev.leat.runtime;

import static dev.leat.runtime.Bag.NULL;
import static dev.leat.runtime.Story.minus;
import static dev.leat.runtime.Story.plus;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.model.Column;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import dev.leat.sql.Plan;
import dev.leat.sql.Plan.AggregateCall;
import dev.leat.sql.Plan.AggregateFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AggregateStoriesTest {

  private static AggregateCall call(AggregateFunction function, Type type) {
    return new AggregateCall(function, false, List.of(1), Optional.empty(), type);
  }

  private static AggregateCall countRows() {
    return new AggregateCall(
        AggregateFunction.COUNT, false, List.of(), Optional.empty(), Type.BIGINT);
  }

  private static Plan group(List<Integer> keys, AggregateCall... calls) {
    List<Column> columns = new ArrayList<>();
    keys.forEach(k -> columns.add(Story.KV.column(k)));
    for (AggregateCall call : calls) {
      columns.add(Column.optional("a", call.type()));
    }
    return new Plan.Aggregate(Story.L, keys, List.of(calls), new Schema(columns));
  }

  @Test
  void aSumOfOnlyNullsIsNullNotZero() {
    Story.of(group(List.of(0), call(AggregateFunction.SUM, Type.BIGINT)))
        .left(plus(1, NULL))
        .gives(plus(1, NULL))
        .left(plus(1, 5))
        .gives(minus(1, NULL), plus(1, 5))
        .left(minus(1, 5))
        .gives(minus(1, 5), plus(1, NULL));
  }

  @Test
  void aGroupLivesWhileItHasRowsEvenIfItsSumIsZero() {
    Story.of(group(List.of(0), call(AggregateFunction.SUM, Type.BIGINT)))
        .left(plus(1, 5), plus(1, -5))
        .gives(plus(1, 0))
        .left(minus(1, 5), minus(1, -5))
        .gives(minus(1, 0));
  }

  @Test
  void nullIsAGroupOfItsOwn() {
    Story.of(group(List.of(0), countRows()))
        .left(plus(NULL, 1), plus(0, 1))
        .gives(plus(NULL, 1), plus(0, 1));
  }

  @Test
  void withoutKeysThereIsAlwaysARow() {
    Story.of(group(List.of(), countRows(), call(AggregateFunction.SUM, Type.BIGINT)))
        .starts(plus(0, NULL))
        .left(plus(1, 5))
        .gives(minus(0, NULL), plus(1, 5))
        .left(minus(1, 5))
        .gives(minus(1, 5), plus(0, NULL));
  }

  @Test
  void aRowThatDoesNotChangeIsNotTold() {
    Story.of(group(List.of(0), call(AggregateFunction.MAX, Type.BIGINT)))
        .left(plus(1, 5))
        .gives(plus(1, 5))
        .left(plus(1, 4))
        .gives()
        .left(minus(1, 5))
        .gives(minus(1, 5), plus(1, 4));
  }

  @Test
  void anExactAverageIsRoundedHalfAwayFromZero() {
    Story.of(group(List.of(), call(AggregateFunction.AVG, Type.decimal(18, 6))))
        .starts(plus(NULL))
        .left(plus(1, 2), plus(2, -3), plus(3, -1))
        .gives(minus(NULL), plus(-666_667));
  }

  @Test
  void theOneValueOfAGroupMayChangeButThereMayNotBeTwo() {
    Story story =
        Story.of(group(List.of(0), call(AggregateFunction.SINGLE_VALUE, Type.BIGINT)))
            .starts()
            .left(plus(1, 4), plus(2, NULL))
            .gives(plus(1, 4), plus(2, NULL))
            .left(plus(1, 3), minus(1, 4), minus(2, NULL))
            .gives(minus(1, 4), plus(1, 3), minus(2, NULL));
    assertThatThrownBy(() -> story.left(plus(1, NULL)).gives())
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("LEAT-6002");
  }

  /**
   * A step of so many rows is taken in parts; the new value is in the first, the old in the last.
   */
  @Test
  void theOneValueOfAGroupMayChangeInALargeStep() {
    Story story =
        Story.of(group(List.of(0), call(AggregateFunction.SINGLE_VALUE, Type.BIGINT)))
            .left(plus(-1, 4))
            .gives(plus(-1, 4));
    Story.Weighted[] rows = new Story.Weighted[40_000];
    Story.Weighted[] expected = new Story.Weighted[rows.length];
    Arrays.setAll(rows, i -> plus(i, i));
    Arrays.setAll(expected, i -> plus(i, i));
    rows[0] = plus(-1, 5);
    rows[rows.length - 1] = minus(-1, 4);
    expected[0] = plus(-1, 5);
    expected[rows.length - 1] = minus(-1, 4);
    story.left(rows).givesMany(expected);
  }

  @Test
  void aSumOfDoublesIsOwedWhatWasTakenAwayTooEarly() {
    Plan doubles =
        new Plan.Project(
            Story.L,
            List.of(
                new Expr.ColumnRef(0, Type.BIGINT, true),
                new Expr.Cast(new Expr.ColumnRef(1, Type.BIGINT, true), Type.DOUBLE, true, false)),
            Schema.of(Column.optional("k", Type.BIGINT), Column.optional("d", Type.DOUBLE)));
    Schema sums = Schema.of(Column.optional("k", Type.BIGINT), Column.optional("a", Type.DOUBLE));
    AggregateCall sum = call(AggregateFunction.SUM, Type.DOUBLE);
    Story.of(new Plan.Aggregate(doubles, List.of(0), List.of(sum), sums))
        .left(plus(1, 5))
        .gives(plus(1, 5.0))
        .left(minus(1, 7))
        .gives(minus(1, 5.0))
        .left(plus(1, 7))
        .gives(plus(1, 5.0))
        .left(minus(1, 5))
        .gives(minus(1, 5.0));
  }

  @Test
  void onlyAResultThatDoesNotFitIsAnError() {
    long most = Long.MAX_VALUE;
    Story story =
        Story.of(group(List.of(), call(AggregateFunction.SUM, Type.BIGINT)))
            .starts(plus(NULL))
            .left(plus(1, most), plus(2, most), plus(3, -most))
            .gives(minus(NULL), plus(most));
    assertThatThrownBy(() -> story.left(plus(4, 1)).gives())
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("LEAT-6002")
        .hasMessageContaining("BIGINT");
  }

  @Test
  void aRelationSaidNeverToLoseARowMayNot() {
    Story story =
        Story.appendOnly(group(List.of(0), call(AggregateFunction.MAX, Type.BIGINT)))
            .left(plus(1, 5))
            .gives(plus(1, 5));
    assertThatThrownBy(() -> story.left(minus(1, 5)).gives())
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("LEAT-6010");
  }

  /** As many as there are bits in a mask, and one of them twice. */
  @Test
  void thirtyTwoDistinctCountsOfOneColumnCountAValueOnce() {
    List<Expr> expressions = new ArrayList<>();
    List<Column> columns = new ArrayList<>(Story.KV.columns());
    expressions.add(new Expr.ColumnRef(0, Type.BIGINT, true));
    expressions.add(new Expr.ColumnRef(1, Type.BIGINT, true));
    List<AggregateCall> calls = new ArrayList<>();
    calls.add(distinctCount(Optional.empty()));
    calls.add(distinctCount(Optional.empty()));
    for (int i = 0; i < 31; i++) {
      Expr bound = Expr.Literal.of(i, Type.BIGINT);
      expressions.add(
          new Expr.Call(Function.GE, List.of(expressions.get(1), bound), Type.BOOLEAN, true));
      columns.add(Column.optional("f" + i, Type.BOOLEAN));
      calls.add(distinctCount(Optional.of(2 + i)));
    }
    Plan flagged = new Plan.Project(Story.L, expressions, new Schema(columns));
    List<Column> results = new ArrayList<>(List.of(Story.KV.column(0)));
    calls.forEach(c -> results.add(Column.optional("a", c.type())));
    Object[] one = new Object[1 + calls.size()];
    Object[] two = new Object[one.length];
    Arrays.fill(one, 1);
    Arrays.fill(two, 2);
    two[0] = 1;
    Story.appendOnly(new Plan.Aggregate(flagged, List.of(0), calls, new Schema(results)))
        .left(plus(1, 50))
        .gives(plus(one))
        .left(new Story.Weighted(2, Story.row(1, 50)))
        .gives()
        .left(plus(1, 51))
        .gives(minus(one), plus(two));
  }

  private static AggregateCall distinctCount(Optional<Integer> filter) {
    return new AggregateCall(AggregateFunction.COUNT, true, List.of(1), filter, Type.BIGINT);
  }

  @Test
  void theNextRowMovesUpWhenTheFirstGoes() {
    Plan.SortKey byValue = new Plan.SortKey(1, true, false);
    Plan top = new Plan.TopN(Story.L, List.of(0), List.of(byValue), 1, false, Story.KV);
    Story.of(top)
        .left(plus(1, 5), plus(1, 7), plus(1, 6))
        .gives(plus(1, 7))
        .left(minus(1, 7))
        .gives(minus(1, 7), plus(1, 6))
        .left(minus(1, 6), minus(1, 5))
        .gives(minus(1, 6));
  }

  @Test
  void numbersOfFirstRowsMoveDown() {
    Schema numbered =
        Schema.of(
            Story.KV.column(0), Story.KV.column(1), Column.required("row_number", Type.BIGINT));
    Plan.SortKey byValue = new Plan.SortKey(1, true, false);
    Story.of(new Plan.TopN(Story.L, List.of(0), List.of(byValue), 2, true, numbered))
        .left(plus(1, 5), plus(1, 5))
        .gives(plus(1, 5, 1), plus(1, 5, 2))
        .left(plus(1, 9))
        .gives(minus(1, 5, 1), plus(1, 9, 1));
  }
}
