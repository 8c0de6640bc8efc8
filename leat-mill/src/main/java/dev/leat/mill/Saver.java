package dev.leat.mill;

import dev.leat.engine.Circuit.Frozen;
import dev.leat.lake.Epoch;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes state snapshots beside the work: an epoch is published while the state of one before it is
 * still being written. It takes its time, as nothing waits for it but the end.
 */
final class Saver implements AutoCloseable {
  private static final int RESTS = 3; // times as long as the work took

  private final Snapshots snapshots;
  private final Boundary.Watch watch;
  private final Progress progress;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean ending;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("leat-saver").factory());

  Saver(Snapshots snapshots, Boundary.Watch watch, Progress progress) {
    this.snapshots = snapshots;
    this.watch = watch;
    this.progress = progress;
  }

  /** Whether all that was given has been written: only then is it worth freezing state again. */
  boolean idle() {
    return waiting.get() == 0;
  }

  /** Writes the state that belongs to a published epoch; returns at once. */
  void save(Epoch epoch, Map<String, Frozen> parts) {
    waiting.incrementAndGet();
    thread.execute(() -> {
      try {
        write(epoch, parts);
      } finally {
        waiting.decrementAndGet();
      }
    });
  }

  private void write(Epoch epoch, Map<String, Frozen> parts) {
    try {
      snapshots.write(epoch.number(), epoch.positions(), parts, this::rest);
      watch.passed(Boundary.SAVED);
    } catch (IOException | RuntimeException e) {
      // A snapshot only saves time: the next one may succeed, and recovery does without.
      progress.say("state could not be saved: " + e);
    }
  }

  private void rest(Duration worked) {
    if (!ending) {
      LockSupport.parkNanos(RESTS * worked.toNanos());
    }
  }

  /** Returns when everything has been written. */
  @Override
  public void close() {
    ending = true;
    thread.close();
  }
}
