package dev.leat.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.engine.Circuit;
import dev.leat.model.Column;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import dev.leat.sql.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  /** A median is told when all rows are in: until then its groups are noted. */
  @Test
  void whatIsNotedOfGroupsOfALargeStepIsLetGo() {
    Plan.AggregateCall median =
        new Plan.AggregateCall(
            Plan.AggregateFunction.MEDIAN, false, List.of(1), Optional.empty(), Type.DOUBLE);
    Schema medians = Schema.of(Story.KV.column(0), Column.optional("m", Type.DOUBLE));
    Plan plan = new Plan.Aggregate(Story.L, List.of(0), List.of(median), medians);
    Circuit atOnce = new MaintenanceEngine().open(plan);
    atOnce.step(Map.of("l", numbered(1)));
    Circuit inSteps = new MaintenanceEngine().open(plan);
    Batch rows = numbered(1);
    for (int from = 0; from < rows.size(); from += 1000) {
      inSteps.step(Map.of("l", Parts.from(from, 1000, rows)));
    }
    assertThat(atOnce.report().getLast().keys()).isEqualTo(40_000);
    assertThat(atOnce.report().getLast().bytes())
        .isLessThan(inSteps.report().getLast().bytes() + 1_000_000);
  }

  /** All windows of all rows at once would be 3 GB. */
  @Test
  void rowsInManyWindowsAreTakenAFewAtATime() {
    Schema texts = Schema.of(Story.KV.column(0), Column.optional("text", Type.VARCHAR));
    List<Map.Entry<List<Object>, Long>> rows = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      rows.add(Map.entry(Story.row(i, "x".repeat(1000)), 1L));
    }
    List<Column> columns = new ArrayList<>(texts.columns());
    columns.add(Column.required("window_start", Type.TIMESTAMP));
    columns.add(Column.required("window_end", Type.TIMESTAMP));
    Plan windows = new Plan.Hop(new Plan.Scan("l", texts), 0, 1, 999, 0, new Schema(columns));
    Plan.AggregateCall count =
        new Plan.AggregateCall(
            Plan.AggregateFunction.COUNT, false, List.of(), Optional.empty(), Type.BIGINT);
    Schema counted = Schema.of(columns.get(2), Column.required("n", Type.BIGINT));
    Plan plan = new Plan.Aggregate(windows, List.of(2), List.of(count), counted);
    Circuit filled = new MaintenanceEngine().open(plan);
    filled.start();
    filled.fill("l", Bag.batch(texts, rows));
    filled.filled();
    Bag live = new Bag();
    live.addAll(new MaintenanceEngine().open(plan).step(Map.of("l", Bag.batch(texts, rows))));
    assertThat(live.rows()).hasSize(3_998).containsEntry(Story.row(0, 999), 1L);
    assertThat(filled.report().getLast().keys()).isEqualTo(3_998);
  }

  @Test
  void aLiteralKeepsNoColumnOfTheSizeOfALargeBatch() {
    Constant one = new Constant(Expr.Literal.of(1, Type.BIGINT));
    assertThat(one.ofSize(ROWS).size()).isEqualTo(ROWS);
    assertThat(((LongVector) one.ofSize(1)).values().length).isLessThanOrEqualTo(Parts.ROWS);
  }

  /** {@code 10 / x}, which fails for 0. */
  private static Expr tenBy(Expr x) {
    return new Expr.Call(
        Function.DIVIDE, List.of(Expr.Literal.of(10, Type.BIGINT), x), Type.BIGINT, true);
  }

  private static Plan.Project share(Plan input, Expr x) {
    return new Plan.Project(
        input, List.of(tenBy(x)), Schema.of(Column.optional("share", Type.BIGINT)));
  }

  private static Plan sums() {
    return new Plan.Aggregate(
        Story.L,
        List.of(0),
        List.of(
            new Plan.AggregateCall(
                Plan.AggregateFunction.SUM, false, List.of(1), Optional.empty(), Type.BIGINT)),
        Story.KV);
  }

  /** So many rows that they are taken in parts, of as many keys. */
  private static Batch numbered(long second) {
    List<Map.Entry<List<Object>, Long>> rows = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      rows.add(Map.entry(Story.row(i, second), 1L));
    }
    return Bag.batch(Story.KV, rows);
  }

  /** The first key has 0 in the first part, and the second value only in the last. */
  private static Batch zeroAtFirst(Object second) {
    List<Map.Entry<List<Object>, Long>> rows = new ArrayList<>();
    rows.add(Map.entry(Story.row(0, 0), 1L));
    for (int i = 1; i < 40_000; i++) {
      rows.add(Map.entry(Story.row(i, 2), 1L));
    }
    rows.add(Map.entry(Story.row(0, second), 1L));
    return Bag.batch(Story.KV, rows);
  }

  @Test
  void aRatioIsAskedOfTheSumsAtTheEndOfALargeStep() {
    Expr sum = new Expr.ColumnRef(1, Type.BIGINT, true);
    Circuit circuit = new MaintenanceEngine().open(share(sums(), sum));
    Bag live = new Bag();
    live.addAll(circuit.step(Map.of("l", zeroAtFirst(5))));
    assertThat(live.rows()).isEqualTo(Map.of(Story.row(2), 1L, Story.row(5), 39_999L));
  }

  @Test
  void soIsACondition() {
    Expr sum = new Expr.ColumnRef(1, Type.BIGINT, true);
    Expr small =
        new Expr.Call(
            Function.LT, List.of(tenBy(sum), Expr.Literal.of(5, Type.BIGINT)), Type.BOOLEAN, true);
    Circuit circuit = new MaintenanceEngine().open(new Plan.Filter(sums(), small));
    Bag live = new Bag();
    live.addAll(circuit.step(Map.of("l", zeroAtFirst(5))));
    assertThat(live.rows()).isEqualTo(Map.of(Story.row(0, 5), 1L));
  }

  @Test
  void aSumThatIsZeroInTheEndFails() {
    Expr sum = new Expr.ColumnRef(1, Type.BIGINT, true);
    Circuit circuit = new MaintenanceEngine().open(share(sums(), sum));
    assertThatThrownBy(() -> circuit.step(Map.of("l", zeroAtFirst(0))))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("LEAT-6002");
  }

  @Test
  void norIsARatioAskedOfACountBeforeThereAreRows() {
    Plan.AggregateCall count =
        new Plan.AggregateCall(
            Plan.AggregateFunction.COUNT, false, List.of(), Optional.empty(), Type.BIGINT);
    Schema counted = Schema.of(Column.required("n", Type.BIGINT));
    Plan all = new Plan.Aggregate(Story.L, List.of(), List.of(count), counted);
    Circuit circuit =
        new MaintenanceEngine().open(share(all, new Expr.ColumnRef(0, Type.BIGINT, false)));
    Batch one = Bag.batch(Story.KV, List.of(Map.entry(Story.row(1, 1), 1L)));
    assertThat(circuit.start().size()).isZero();
    circuit.fill("l", one);
    circuit.filled();
    Bag change = new Bag();
    change.addAll(circuit.step(Map.of("l", one)));
    assertThat(change.rows()).isEqualTo(Map.of(Story.row(10), -1L, Story.row(5), 1L));
  }

  /** Until the right is there, no row of the left has found one. */
  @Test
  void norIsARatioAskedOfWhatIsOnlyThereWhileStateIsBroughtBack() {
    List<Column> columns = new ArrayList<>(Story.KV.columns());
    columns.addAll(Story.KV.columns());
    Plan join =
        new Plan.Join(
            Plan.JoinKind.LEFT,
            Story.L,
            Story.R,
            List.of(0),
            List.of(0),
            Optional.empty(),
            new Schema(columns));
    Expr found =
        new Expr.Call(
            Function.COALESCE,
            List.of(new Expr.ColumnRef(3, Type.BIGINT, true), Expr.Literal.of(0, Type.BIGINT)),
            Type.BIGINT,
            false);
    Circuit circuit = new MaintenanceEngine().open(share(join, found));
    circuit.start();
    circuit.fill("l", numbered(1));
    circuit.fill("r", numbered(2));
    circuit.filled();
    Batch more = Bag.batch(Story.KV, List.of(Map.entry(Story.row(7, 10), 1L)));
    Bag change = new Bag();
    change.addAll(circuit.step(Map.of("r", more)));
    assertThat(change.rows()).isEqualTo(Map.of(Story.row(1), 1L));
  }
}
