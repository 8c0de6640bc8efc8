package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.data.Position;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.engine.Engine;
import dev.leat.lake.Epoch;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.mill.Snapshots.Snapshot;
import dev.leat.model.LeatException;
import dev.leat.sql.CompiledTable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings circuits to where an epoch left them: from the newest state snapshot and a replay of the
 * inputs since, or, without one, from the rows the lake holds. Either way every circuit ends with
 * the state it would have had without the stop.
 */
public final class Recovery {
  private static final int REPLAY_ROWS = 10_000;

  /** How state came back. */
  public enum Way {
    SNAPSHOT,
    SNAPSHOT_AND_REPLAY,
    REBUILT
  }

  private final List<CompiledTable> tables;
  private final Engine engine;
  private final List<Input> inputs;
  private final Lake lake;
  private final DuckDb duck;
  private final Snapshots snapshots;
  private final Clock clock;
  private final Progress progress;

  Recovery(
      List<CompiledTable> tables,
      Engine engine,
      List<Input> inputs,
      Lake lake,
      DuckDb duck,
      Snapshots snapshots,
      Clock clock,
      Progress progress) {
    this.tables = tables;
    this.engine = engine;
    this.inputs = inputs;
    this.lake = lake;
    this.duck = duck;
    this.snapshots = snapshots;
    this.clock = clock;
    this.progress = progress;
  }

  /** Circuits in step with an epoch, which may be a new one, and how they got there. */
  record Recovered(Works works, Epoch epoch, Way way) {}

  /**
   * @param fill whether tables were filled anew in this epoch, so that no snapshot fits
   */
  Recovered recover(Epoch epoch, Fill fill) {
    for (long number : fill == Fill.ANEW ? List.<Long>of() : saved(epoch)) {
      Works works = Works.of(tables, engine, progress);
      try {
        Snapshot snapshot = snapshots.read(number);
        if (fits(snapshot, works, epoch)) {
          return restore(works, snapshot, epoch);
        }
      } catch (IOException | LeatException e) {
        progress.say("the state of epoch " + number + " is of no use (" + e.getMessage() + ")");
      }
      works.close();
    }
    Works works = Works.of(tables, engine, progress);
    return rebuild(works, epoch);
  }

  private List<Long> saved(Epoch epoch) {
    try {
      return snapshots.upTo(epoch.number());
    } catch (IOException e) {
      progress.say("no state snapshot can be read: " + e);
      return List.of();
    }
  }

  /** Whether the tables are as the last process left them. */
  public enum Fill {
    NONE,
    ANEW
  }

  /**
   * Whether what came after the snapshot can be replayed. Not into what reads a recomputed table,
   * whose changes cannot be had again from the log. And not where the first event of a key counts
   * and may be another: which one was read first, only the lake knows.
   */
  private boolean fits(Snapshot snapshot, Works works, Epoch epoch) {
    return snapshot.epoch() == epoch.number()
        || (works.stages().stream()
                .noneMatch(
                    stage -> stage.pace() == Stage.Pace.RECOMPUTED && stage.circuit().isPresent())
            && inputs.stream()
                .allMatch(input ->
                    input.readsAlike(
                        snapshot.positions().getOrDefault(input.name(), Position.START),
                        epoch.position(input.name()))));
  }

  private Recovered restore(Works works, Snapshot snapshot, Epoch epoch) throws IOException {
    List<Restored> parts = new ArrayList<>();
    List<Stage> missing = new ArrayList<>();
    for (Stage stage : works.stages()) {
      boolean there = snapshot.has(Works.part(stage)) || snapshot.epoch() != epoch.number();
      if (stage.circuit().isPresent() && there) {
        parts.add(new Restored(Works.part(stage), stage.circuit().get()::restore));
      } else {
        missing.add(stage);
      }
    }
    for (Input input : inputs) {
      input.seen().ifPresent(_ -> parts.add(new Restored(input.part(), input::restoreKeys)));
    }
    for (Restored part : parts) {
      Optional<InputStream> in = snapshot.open(part.name());
      if (in.isEmpty()) {
        throw new IOException("it has no part " + part.name());
      }
      try (InputStream open = in.get()) {
        part.from().restore(open);
      }
    }
    Epoch loaded = load(works, missing);
    return new Recovered(works, loaded, replay(works, snapshot, epoch));
  }

  private record Restored(String name, Restore from) {}

  private interface Restore {
    void restore(InputStream in) throws IOException;
  }

  /** Takes in again what was read between the snapshot and the epoch; it is published already. */
  private Way replay(Works works, Snapshot snapshot, Epoch epoch) {
    long replayed = 0;
    EpochChanges published = new EpochChanges(Map.of());
    for (Input input : inputs) {
      input.moveTo(snapshot.positions().getOrDefault(input.name(), Position.START));
      Position until = epoch.position(input.name());
      while (!input.hasReached(until)) {
        Map<String, Batch> changes = new HashMap<>();
        int read = input.read(until, REPLAY_ROWS, changes, published);
        works.replay(changes);
        published.relations().forEach(published::drain);
        replayed += read;
      }
    }
    return replayed == 0 ? Way.SNAPSHOT : Way.SNAPSHOT_AND_REPLAY;
  }

  /** Fills every circuit from the lake's rows of the relations it reads. */
  private Recovered rebuild(Works works, Epoch epoch) {
    Epoch loaded = load(works, works.stages());
    for (Input input : inputs) {
      try (EpochView view = EpochView.at(duck, lake, loaded)) {
        input.rememberKeys(view);
      }
      input.moveTo(epoch.position(input.name()));
    }
    return new Recovered(works, loaded, Way.REBUILT);
  }

  private Epoch load(Works works, List<Stage> stages) {
    try (EpochWriter writer = lake.begin()) {
      Loading loading = new Loading(works, writer, duck, progress);
      stages.forEach(loading::load);
      return loading.publish(clock.instant());
    }
  }
}
