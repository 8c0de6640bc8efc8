package dev.leat.mill;

import dev.leat.lake.Epoch;
import dev.leat.mill.FreshnessLog.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The epochs that this process has published, and how fresh each was; the latter is kept. */
final class History {
  private static final int RECENT = 500;

  private final FreshnessLog freshness;
  private final Clock clock;
  private final Progress progress;
  private final Instant started;
  private final Deque<MillStatus.Published> recent = new ArrayDeque<>();

  History(Path stateFolder, Clock clock, Progress progress) {
    this.freshness = new FreshnessLog(stateFolder);
    this.clock = clock;
    this.progress = progress;
    this.started = clock.instant();
  }

  /** Notes an epoch that can be seen from now on. */
  void add(Epoch epoch, EpochChanges changes, Duration took) {
    Instant now = clock.instant();
    Duration age =
        changes.oldestArrival().map(oldest -> Duration.between(oldest, now)).orElse(Duration.ZERO);
    boolean waited = changes.oldestArrival().map(started::isAfter).orElse(false);
    changes.oldestArrival().ifPresent(arrived -> keep(new Measured(now, arrived, waited)));
    synchronized (recent) {
      recent.addFirst(
          new MillStatus.Published(
              epoch.number(), epoch.time(), changes.rowsRead(), age, waited, took));
      if (recent.size() > RECENT) {
        recent.removeLast();
      }
    }
  }

  private void keep(Measured epoch) {
    try {
      freshness.add(epoch);
    } catch (IOException e) {
      // A measurement is lost; the epoch is there.
      progress.say("how fresh an epoch was could not be noted: " + e);
    }
  }

  /** The newest first. */
  List<MillStatus.Published> recent() {
    synchronized (recent) {
      return List.copyOf(recent);
    }
  }
}
