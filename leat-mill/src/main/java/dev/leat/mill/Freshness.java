package dev.leat.mill;

import dev.leat.mill.FreshnessLog.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long rows waited from their arrival (an event accepted, a file or extract staged) until an
 * epoch held them, measured by the oldest row of each epoch.
 *
 * @param epochs those that held rows
 */
public record Freshness(List<Measured> epochs) {

  public Freshness {
    epochs = epochs.stream().sorted(Comparator.comparing(Measured::published)).toList();
  }

  /** Epochs whose rows had waited for the project to be started. */
  public long waited() {
    return epochs.stream().filter(Measured::waited).count();
  }

  /** Of epochs whose rows did not wait for a start; empty when there is none. */
  public Optional<Duration> quantile(double q) {
    List<Duration> ages =
        epochs.stream().filter(e -> !e.waited()).map(Measured::age).sorted().toList();
    return ages.isEmpty()
        ? Optional.empty()
        : Optional.of(ages.get((int) Math.min(ages.size() - 1, ages.size() * q)));
  }

  /**
   * Over which share of the time, since the first of these epochs and at most an hour, no row that
   * had arrived was older than the objective and not yet published. Rows that waited for a start
   * count: their readers waited too. Rows that no epoch holds yet do not.
   */
  public OptionalDouble timeMet(Duration objective, Instant now) {
    if (epochs.isEmpty()) {
      return OptionalDouble.empty();
    }
    Instant hourAgo = now.minus(FreshnessLog.WINDOW);
    Instant from = later(hourAgo, earliestArrival());
    long late = 0;
    Instant counted = from;
    for (Measured epoch : epochs) {
      Instant lateFrom = later(counted, epoch.arrived().plus(objective));
      if (lateFrom.isBefore(epoch.published())) {
        late += Duration.between(lateFrom, epoch.published()).toMillis();
      }
      counted = later(counted, epoch.published());
    }
    long all = Math.max(1, Duration.between(from, now).toMillis());
    return OptionalDouble.of(Math.max(0, 1 - (double) late / all));
  }

  private Instant earliestArrival() {
    return epochs.stream().map(Measured::arrived).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
