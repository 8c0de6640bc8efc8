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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Every table in the order they feed each other. Early tables take in each step; late ones (those
 * that are recomputed or work touched groups out anew, and those that read them) only each epoch.
 *
 * <p>A circuit that meets a value it cannot take (a sum that overflows, text that is no number) is
 * given up until the next start, and so are those of all tables that follow from it: they would
 * have to go on from what it no longer gives. All of these are recomputed instead, which says
 * whether the value was there only on the way. If the query fails as well, its table stays as it
 * is, and is tried again at every epoch; the rest goes on.
 */
final class Works implements AutoCloseable {
  private final List<Stage> stages;
  private final Map<String, Problem> givenUp = new ConcurrentHashMap<>(); // circuits
  private final Set<String> behind = ConcurrentHashMap.newKeySet();
  private final Troubles stopped;
  private final Map<String, Long> rowsOut = new ConcurrentHashMap<>();

  private final Progress progress;

  private Works(List<Stage> stages, Progress progress) {
    this.stages = List.copyOf(stages);
    this.progress = progress;
    this.stopped = new Troubles(progress);
  }

  /**
   * @param tables in dependency order
   */
  static Works of(List<CompiledTable> tables, Engine engine, Progress progress) {
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
    return new Works(stages, progress);
  }

  List<Stage> stages() {
    return stages;
  }

  /** Why a table is not what its query says. */
  Optional<Problem> trouble(Stage stage) {
    return stopped.of(stage.name());
  }

  /** How a table is kept right as long as this process runs. */
  Upkeep upkeep(Stage stage) {
    Problem problem = givenUp.get(stage.name());
    return problem == null
        ? stage.upkeep()
        : new Upkeep.Recomputed("until the next start, because of " + problem);
  }

  /** Whether a table follows its inputs by a circuit. */
  boolean hasCircuit(Stage stage) {
    return stage.circuit().isPresent() && !givenUp.containsKey(stage.name());
  }

  /** The tables whose circuits have been given up. */
  Set<String> givenUp() {
    return Set.copyOf(givenUp.keySet());
  }

  /** Whether a table must be recomputed even if no input changes. */
  boolean isBehind(Stage stage) {
    return behind.contains(stage.name());
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

  /** Steps a table's circuit, if it has one; the outcome joins {@code changes}. */
  void advance(Stage stage, Map<String, Batch> changes) {
    if (!hasCircuit(stage)) {
      return;
    }
    Map<String, Batch> mine = stage.inputsOf(changes);
    if (mine.isEmpty()) {
      return;
    }
    try {
      Batch out = stage.circuit().orElseThrow().step(mine);
      changes.put(stage.name(), out);
      count(stage, out);
    } catch (LeatException e) {
      giveUp(stage, e.problems().getFirst());
    }
  }

  /**
   * Gives up a table's circuit, and those of all that follow from it.
   *
   * @return these tables and those that have no circuit, all of which must be recomputed
   */
  synchronized Set<String> giveUp(Stage stage, Problem problem) {
    Set<String> following = new HashSet<>();
    for (Stage each : stages) {
      if (each == stage || each.inputs().stream().anyMatch(following::contains)) {
        following.add(each.name());
        behind.add(each.name());
        if (each.circuit().isPresent() && givenUp.putIfAbsent(each.name(), problem) == null) {
          progress.say("from now on " + each.name() + " is recomputed, because of " + problem);
        }
      }
    }
    return following;
  }

  /**
   * Notes that tables could not be filled before the start: circuits would go on from rows that are
   * not theirs.
   */
  void startWithout(Map<String, Problem> unfilled) {
    for (Stage stage : stages) {
      Optional.ofNullable(unfilled.get(stage.name()))
          .ifPresent(problem -> {
            giveUp(stage, problem);
            stopped.are(stage.name(), problem);
          });
    }
  }

  /** The tables that are not what their queries say. */
  Set<String> stopped() {
    return stages.stream()
        .map(Stage::name)
        .filter(name -> stopped.of(name).isPresent())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Notes that a table is what its query says, and that it changed. */
  void recomputed(Stage stage, Batch change) {
    behind.remove(stage.name());
    stopped.over(stage.name());
    count(stage, change);
  }

  /** Notes that a table's query fails. */
  void stop(Stage stage, Problem problem) {
    behind.remove(stage.name()); // only other rows can help it
    stopped.are(stage.name(), problem.in(stage.table().definition().at()));
  }

  private void count(Stage stage, Batch change) {
    rowsOut.merge(stage.name(), (long) change.size(), Long::sum);
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
      if (stage.late() == (when == When.LATE) && hasCircuit(stage)) {
        parts.put(part(stage), stage.circuit().orElseThrow().freeze());
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
