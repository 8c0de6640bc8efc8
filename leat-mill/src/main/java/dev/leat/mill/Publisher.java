package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.lake.Epoch;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes an epoch of changes: brings the late tables up to date, writes every relation that changed,
 * and publishes all of them at once. An attempt that fails can be made again: what has been worked
 * out stays worked out.
 */
final class Publisher {
  private final Lake lake;
  private final Works works;
  private final DuckDb duck;
  private final Map<String, Schema> schemas;
  private final Clock clock;
  private final Boundary.Watch watch;

  /**
   * @param schemas of every relation that may change: sources, tables, the quarantine
   */
  Publisher(
      Lake lake,
      Works works,
      DuckDb duck,
      Map<String, Schema> schemas,
      Clock clock,
      Boundary.Watch watch) {
    this.lake = lake;
    this.works = works;
    this.duck = duck;
    this.schemas = schemas;
    this.clock = clock;
    this.watch = watch;
  }

  /** An epoch in the making. */
  final class Attempt {
    private final EpochChanges epoch;
    private final Map<String, Batch> changes = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();

    Attempt(EpochChanges epoch) {
      this.epoch = epoch;
      for (String relation : epoch.relations()) {
        changes.put(relation, epoch.drain(relation));
      }
    }

    /**
     * Tries to publish.
     *
     * @throws LeatException LEAT-5001 when the lake cannot be written now; try again
     */
    Epoch publish() {
      watch.passed(Boundary.PUBLISHING);
      try (EpochWriter writer = lake.begin()) {
        changes.forEach((relation, batch) -> apply(writer, relation, batch));
        for (Stage stage : works.stages()) {
          if (stage.late() && done.add(stage.name())) {
            bringUp(stage, writer);
          }
        }
        watch.passed(Boundary.WRITTEN);
        return writer.commit(clock.instant(), epoch.positions());
      }
    }

    /** Whether there is nothing to publish. */
    boolean isEmpty() {
      return changes.isEmpty() && epoch.rowsRead() == 0;
    }

    private void bringUp(Stage stage, EpochWriter writer) {
      if (stage.circuit().isPresent()) {
        works.advance(stage, changes);
      } else if (!stage.inputsOf(changes).isEmpty() && works.runs(stage)) {
        recompute(stage, writer);
      }
      Batch batch = changes.get(stage.name());
      if (batch != null) {
        apply(writer, stage.name(), batch);
      }
    }

    private void recompute(Stage stage, EpochWriter writer) {
      try {
        try (EpochView view = EpochView.of(duck, writer::files, Map.of())) {
          changes.put(stage.name(), view.change(stage.table().plan(), writer.files(stage.name())));
        }
      } catch (LeatException e) {
        if (e.problems().getFirst().code() == ErrorCode.LAKE_FAILED) {
          done.remove(stage.name()); // the lake's trouble, not the table's: try again
          throw e;
        }
        works.stop(stage, e.problems().getFirst());
      }
    }

    private void apply(EpochWriter writer, String relation, Batch batch) {
      if (!batch.isEmpty()) {
        writer.apply(relation, schemas.getOrDefault(relation, batch.schema()), batch);
      }
    }
  }

  Attempt attempt(EpochChanges epoch) {
    return new Attempt(epoch);
  }
}
