package dev.leat.mill;

import java.time.Clock;
import java.time.Duration;

/**
 * How a mill works; the defaults suit a laptop.
 *
 * @param stepRows rows a step takes of one input when there are few; grows when the mill is behind
 * @param stepRowsMax what it grows to
 * @param heldBytesMax of changes that wait for an epoch, about, before reading pauses
 * @param snapshotEvery how often state is saved in the background
 * @param maintainEvery how often the lake is compacted and old epochs let go
 */
public record MillOptions(
    int stepRows,
    int stepRowsMax,
    long heldBytesMax,
    Duration snapshotEvery,
    Duration maintainEvery,
    Clock clock,
    Boundary.Watch watch,
    Progress progress) {

  public static final MillOptions DEFAULT =
      new MillOptions(
          10_000,
          200_000,
          aQuarterOfTheHeap(),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Clock.systemUTC(),
          Boundary.Watch.NONE,
          Progress.SILENT);

  /** They are put together when the epoch is made, and a column of text holds 2 GB at most. */
  private static long aQuarterOfTheHeap() {
    return Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);
  }

  public MillOptions withProgress(Progress other) {
    return new MillOptions(
        stepRows, stepRowsMax, heldBytesMax, snapshotEvery, maintainEvery, clock, watch, other);
  }

  public MillOptions withWatch(Boundary.Watch other) {
    return new MillOptions(
        stepRows, stepRowsMax, heldBytesMax, snapshotEvery, maintainEvery, clock, other, progress);
  }

  public MillOptions withSnapshotEvery(Duration other) {
    return new MillOptions(
        stepRows, stepRowsMax, heldBytesMax, other, maintainEvery, clock, watch, progress);
  }
}
