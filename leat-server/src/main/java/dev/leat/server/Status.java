package dev.leat.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A picture of the mill at a moment.
 *
 * @param time of the picture
 * @param epoch the number of the newest epoch, 0 before the first
 * @param epochs the newest that this process has published, the newest first
 * @param sources one for each source table
 * @param tables one for each table
 * @param freshness from the acceptance of an event to the publication of the epoch that holds it
 * @param quarantined rows in quarantine
 * @param process the process that mills; empty when none is running
 */
public record Status(
    Instant time,
    long epoch,
    List<EpochStatus> epochs,
    List<SourceStatus> sources,
    List<TableStatus> tables,
    Freshness freshness,
    long quarantined,
    Optional<ProcessStatus> process) {

  public Status {
    epochs = List.copyOf(epochs);
    sources = List.copyOf(sources);
    tables = List.copyOf(tables);
  }

  /**
   * An epoch in short.
   *
   * @param rows that were read for it, all sources together
   * @param took from its first read to its publication
   */
  public record EpochStatus(long number, Instant time, long rows, Duration took) {}

  /**
   * How a source table comes in.
   *
   * @param source the source it belongs to
   * @param kind as in its file: jdbc, files, http, kafka
   * @param position how far it has been read, for people
   * @param rows its table has, which may become fewer
   * @param taken rows taken in since the start, which only become more
   * @param rowsPerSecond over the last seconds
   * @param lag rows that are there and not yet in an epoch; empty before the first look
   * @param behind how long ago the last row that was read had arrived, while there are others
   * @param rejected rows that broke the contract
   * @param newest when the last row came
   * @param trouble what keeps it from being read now, for people
   */
  public record SourceStatus(
      String table,
      String source,
      String kind,
      String position,
      long rows,
      long taken,
      double rowsPerSecond,
      OptionalLong lag,
      Optional<Duration> behind,
      long rejected,
      Optional<Instant> newest,
      Optional<String> trouble) {}

  /**
   * How a table is kept.
   *
   * @param why for people: what keeps it live, or why it must be recomputed
   * @param rows it holds
   * @param bytes of its files
   * @param changesPerSecond rows added and taken away over the last seconds
   * @param changed the epoch that last changed it, 0 when none has
   */
  public record TableStatus(
      String table,
      Mode mode,
      String why,
      long rows,
      long bytes,
      double changesPerSecond,
      long changed) {}

  /** How a table follows its inputs. */
  public enum Mode {
    /** Its changes are worked out from the changes of its inputs. */
    LIVE,
    /** It is computed anew when an input changes. */
    RECOMPUTED
  }

  /** Empty while nothing has been measured. */
  public record Freshness(Optional<Duration> p50, Optional<Duration> p99) {
    public static final Freshness UNKNOWN = new Freshness(Optional.empty(), Optional.empty());
  }

  /**
   * What the process uses.
   *
   * @param cpu cores in use, 1.5 is one and a half
   * @param residentBytes memory it holds, as the operating system counts
   */
  public record ProcessStatus(Instant started, double cpu, long heapBytes, long residentBytes) {}
}
