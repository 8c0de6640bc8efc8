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
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** Sends plausible events to a stream's topic at a steady rate. */
final class Simulations {
  private static final Duration LATENESS = Duration.ofMinutes(10);
  private static final long TICK_MILLIS = 100;
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** What was due while the log took nothing comes bit by bit. */
  private static final int AT_ONCE = 200_000;

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
   * @throws LeatException LEAT-4001 when the log does not take them
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
    List<Entry> events = new ArrayList<>();
    while (goOn.getAsBoolean()) {
      if (events.isEmpty()) {
        long due = due(System.nanoTime() - start, rate.eventsPerSecond());
        for (long more = due - sent; more > 0 && events.size() < AT_ONCE; more--) {
          events.add(Entry.of(simulator.next(Instant.now())));
        }
      }
      if (!events.isEmpty() && append(log, Connectors.topic(table), events)) {
        sent += events.size();
        events.clear();
      }
      Thread.sleep(TICK_MILLIS);
    }
    return sent;
  }

  /** How many events there should have been by now, for any time that a process lives. */
  static long due(long nanos, int eventsPerSecond) {
    return nanos / SECOND_NANOS * eventsPerSecond
        + nanos % SECOND_NANOS * eventsPerSecond / SECOND_NANOS;
  }

  /** Whether the log took them; when it has too much on its way they are sent again. */
  private static boolean append(Log log, String topic, List<Entry> events) {
    try {
      log.append(topic, List.copyOf(events)).join();
      return true;
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof LeatException failure)) {
        throw e;
      }
      if (failure.problems().getFirst().code() != ErrorCode.SOURCE_OVERLOADED) {
        throw failure;
      }
      return false;
    }
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
