package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.engine.Circuit;
import dev.leat.lake.Epoch;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.TableVersion;
import dev.leat.model.LeatException;
import dev.leat.sql.Approximate;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Fills circuits from the rows of the lake, in dependency order.
 *
 * <p>A circuit takes away what it gave, to the bit. Where the batch query has filled a table with
 * DOUBLEs whose last digits are its own ({@link Approximate}), the circuit's rows take their place
 * first, and whatever reads them follows, in an epoch of which nothing else changes.
 */
final class Loading {
  private final Works works;
  private final EpochWriter writer;
  private final DuckDb duck;
  private final Progress progress;
  private final Set<String> moved = new HashSet<>();

  /**
   * @param writer of the epoch after the one that is loaded
   */
  Loading(Works works, EpochWriter writer, DuckDb duck, Progress progress) {
    this.works = works;
    this.writer = writer;
    this.duck = duck;
    this.progress = progress;
  }

  /** Brings one table to where the lake's rows of its inputs, and those before it, leave it. */
  void load(Stage stage) {
    boolean moves = stage.inputs().stream().anyMatch(moved::contains);
    if (works.hasCircuit(stage)) {
      fill(stage, moves || Approximate.is(stage.table().plan()));
    } else if (moves) {
      recompute(stage);
    }
  }

  /** Publishes what was changed; gives the newest epoch. */
  Epoch publish(Instant now) {
    return moved.isEmpty() ? writer.previous() : writer.commit(now, Map.of());
  }

  /**
   * @param align whether the table's rows may not be those the circuit gives
   */
  private void fill(Stage stage, boolean align) {
    progress.say("loading the state of " + stage.name() + " from the lake");
    Circuit circuit = stage.circuit().orElseThrow();
    Consolidation change = new Consolidation(stage.table().schema());
    Consumer<Batch> given = align ? change::add : _ -> {};
    try (EpochView view = view()) {
      given.accept(circuit.start());
      for (String relation : stage.inputs()) {
        rows(view, relation, batch -> given.accept(circuit.fill(relation, batch)));
      }
      given.accept(circuit.filled());
      if (align) {
        rows(view, stage.name(), batch -> change.add(batch.negate()));
      }
    } catch (LeatException e) {
      switch (e.problems().getFirst().code()) {
        case MILL_ARITHMETIC, MILL_NOT_APPEND_ONLY -> works.giveUp(stage, e.problems().getFirst());
        default -> throw e; // not the table's trouble
      }
      return;
    }
    change(stage, change.drain());
  }

  private void recompute(Stage stage) {
    try (EpochView view = view()) {
      change(stage, view.change(stage.table().plan(), writer.files(stage.name())));
    } catch (LeatException e) {
      if (!Backfill.isItsOwn(e)) {
        throw e;
      }
      works.stop(stage, e.problems().getFirst());
    }
  }

  private void change(Stage stage, Batch change) {
    if (!change.isEmpty()) {
      moved.add(stage.name());
      writer.apply(stage.name(), stage.table().schema(), change);
    }
  }

  private EpochView view() {
    return EpochView.of(duck, writer::files, Map.of());
  }

  /** Gives all rows of a relation, batch by batch. */
  private void rows(EpochView view, String relation, Consumer<Batch> to) {
    Optional<TableVersion> version = writer.previous().table(relation);
    if (version.isPresent()) {
      try (Answer rows = view.scan(relation, version.get().schema())) {
        rows.forEachRemaining(to);
      }
    }
  }
}
