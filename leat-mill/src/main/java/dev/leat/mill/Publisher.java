package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.lake.Epoch;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import java.nio.file.Files;
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
  private final Definitions definitions;
  private final DuckDb duck;
  private final Map<String, Schema> schemas;
  private final Clock clock;
  private final Boundary.Watch watch;
  private Epoch newest;

  /**
   * @param newest the epoch that the tables' state belongs to
   * @param schemas of every relation that may change: sources, tables, the quarantine
   */
  Publisher(
      Lake lake,
      Epoch newest,
      Works works,
      Definitions definitions,
      DuckDb duck,
      Map<String, Schema> schemas,
      Clock clock,
      Boundary.Watch watch) {
    this.lake = lake;
    this.newest = newest;
    this.works = works;
    this.definitions = definitions;
    this.duck = duck;
    this.schemas = schemas;
    this.clock = clock;
    this.watch = watch;
  }

  /** An epoch in the making. */
  final class Attempt {
    private final EpochChanges epoch;
    private final Map<String, Batch> changes = new LinkedHashMap<>();
    private final Set<String> givenUp = new HashSet<>(works.givenUp());
    private final Set<String> done = new HashSet<>();

    /** What a circuit gave before it was given up is part of what its table lacks. */
    Attempt(EpochChanges epoch) {
      this.epoch = epoch;
      for (String relation : epoch.relations()) {
        Batch batch = epoch.drain(relation);
        if (!givenUp.contains(relation)) {
          changes.put(relation, batch);
        }
      }
    }

    /**
     * Tries to publish; with nothing to publish, the newest epoch stays. A table that lacks rows
     * its circuit takes away is recomputed from now on: the others go on.
     *
     * @throws LeatException LEAT-5001 when the lake cannot be written now; try again
     */
    Epoch publish() {
      if (changes.isEmpty() && epoch.rowsRead() == 0) {
        return newest;
      }
      boolean looking = false;
      while (true) {
        int before = givenUp.size();
        try {
          return write(looking);
        } catch (LeatException e) {
          if (!rowMissing(e) || (looking && givenUp.size() == before)) {
            throw e;
          }
          looking = true;
        }
      }
    }

    /**
     * @param looking whether to find out of which table a row is missing
     */
    private Epoch write(boolean looking) {
      watch.passed(Boundary.PUBLISHING);
      try (EpochWriter writer = lake.begin()) {
        checkFollows(writer.previous());
        changes.forEach((relation, batch) -> apply(writer, relation, batch));
        for (Stage stage : works.stages()) {
          boolean late = stage.late() || givenUp.contains(stage.name());
          if (late && done.add(stage.name())) {
            bringUp(stage, writer);
          }
          if (looking) {
            look(stage, writer);
          }
        }
        watch.passed(Boundary.WRITTEN);
        definitions.stopping(works.stopped());
        newest = writer.commit(clock.instant(), epoch.positions());
        noteStopped();
        return newest;
      }
    }

    /**
     * Has a table's changes written. When they take away too much, its circuit is given up, and
     * what was worked out from what it gave is worked out anew.
     */
    private void look(Stage stage, EpochWriter writer) {
      try {
        writer.files(stage.name());
      } catch (LeatException e) {
        if (rowMissing(e) && stage.circuit().isPresent() && !givenUp.contains(stage.name())) {
          Set<String> following = works.giveUp(stage, e.problems().getFirst());
          givenUp.addAll(following);
          changes.keySet().removeAll(following);
          done.removeAll(following);
        }
        throw e;
      }
    }

    private static boolean rowMissing(LeatException e) {
      return e.problems().getFirst().code() == ErrorCode.LAKE_ROW_MISSING;
    }

    /** The epoch is there already, so nothing that fails here may look as if it were not. */
    private void noteStopped() {
      try {
        definitions.stopped(works.stopped());
      } catch (LeatException _) {
        // the next start tries a table that is right, needlessly
      }
    }

    private void bringUp(Stage stage, EpochWriter writer) {
      works.advance(stage, changes);
      if (!works.hasCircuit(stage)
          && (works.isBehind(stage) || !stage.inputsOf(changes).isEmpty())) {
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
          Batch change = view.change(stage.table().plan(), writer.files(stage.name()));
          changes.put(stage.name(), change);
          works.recomputed(stage, change);
        }
      } catch (LeatException e) {
        done.remove(stage.name());
        if (lakeTrouble(e, stage, writer)) {
          throw e; // not the table's trouble: try again
        }
        works.stop(stage, e.problems().getFirst());
      }
    }

    /** Whether an input could not be read, in the lake's words or in those of the engine. */
    private boolean lakeTrouble(LeatException e, Stage stage, EpochWriter writer) {
      return switch (e.problems().getFirst().code()) {
        case LAKE_FAILED, LAKE_EPOCH_MISSING, LAKE_ROW_MISSING -> true;
        case ENGINE_FAILED ->
            stage.inputs().stream()
                .flatMap(input -> writer.files(input).files().stream())
                .anyMatch(file -> !Files.isReadable(file.path()));
        default -> false;
      };
    }

    private void apply(EpochWriter writer, String relation, Batch batch) {
      if (!batch.isEmpty()) {
        writer.apply(relation, schemas.getOrDefault(relation, batch.schema()), batch);
      }
    }
  }

  /**
   * A lake whose disk is not there looks like one that holds nothing yet: an epoch begun there
   * would hold these changes and nothing else.
   */
  private void checkFollows(Epoch found) {
    if (found.number() < newest.number()) {
      throw new LeatException(
          Problem.of(
              ErrorCode.LAKE_FAILED,
              "Epoch %d was published and is not in the lake now; the newest there is %s."
                  .formatted(
                      newest.number(), found.number() == 0 ? "none" : "epoch " + found.number()),
              "Bring the lake back, for example mount its disk: publishing goes on by itself."));
    }
    if (found.number() > newest.number()) {
      throw new LeatException(
          Problem.of(
              ErrorCode.LAKE_CONFLICT,
              "Epoch " + found.number() + " has been published by another process.",
              "Stop the other process, or this one; a lake has one writer."));
    }
  }

  Attempt attempt(EpochChanges epoch) {
    return new Attempt(epoch);
  }
}
