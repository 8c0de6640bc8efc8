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
import dev.leat.sql.Plan.JoinKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinStoriesTest {

  private static Plan join(JoinKind kind, List<Integer> keys, Optional<Expr> residual) {
    List<Column> columns = new ArrayList<>(Story.KV.columns());
    if (kind != JoinKind.SEMI && kind != JoinKind.ANTI) {
      columns.addAll(Story.KV.columns());
    }
    return new Plan.Join(kind, Story.L, Story.R, keys, keys, residual, new Schema(columns));
  }

  private static Story story(JoinKind kind) {
    return Story.of(join(kind, List.of(0), Optional.empty()));
  }

  private static Expr leftSmaller() {
    return new Expr.Call(
        Function.LT,
        List.of(new Expr.ColumnRef(1, Type.BIGINT, true), new Expr.ColumnRef(3, Type.BIGINT, true)),
        Type.BOOLEAN,
        true);
  }

  @Test
  void bothSidesOfAnInnerJoinInOneStepAreNotCountedTwice() {
    story(JoinKind.INNER)
        .left(plus(1, 10))
        .right(plus(1, 20))
        .gives(plus(1, 10, 1, 20))
        .left(plus(1, 11), minus(1, 10))
        .right(plus(1, 21), minus(1, 20))
        .gives(minus(1, 10, 1, 20), plus(1, 11, 1, 21));
  }

  @Test
  void nullKeysDoNotMatchButOuterRowsStay() {
    story(JoinKind.INNER).left(plus(NULL, 1)).right(plus(NULL, 2)).gives();
    story(JoinKind.FULL)
        .left(plus(NULL, 1))
        .right(plus(NULL, 2))
        .gives(plus(NULL, 1, NULL, NULL), plus(NULL, NULL, NULL, 2))
        .left(minus(NULL, 1))
        .gives(minus(NULL, 1, NULL, NULL));
  }

  @Test
  void theNullRowOfALeftJoinIsTakenBackAndRestored() {
    story(JoinKind.LEFT)
        .left(plus(1, 10))
        .gives(plus(1, 10, NULL, NULL))
        .right(plus(1, 20))
        .gives(minus(1, 10, NULL, NULL), plus(1, 10, 1, 20))
        .right(plus(1, 21))
        .gives(plus(1, 10, 1, 21))
        .right(minus(1, 20), minus(1, 21))
        .gives(minus(1, 10, 1, 20), minus(1, 10, 1, 21), plus(1, 10, NULL, NULL));
  }

  @Test
  void aResidualDecidesWhetherALeftRowHasAMatch() {
    Story.of(join(JoinKind.LEFT, List.of(0), Optional.of(leftSmaller())))
        .left(plus(1, 10))
        .right(plus(1, 5))
        .gives(plus(1, 10, NULL, NULL))
        .right(plus(1, 20))
        .gives(minus(1, 10, NULL, NULL), plus(1, 10, 1, 20))
        .right(minus(1, 20))
        .gives(minus(1, 10, 1, 20), plus(1, 10, NULL, NULL));
  }

  /** {@code l.v / r.v > 1} */
  private static Optional<Expr> severalTimes() {
    Expr quotient =
        new Expr.Call(
            Function.DIVIDE,
            List.of(
                new Expr.ColumnRef(1, Type.BIGINT, true), new Expr.ColumnRef(3, Type.BIGINT, true)),
            Type.BIGINT,
            true);
    Expr one = Expr.Literal.of(1, Type.BIGINT);
    return Optional.of(new Expr.Call(Function.GT, List.of(quotient, one), Type.BOOLEAN, true));
  }

  @Test
  void aConditionIsNotAskedOfARowThatGoesInTheStep() {
    for (JoinKind kind : List.of(JoinKind.INNER, JoinKind.LEFT)) {
      Story.of(join(kind, List.of(0), severalTimes()))
          .right(plus(1, 0))
          .gives()
          .left(plus(1, 10))
          .right(minus(1, 0), plus(1, 2))
          .gives(plus(1, 10, 1, 2));
    }
  }

  @Test
  void aConditionThatFailsForRowsThatStayIsAnError() {
    Story story = Story.of(join(JoinKind.INNER, List.of(0), severalTimes())).right(plus(1, 0));
    story.gives();
    assertThatThrownBy(() -> story.left(plus(1, 10)).gives())
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("LEAT-6002");
  }

  /** The step is taken in parts: both rows are there after the first, one after the last. */
  @Test
  void norOfARowThatGoesInALargeStep() {
    Story.Weighted[] rows = new Story.Weighted[40_000];
    Arrays.setAll(rows, i -> plus(2 + i, 2));
    rows[rows.length - 1] = minus(1, 0);
    Story.of(join(JoinKind.INNER, List.of(0), severalTimes()))
        .right(plus(1, 0))
        .gives()
        .left(plus(1, 10))
        .right(rows)
        .gives();
  }

  @Test
  void semiGivesARowOnceHoweverManyMatch() {
    story(JoinKind.SEMI)
        .left(plus(1, 10))
        .right(plus(1, 1), plus(1, 2))
        .gives(plus(1, 10))
        .right(minus(1, 1))
        .gives()
        .right(minus(1, 2))
        .gives(minus(1, 10));
  }

  @Test
  void antiIsWhatSemiLeaves() {
    story(JoinKind.ANTI)
        .left(plus(1, 10), plus(2, 10), plus(NULL, 10))
        .right(plus(1, 1))
        .gives(plus(2, 10), plus(NULL, 10))
        .right(plus(2, 1), minus(1, 1))
        .gives(minus(2, 10), plus(1, 10));
  }

  @Test
  void aCrossJoinWithASingleRowFollowsIt() {
    Plan total =
        new Plan.Aggregate(
            Story.R,
            List.of(),
            List.of(
                new Plan.AggregateCall(
                    Plan.AggregateFunction.SUM, false, List.of(1), Optional.empty(), Type.BIGINT)),
            Schema.of(Column.optional("total", Type.BIGINT)));
    List<Column> columns = new ArrayList<>(Story.KV.columns());
    columns.add(Column.optional("total", Type.BIGINT));
    Story.of(
            new Plan.Join(
                JoinKind.INNER,
                Story.L,
                total,
                List.of(),
                List.of(),
                Optional.empty(),
                new Schema(columns)))
        .starts()
        .left(plus(1, 1))
        .gives(plus(1, 1, NULL))
        .right(plus(7, 5))
        .left(plus(2, 2))
        .gives(minus(1, 1, NULL), plus(1, 1, 5), plus(2, 2, 5));
  }
}
