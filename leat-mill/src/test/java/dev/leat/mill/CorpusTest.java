package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.engine.Circuit;
import dev.leat.engine.Engine;
import dev.leat.runtime.MaintenanceEngine;
import dev.leat.sql.Catalog;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.Compiler;
import dev.leat.sql.DuckDbPrinter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise: after any changes, cut into any steps, with state saved and brought back between
 * them, a table kept live equals its batch query in DuckDB over the same rows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CorpusTest {
  /** Runs of each query; the nightly profile sets more. */
  private static final int RUNS = Integer.getInteger("leat.corpus.runs", 6);

  private static final int STEPS = 14;

  private final Engine engine = new MaintenanceEngine();
  private Oracle oracle;

  @BeforeAll
  void open() {
    oracle = new Oracle();
  }

  @AfterAll
  void close() {
    oracle.close();
  }

  static Stream<CorpusQuery> queries() {
    return CorpusQuery.all().stream();
  }

  @Test
  void expectedQueriesAreKeptLive() {
    List<String> wrong = new ArrayList<>();
    for (CorpusQuery query : CorpusQuery.all()) {
      boolean recomputed = engine.refusal(plan(query).plan()).isPresent();
      if (recomputed != query.recomputed()) {
        wrong.add(query.name() + ": " + engine.refusal(plan(query).plan()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queries")
  void equalsTheBatchQuery(CorpusQuery query) throws IOException {
    CompiledQuery compiled = plan(query);
    if (engine.refusal(compiled.plan()).isPresent()) {
      assertThat(query.recomputed()).as(query.name() + " is expected to be kept live").isTrue();
      return;
    }
    String sql = DuckDbPrinter.print(compiled.plan());
    for (int run = 0; run < RUNS; run++) {
      check(compiled, sql, Long.getLong("leat.seed", 1_000L * run + query.name().hashCode()));
    }
  }

  private void check(CompiledQuery compiled, String sql, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Sources sources = new Sources(random.split());
    Bag live = new Bag(compiled.plan().schema());
    Circuit circuit = engine.open(compiled.plan());
    try {
      live.add(circuit.start());
      for (int step = 0; step < STEPS; step++) {
        Map<String, Batch> changes = sources.change();
        live.add(circuit.step(changes));
        assertThat(live)
            .as("seed %d, step %d", seed, step)
            .isEqualTo(oracle.answer(sql, compiled.plan().schema(), sources));
        if (random.nextInt(6) == 0) {
          circuit = savedAndBroughtBack(circuit, compiled);
        }
      }
    } finally {
      circuit.close();
    }
  }

  private Circuit savedAndBroughtBack(Circuit circuit, CompiledQuery compiled) throws IOException {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    circuit.freeze().write(saved);
    circuit.close();
    Circuit other = engine.open(compiled.plan());
    other.restore(new ByteArrayInputStream(saved.toByteArray()));
    return other;
  }

  private static CompiledQuery plan(CorpusQuery query) {
    return new Compiler(Catalog.of(Sources.SCHEMAS)).compileQuery(query.sql());
  }
}
