package dev.leat.mill;

import dev.leat.model.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a mill is doing, at one moment.
 *
 * @param rowsHeld changes that wait for the next epoch
 * @param recent the newest epochs this process has published, newest first
 */
public record MillStatus(
    Instant at,
    long epoch,
    List<SourceStatus> sources,
    List<TableStatus> tables,
    long rowsHeld,
    List<Published> recent) {

  /**
   * @param lag rows or extracts that can be read but have not been; empty before the first look
   * @param behind how long ago the last row that was read had arrived, while there are others
   * @param newest when the last row was read
   * @param trouble why it does not go on, if it does not
   */
  public record SourceStatus(
      String table,
      long rows,
      long rejected,
      long duplicates,
      OptionalLong lag,
      Optional<Duration> behind,
      Optional<Instant> newest,
      Optional<Problem> trouble) {}

  /**
   * @param rowsOut changes it has given since the start
   * @param trouble why it has stopped, if it has
   */
  public record TableStatus(String table, Upkeep upkeep, long rowsOut, Optional<Problem> trouble) {}

  /**
   * An epoch this process published.
   *
   * @param rows read from sources for it
   * @param freshness from the arrival of its oldest row until it could be seen
   * @param waited whether that row had arrived before this process started
   * @param took to write and publish it
   */
  public record Published(
      long epoch, Instant time, long rows, Duration freshness, boolean waited, Duration took) {}
}
