package dev.leat.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.engine.Circuit;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.runtime.MaintenanceEngine;
import dev.leat.sql.DuckDbPrinter;
import dev.leat.sql.Plan;
import dev.leat.sql.Plan.AggregateCall;
import dev.leat.sql.Plan.AggregateFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every aggregate that is worked out from all values of a group means the same to the maintenance
 * runtime and to DuckDB: of a few values, of none, of one, of values far from zero, of every value
 * that engines disagree about.
 */
class AggregateEqualityTest {
  private static final double TOLERANCE = 1e-9;
  private static DuckDb duckDb;
  private static Session session;

  @BeforeAll
  static void open() {
    duckDb = DuckDb.open(DuckDb.Settings.reading().withThreads(1));
    session = duckDb.session();
  }

  @AfterAll
  static void close() {
    session.close();
    duckDb.close();
  }

  record Case(AggregateFunction function, boolean distinct, Type type) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Type type :
        List.of(Type.INTEGER, Type.BIGINT, Type.decimal(10, 2), Type.decimal(18, 6), Type.DOUBLE)) {
      for (AggregateFunction function :
          List.of(
              AggregateFunction.MEDIAN,
              AggregateFunction.VAR_POP,
              AggregateFunction.VAR_SAMP,
              AggregateFunction.STDDEV_POP,
              AggregateFunction.STDDEV_SAMP)) {
        cases.add(new Case(function, false, type));
        cases.add(new Case(function, true, type));
      }
    }
    for (Type type : List.of(Type.BIGINT, Type.DOUBLE, Type.VARCHAR, Type.DATE, Type.BOOLEAN)) {
      cases.add(new Case(AggregateFunction.ARG_MIN, false, type));
      cases.add(new Case(AggregateFunction.ARG_MAX, false, type));
    }
    cases.add(new Case(AggregateFunction.STRING_AGG, false, Type.VARCHAR));
    cases.add(new Case(AggregateFunction.STRING_AGG, true, Type.VARCHAR));
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void meansTheSame(Case each) {
    Schema schema =
        Schema.of(
            Column.required("g", Type.BIGINT),
            Column.optional("v", each.type()),
            Column.optional("by", Type.INTEGER));
    Batch rows = rows(schema, each.type());
    boolean by =
        each.function() == AggregateFunction.ARG_MIN
            || each.function() == AggregateFunction.ARG_MAX;
    Type result = by || each.function() == AggregateFunction.STRING_AGG ? each.type() : Type.DOUBLE;
    AggregateCall call =
        new AggregateCall(
            each.function(),
            each.distinct(),
            by ? List.of(1, 2) : List.of(1),
            Optional.empty(),
            result);
    Schema grouped = Schema.of(Column.required("g", Type.BIGINT), Column.optional("a", result));
    Plan plan = new Plan.Aggregate(new Plan.Scan("t", schema), List.of(0), List.of(call), grouped);
    Map<Long, Object> ours = new TreeMap<>();
    try (Circuit circuit = new MaintenanceEngine().open(plan)) {
      circuit.start();
      take(ours, circuit.step(Map.of("t", rows)));
    }
    session.load("t", schema, List.of(rows));
    Map<Long, Object> theirs = new TreeMap<>();
    try (Answer answer = session.query(DuckDbPrinter.print(plan), grouped)) {
      answer.forEachRemaining(batch -> take(theirs, batch));
    }
    assertThat(ours.keySet()).hasSizeGreaterThan(4).isEqualTo(theirs.keySet());
    ours.forEach((group, value) ->
        assertThat(same(each.function(), value, theirs.getOrDefault(group, "no row")))
            .as("group %d: Java %s, DuckDB %s", group, value, theirs.get(group))
            .isTrue());
  }

  /** Group 0: NULL; 1: one value; 2: few; 3: far from zero; 4: all; from 5 on: two of them. */
  private static Batch rows(Schema schema, Type type) {
    BatchBuilder rows = new BatchBuilder(schema);
    List<Object> values = SampleValues.of(type);
    rows.appendValues(1, 0L, BatchBuilder.NULL, 1L);
    rows.appendValues(1, 1L, values.get(1), 1L);
    for (int i = 0; i < values.size(); i++) {
      if (i < 4) {
        rows.appendValues(2, 2L, values.get(i), (long) i % 2);
        rows.appendValues(1, 2L, values.get(i), (long) i);
      }
      rows.appendValues(1, 4L, values.get(i), (long) i % 5);
      rows.appendValues(1, 5L + i, values.get(i), 1L);
      rows.appendValues(1, 5L + i, values.get((i + 1) % values.size()), 1L);
    }
    for (int i = 0; i < 1000; i++) {
      rows.appendValues(1, 3L, far(type, i, values), (long) i % 7);
    }
    return expanded(rows.build());
  }

  /** Values whose spread is a hundred-millionth of them; those there are, where there is no far. */
  private static Object far(Type type, int i, List<Object> values) {
    return switch (type) {
      case Type.BigInt _ -> 1_000_000_000L + i % 10;
      case Type.Float64 _ -> 1e9 + i % 10;
      case Type.Int _ -> 1_000_000_000L + i % 10;
      case Type.Decimal d -> d.precision() == 18 ? 999_999_999_000_000L + i % 10 : 99_999_000L + i;
      default -> values.get(i % values.size());
    };
  }

  /** DuckDB's table holds a row once for each time it is there. */
  private static Batch expanded(Batch batch) {
    BatchBuilder rows = new BatchBuilder(batch.schema());
    for (int row = 0; row < batch.size(); row++) {
      for (long times = 0; times < batch.weights()[row]; times++) {
        rows.appendRow(batch, row, 1);
      }
    }
    return rows.build();
  }

  private static void take(Map<Long, Object> results, Batch batch) {
    for (int row = 0; row < batch.size(); row++) {
      results.put(batch.longs(0).values()[row], value(batch.column(1), row));
    }
  }

  private static Object value(Vector vector, int row) {
    if (vector.isNull(row)) {
      return BatchBuilder.NULL;
    }
    return switch (vector) {
      case DoubleVector v -> v.values()[row];
      case LongVector v -> v.values()[row];
      case BytesVector v -> v.string(row);
    };
  }

  /** A spread is rounded on the way; the value in the middle is there as it is. */
  private static boolean same(AggregateFunction function, Object ours, Object theirs) {
    boolean spread = function != AggregateFunction.MEDIAN;
    if (spread && ours instanceof Double a && theirs instanceof Double b && Double.isFinite(a)) {
      return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
    }
    return ours.equals(theirs);
  }
}
