package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.engine.Circuit;
import dev.leat.engine.Engine;
import dev.leat.lake.Epoch;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.runtime.MaintenanceEngine;
import dev.leat.sql.CompiledTable;
import dev.leat.sql.DuckDbPrinter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise: after any changes, cut into any steps, with state saved and brought back between
 * them, a table kept live equals its batch query in DuckDB over the same rows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CorpusTest {
  /** Runs of each query; the nightly profile sets more. */
  private static final int RUNS = Integer.getInteger("leat.corpus.runs", 2);

  private static final int RECOMPUTED_RUNS = Math.max(1, RUNS / 4);
  private static final int STEPS = 8;
  private static final int RECOMPUTED_STEPS = 4; // each is an epoch in a lake

  @TempDir static Path folder;

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
      boolean recomputed = engine.refusal(query.compiled().plan()).isPresent();
      if (recomputed != query.recomputed()) {
        wrong.add(query.name() + ": " + engine.refusal(query.compiled().plan()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queries")
  void equalsTheBatchQuery(CorpusQuery query) throws IOException {
    CompiledTable compiled = query.compiled();
    boolean recomputed = engine.refusal(compiled.plan()).isPresent();
    String sql = DuckDbPrinter.print(compiled.plan());
    for (int run = 0; run < (recomputed ? RECOMPUTED_RUNS : RUNS); run++) {
      long seed = Long.getLong("leat.seed", 1_000L * run + query.name().hashCode());
      if (recomputed) {
        checkRecomputed(compiled, sql, seed);
      } else {
        check(compiled, sql, seed);
      }
    }
  }

  static Stream<CorpusQuery> asked() {
    return queries().filter(query -> query.asked().isPresent());
  }

  /**
   * What is compiled, and not only how it is kept: the SQL of the plan gives what DuckDB gives for
   * the query itself, with nothing of ours in between.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("asked")
  void meansWhatItSays(CorpusQuery query) {
    CompiledTable compiled = query.compiled();
    String sql = DuckDbPrinter.print(compiled.plan());
    for (int run = 0; run < RUNS; run++) {
      long seed = Long.getLong("leat.seed", 1_000L * run + query.name().hashCode());
      Sources sources = new Sources(new SplittableRandom(seed));
      for (int step = 0; step < STEPS; step++) {
        sources.change();
      }
      assertThat(oracle.answer(sql, compiled.schema(), sources))
          .as("seed %d", seed)
          .isEqualTo(oracle.answer(query.asked().orElseThrow(), compiled.schema(), sources));
    }
  }

  /** As the mill does: the sources' changes into an epoch, then the table's, found by its query. */
  private void checkRecomputed(CompiledTable compiled, String sql, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Sources sources = new Sources(random.split());
    Path place = Files.createTempDirectory(folder, "lake");
    try (Lake lake = Lake.open(place);
        DuckDb duck = DuckDb.open(DuckDb.Settings.reading(place).withThreads(1))) {
      for (int step = 0; step < RECOMPUTED_STEPS; step++) {
        Bag live = new Bag(compiled.schema());
        try (EpochWriter writer = lake.begin()) {
          Map<String, Batch> changes = sources.change();
          Sources.SCHEMAS.forEach((name, schema) ->
              writer.apply(name, schema, changes.getOrDefault(name, Batch.empty(schema))));
          writer.apply("answer", compiled.schema(), Batch.empty(compiled.schema()));
          try (EpochView view = EpochView.of(duck, writer::files, Map.of())) {
            Batch change = view.change(compiled.plan(), writer.files("answer"));
            writer.apply("answer", compiled.schema(), change);
          }
          Epoch epoch = writer.commit(Instant.EPOCH.plusSeconds(step), Map.of());
          try (EpochView view = EpochView.at(duck, lake, epoch);
              Answer rows = view.scan("answer", compiled.schema())) {
            rows.forEachRemaining(live::add);
          }
        }
        assertThat(live)
            .as("seed %d, step %d", seed, step)
            .isEqualTo(oracle.answer(sql, compiled.schema(), sources));
      }
    }
  }

  private void check(CompiledTable compiled, String sql, long seed) throws IOException {
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

  private Circuit savedAndBroughtBack(Circuit circuit, CompiledTable compiled) throws IOException {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    circuit.freeze().write(saved);
    circuit.close();
    Circuit other = engine.open(compiled.plan());
    other.restore(new ByteArrayInputStream(saved.toByteArray()));
    return other;
  }
}
