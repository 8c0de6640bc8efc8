package dev.leat.bench;

import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after the broker has acknowledged an event a reader of the lake can see it: every event
 * counts, not only the oldest of each epoch. Looks for the next epoch a hundred times a second, as
 * a reader would.
 */
final class FreshnessWatch implements AutoCloseable {
  private static final long LOOK_NANOS = 10_000_000;

  private final Lake lake;
  private final String source;
  private final Thread thread;
  private final Deque<Request> waiting = new ArrayDeque<>();
  private long[] waitedMillis = new long[1 << 16]; // by request
  private int seen;
  private volatile boolean closed;

  /** Some events that were acknowledged together; {@code end} is the offset after the last. */
  private record Request(long end, long acknowledgedNanos) {}

  FreshnessWatch(Lake lake, String source) {
    this.lake = lake;
    this.source = source;
    this.thread = Thread.ofPlatform().name("freshness").daemon().start(this::look);
  }

  /** Notes that all events before offset {@code end} of partition 0 are acknowledged now. */
  void acknowledged(long end) {
    synchronized (waiting) {
      waiting.add(new Request(end, System.nanoTime()));
    }
  }

  private void look() {
    while (!closed) {
      LockSupport.parkNanos(LOOK_NANOS);
      long visible = lake.newest().map(this::offset).orElse(0L);
      long now = System.nanoTime();
      synchronized (waiting) {
        while (!waiting.isEmpty() && waiting.element().end() <= visible) {
          add((now - waiting.remove().acknowledgedNanos()) / 1_000_000);
        }
      }
    }
  }

  /** Returns when everything that was acknowledged can be seen. */
  void awaitAll() throws InterruptedException {
    while (anyWaiting()) {
      Thread.sleep(10);
    }
  }

  private boolean anyWaiting() {
    synchronized (waiting) {
      return !waiting.isEmpty();
    }
  }

  private long offset(Epoch epoch) {
    return Optional.ofNullable(epoch.positions().get(source)).map(p -> p.offset(0)).orElse(0L);
  }

  private void add(long millis) {
    if (seen == waitedMillis.length) {
      waitedMillis = Arrays.copyOf(waitedMillis, seen * 2);
    }
    waitedMillis[seen++] = millis;
  }

  /**
   * Forgets what has been seen so far: from here on is what counts. What still waits is told to
   * nobody.
   */
  void startOver() {
    synchronized (waiting) {
      waiting.clear();
      seen = 0;
    }
  }

  /** The quantiles asked for, in milliseconds; every request has the same number of events. */
  long[] millis(double... quantiles) {
    synchronized (waiting) {
      long[] sorted = Arrays.copyOf(waitedMillis, seen);
      Arrays.sort(sorted);
      return Arrays.stream(quantiles)
          .mapToLong(q -> sorted[(int) Math.min(seen - 1, seen * q)])
          .toArray();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
