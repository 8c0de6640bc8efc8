package dev.leat.cli;

import dev.leat.connect.Connectors;
import dev.leat.connect.Simulator;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import dev.leat.model.SourceTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Sends plausible events to a stream's topic at a steady rate. */
final class Simulations {
  private static final Duration LATENESS = Duration.ofMinutes(10);
  private static final long TICK_MILLIS = 100;

  private Simulations() {}

  /** What is sent: how often, and how it behaves. */
  record Rate(int eventsPerSecond, Simulator.Behaviour behaviour) {
    static Rate of(int eventsPerSecond, double latePercent, double duplicatePercent, long seed) {
      return new Rate(
          eventsPerSecond,
          new Simulator.Behaviour(seed, latePercent / 100, LATENESS, duplicatePercent / 100));
    }
  }

  /**
   * Sends until told to stop.
   *
   * @param candidates column → values to choose from
   * @return how many events were sent
   */
  static long send(
      SourceTable table,
      Map<String, List<String>> candidates,
      Rate rate,
      Log log,
      BooleanSupplier goOn)
      throws InterruptedException {
    Simulator simulator = new Simulator(table, candidates, rate.behaviour());
    long start = System.nanoTime();
    long sent = 0;
    while (goOn.getAsBoolean()) {
      long due = (System.nanoTime() - start) * rate.eventsPerSecond() / 1_000_000_000L;
      List<Entry> events = new ArrayList<>();
      while (sent < due) {
        events.add(Entry.of(simulator.next(Instant.now())));
        sent++;
      }
      if (!events.isEmpty()) {
        log.append(Connectors.topic(table), events).join();
      }
      Thread.sleep(TICK_MILLIS);
    }
    return sent;
  }

  /** The stream table of this name. */
  static SourceTable table(Project project, String name) {
    return project.sources().stream()
        .filter(source -> source.streams())
        .flatMap(source -> source.tables().stream())
        .filter(table -> table.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new LeatException(
                Problem.of(
                    ErrorCode.UNKNOWN_NAME,
                    "There is no stream table " + name + ".",
                    "Take a table of an http or kafka source.")));
  }
}
