package dev.leat.mill;

import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.DuckDbRewriter;
import dev.leat.lake.Lake;
import dev.leat.lake.Retention;
import dev.leat.lake.Rewriter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * Looks after the lake beside the work: merges its files, lets old epochs go, and removes what
 * processes left that were killed.
 */
final class Caretaker {
  private static final Duration SWEEP_EVERY = Duration.ofHours(1);

  /** What a killed process left is older than this some day; clocks are not apart as far. */
  private static final Duration LEFT_FOR = Duration.ofHours(1);

  private final Workspace workspace;
  private final Lake lake;
  private final MillOptions options;
  private Instant sweepDue = Instant.MIN;

  Caretaker(Workspace workspace, MillOptions options) {
    this.workspace = workspace;
    this.lake = workspace.lake();
    this.options = options;
  }

  /**
   * Until told to stop, or interrupted. What fails is tried again: the lake is whole without it.
   */
  void run(BooleanSupplier stopping) {
    rest(options.maintainEvery()); // starting has enough to do
    while (goesOn(stopping)) {
      try (DuckDb duck = workspace.openMerging()) {
        Rewriter rewriter = new DuckDbRewriter(duck);
        while (goesOn(stopping)) {
          maintain(rewriter);
          rest(options.maintainEvery());
        }
      } catch (RuntimeException | Error e) {
        options.progress().say("The lake was not looked after: " + e);
        rest(options.maintainEvery());
      }
    }
  }

  private static boolean goesOn(BooleanSupplier stopping) {
    return !stopping.getAsBoolean() && !Thread.currentThread().isInterrupted();
  }

  private void maintain(Rewriter rewriter) {
    lake.compact(rewriter, this::rest); // so that what must wait for it can catch up
    Instant now = options.clock().instant();
    lake.expire(Retention.DEFAULT, now);
    if (!now.isBefore(sweepDue)) {
      sweep(now);
      sweepDue = now.plus(SWEEP_EVERY);
    }
  }

  private void sweep(Instant now) {
    int swept = lake.sweep(LEFT_FOR, now);
    if (swept > 0) {
      options.progress().say("Removed " + swept + " files that killed processes left in the lake");
    }
  }

  private void rest(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
