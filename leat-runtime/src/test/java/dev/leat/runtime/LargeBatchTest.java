package dev.leat.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import dev.leat.sql.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What joins make of a step may be large. */
class LargeBatchTest {
  private static final int ROWS = 2_200_000;

  private static Batch rows(Vector second) {
    long[] numbers = new long[ROWS];
    Arrays.setAll(numbers, i -> i);
    long[] weights = new long[ROWS];
    Arrays.fill(weights, 1);
    Vector first = new LongVector(numbers, Vector.NO_NULLS, ROWS);
    return Batch.of(Story.KV, List.of(first, second), weights, ROWS);
  }

  private static LongVector onlyTheLast() {
    boolean[] nulls = new boolean[ROWS];
    Arrays.fill(nulls, 0, ROWS - 1, true);
    return new LongVector(new long[ROWS], nulls, ROWS);
  }

  /** A column of such a text for all rows would be 2 GB. */
  private static Expr longerThan(Expr column) {
    Expr text = new Expr.Literal(Optional.of("x".repeat(1000)), Type.VARCHAR);
    Expr length = new Expr.Call(Function.OCTET_LENGTH, List.of(text), Type.BIGINT, false);
    return new Expr.Call(Function.GT, List.of(length, column), Type.BOOLEAN, true);
  }

  @Test
  void aConditionWithATextIsWorkedOutInParts() {
    Expr first = new Expr.ColumnRef(0, Type.BIGINT, true);
    FilterOperator filter = new FilterOperator(new Plan.Filter(Story.L, longerThan(first)));
    Batch passing = filter.step(List.of(rows(onlyTheLast())));
    assertThat(passing.size()).isEqualTo(1000);
    assertThat(passing.longs(0).values()[999]).isEqualTo(999);
  }

  @Test
  void soIsAnExpression() {
    Expr first = new Expr.ColumnRef(0, Type.BIGINT, true);
    Schema schema = Schema.of(Story.KV.column(0), Column.optional("longer", Type.BOOLEAN));
    Plan.Project plan = new Plan.Project(Story.L, List.of(first, longerThan(first)), schema);
    Batch result = new ProjectOperator(plan).step(List.of(rows(onlyTheLast())));
    assertThat(result.size()).isEqualTo(ROWS);
    assertThat(result.longs(0).values()[ROWS - 1]).isEqualTo(ROWS - 1);
    assertThat(result.longs(1).values()[999]).isEqualTo(1);
    assertThat(result.longs(1).values()[1000]).isEqualTo(0);
  }

  /** The row with a time is the only one that is in windows, of which there are 999 a row. */
  @Test
  void rowsWithoutATimeTakeNoRoomForWindows() {
    List<Column> columns = new ArrayList<>(Story.KV.columns());
    columns.add(Column.required("window_start", Type.TIMESTAMP));
    columns.add(Column.required("window_end", Type.TIMESTAMP));
    Plan.Hop plan = new Plan.Hop(Story.L, 1, 1, 999, 0, new Schema(columns));
    Batch result = new HopOperator(plan).step(List.of(rows(onlyTheLast())));
    assertThat(result.size()).isEqualTo(999);
    assertThat(result.longs(2).values()[998]).isEqualTo(-998);
    assertThat(result.longs(3).values()[998]).isEqualTo(1);
  }

  @Test
  void aLiteralKeepsNoColumnOfTheSizeOfALargeBatch() {
    Constant one = new Constant(Expr.Literal.of(1, Type.BIGINT));
    assertThat(one.ofSize(ROWS).size()).isEqualTo(ROWS);
    assertThat(((LongVector) one.ofSize(1)).values().length).isLessThanOrEqualTo(Parts.ROWS);
  }
}
