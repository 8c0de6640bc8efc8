package dev.leat.mill;

import java.time.Clock;
import java.time.Duration;

/**
 * How a mill works; the defaults suit a laptop.
 *
 * @param stepRows rows a step takes of one input when there are few; grows when the mill is behind
 * @param stepRowsMax what it grows to
 * @param heldRowsMax changes that may wait for an epoch before reading pauses
 * @param snapshotEvery how often state is saved in the background
 * @param maintainEvery how often the lake is compacted and old epochs let go
 */
public record MillOptions(
    int stepRows,
    int stepRowsMax,
    long heldRowsMax,
    Duration snapshotEvery,
    Duration maintainEvery,
    Clock clock,
    Boundary.Watch watch,
    Progress progress) {

  public static final MillOptions DEFAULT =
      new MillOptions(
          10_000,
          200_000,
          4_000_000,
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Clock.systemUTC(),
          Boundary.Watch.NONE,
          Progress.SILENT);

  public MillOptions withProgress(Progress other) {
    return new MillOptions(
        stepRows, stepRowsMax, heldRowsMax, snapshotEvery, maintainEvery, clock, watch, other);
  }

  public MillOptions withWatch(Boundary.Watch other) {
    return new MillOptions(
        stepRows, stepRowsMax, heldRowsMax, snapshotEvery, maintainEvery, clock, other, progress);
  }

  public MillOptions withSnapshotEvery(Duration other) {
    return new MillOptions(
        stepRows, stepRowsMax, heldRowsMax, other, maintainEvery, clock, watch, progress);
  }
}
