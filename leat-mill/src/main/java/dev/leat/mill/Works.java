package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.engine.Circuit;
import dev.leat.engine.Engine;
import dev.leat.mill.Stage.Pace;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.sql.CompiledTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every table in the order they feed each other. Early tables take in each step; late ones (those
 * that are recomputed or work touched groups out anew, and those that read them) only each epoch.
 *
 * <p>A table whose data breaks its SQL (a sum that overflows, text that is no number) stops, and so
 * do the tables that read it; the rest goes on.
 */
final class Works implements AutoCloseable {
  private final List<Stage> stages;
  private final Map<String, Problem> stopped = new ConcurrentHashMap<>();
  private final Map<String, Long> rowsOut = new ConcurrentHashMap<>();

  private Works(List<Stage> stages) {
    this.stages = List.copyOf(stages);
  }

  /**
   * @param tables in dependency order
   */
  static Works of(List<CompiledTable> tables, Engine engine) {
    List<Stage> stages = new ArrayList<>();
    Map<String, Pace> paces = new HashMap<>();
    for (CompiledTable table : tables) {
      Upkeep upkeep = Upkeep.of(table.plan(), engine);
      Pace pace = Pace.of(upkeep);
      for (String input : table.dependencies()) {
        pace = pace.atLeast(paces.getOrDefault(input, Pace.STEP));
      }
      paces.put(table.name(), pace);
      stages.add(
          new Stage(
              table,
              upkeep,
              upkeep instanceof Upkeep.Recomputed
                  ? Optional.empty()
                  : Optional.of(engine.open(table.plan())),
              pace));
    }
    return new Works(stages);
  }

  List<Stage> stages() {
    return stages;
  }

  Map<String, Problem> stopped() {
    return Map.copyOf(stopped);
  }

  /**
   * Brings the early tables up to date with changes of sources; {@code changes} grows by theirs.
   */
  void step(Map<String, Batch> changes) {
    for (Stage stage : stages) {
      if (!stage.late()) {
        advance(stage, changes);
      }
    }
  }

  /**
   * Takes in again what a step or more took in before a stop; as {@link #step}, but every table
   * that follows from the log takes part.
   */
  void replay(Map<String, Batch> changes) {
    for (Stage stage : stages) {
      if (stage.pace() != Pace.RECOMPUTED) {
        advance(stage, changes);
      }
    }
  }

  /** Steps a table's circuit, if there is one and it runs; the outcome joins {@code changes}. */
  void advance(Stage stage, Map<String, Batch> changes) {
    if (stage.circuit().isEmpty() || !runs(stage)) {
      return;
    }
    Map<String, Batch> mine = stage.inputsOf(changes);
    if (mine.isEmpty()) {
      return;
    }
    try {
      Batch out = stage.circuit().get().step(mine);
      changes.put(stage.name(), out);
      rowsOut.merge(stage.name(), (long) out.size(), Long::sum);
    } catch (LeatException e) {
      stop(stage, e.problems().getFirst());
    }
  }

  /** Whether neither this table nor one it reads has stopped. */
  boolean runs(Stage stage) {
    if (stopped.containsKey(stage.name())) {
      return false;
    }
    for (String input : stage.inputs()) {
      Problem cause = stopped.get(input);
      if (cause != null) {
        stop(stage, cause);
        return false;
      }
    }
    return true;
  }

  void stop(Stage stage, Problem problem) {
    stopped.put(stage.name(), problem);
  }

  /** How many changes a table has given since the start. */
  long rowsOut(Stage stage) {
    return rowsOut.getOrDefault(stage.name(), 0L);
  }

  /** When a table is brought up to date: with each step, or with each epoch. */
  enum When {
    EARLY,
    LATE
  }

  /** The state of these tables as it is now, by part name. */
  Map<String, Circuit.Frozen> freeze(When when) {
    Map<String, Circuit.Frozen> parts = new LinkedHashMap<>();
    for (Stage stage : stages) {
      if (stage.late() == (when == When.LATE) && stage.circuit().isPresent() && runs(stage)) {
        parts.put(part(stage), stage.circuit().get().freeze());
      }
    }
    return parts;
  }

  static String part(Stage stage) {
    return stage.name() + ".table";
  }

  @Override
  public void close() {
    for (Stage stage : stages) {
      stage.circuit().ifPresent(Circuit::close);
    }
  }
}
