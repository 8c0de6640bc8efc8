package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.engine.Circuit;
import dev.leat.engine.Engine;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.runtime.MaintenanceEngine;
import dev.leat.sql.CompiledTable;
import dev.leat.sql.DuckDbPrinter;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Any query means what it means in DuckDB, which reads its text itself, and is kept live so. Repeat
 * one with {@code -Dleat.seed=}, run more with {@code -Dleat.sql.runs=}.
 */
final class RandomSqlTest {
  private static final int RUNS = Integer.getInteger("leat.sql.runs", 100);
  private static final int STEPS = 3;

  private final Engine engine = new MaintenanceEngine();

  @Test
  void meansWhatDuckDbReads() {
    long first = Long.getLong("leat.seed", 20_261_126L);
    int runs = System.getProperty("leat.seed") == null ? RUNS : 1;
    int compared = 0;
    int kept = 0;
    try (Oracle oracle = new Oracle()) {
      for (long seed = first; seed < first + runs; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        String sql = new RandomSql(random.split()).query();
        Optional<CompiledTable> table = compiled(sql, seed);
        if (table.isPresent() && holds(table.get(), sql, seed, random, oracle)) {
          compared++;
          kept += engine.refusal(table.get().plan()).isEmpty() ? 1 : 0;
        }
      }
    }
    if (runs > 1) {
      assertThat(compared).as("queries that DuckDB answered").isGreaterThan(runs * 3 / 4);
      assertThat(kept).as("queries kept live").isGreaterThan(runs / 4);
    }
  }

  /** Whether DuckDB answered; there are queries that it does not. */
  private boolean holds(
      CompiledTable table, String sql, long seed, SplittableRandom random, Oracle oracle) {
    Sources sources = new Sources(random);
    Bag live = new Bag(table.schema());
    Optional<Circuit> circuit =
        engine.refusal(table.plan()).isPresent()
            ? Optional.empty()
            : Optional.of(engine.open(table.plan()));
    circuit.ifPresent(c -> live.add(c.start()));
    try {
      for (int step = 0; step < STEPS; step++) {
        Map<String, Batch> changes = sources.change();
        Optional<Bag> expected = oracle.answerIfAny(sql, table.schema(), sources);
        if (expected.isEmpty()) {
          return false;
        }
        String told = "-Dleat.seed=%d, step %d: %s".formatted(seed, step, sql);
        assertThat(oracle.answer(DuckDbPrinter.print(table.plan()), table.schema(), sources))
            .as(told)
            .isEqualTo(expected.get());
        circuit.ifPresent(c -> {
          live.add(c.step(changes));
          assertThat(live).as("live, " + told).isEqualTo(expected.get());
        });
      }
      return true;
    } finally {
      circuit.ifPresent(Circuit::close);
    }
  }

  private static Optional<CompiledTable> compiled(String sql, long seed) {
    try {
      return Optional.of(Sources.table("t", sql));
    } catch (LeatException e) {
      assertThat(e.problems().getFirst().code())
          .as("-Dleat.seed=%d: %s: %s", seed, e.getMessage(), sql)
          .isEqualTo(ErrorCode.SQL_UNSUPPORTED);
      return Optional.empty();
    }
  }
}
