package dev.leat.connect;

import dev.leat.log.Log;
import dev.leat.model.Project;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The sources of a project, opened: what reads them, and what looks for new data. */
public final class Connectors implements AutoCloseable {
  /** How long the log keeps a stream that does not say. */
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

  /** A cluster that goes away while it is read keeps the other inputs waiting no longer. */
  private static final Duration PATIENCE_ELSEWHERE = Duration.ofSeconds(2);

  private final List<Intake> streams;
  private final BatchSources batches;

  private Connectors(List<Intake> streams, BatchSources batches) {
    this.streams = List.copyOf(streams);
    this.batches = batches;
  }

  /**
   * Opens all sources of a project.
   *
   * @param log the project's own log; there when a source streams
   */
  public static Connectors open(Project project, Optional<Log> log) {
    BatchSources batches = BatchSources.open(project);
    try {
      List<Intake> streams = new ArrayList<>();
      for (Intake topic : log.map(l -> streams(project, l)).orElse(List.of())) {
        streams.add(batches.releasing(topic));
      }
      return new Connectors(streams, batches);
    } catch (RuntimeException e) {
      batches.close();
      throw e;
    }
  }

  /** Whether extracts of a source table are staged, whether or not an epoch has their rows. */
  public static boolean staged(Project project, String table) {
    return BatchSources.staged(project, table);
  }

  /** One for each source table. */
  public List<Intake> intakes() {
    List<Intake> all = new ArrayList<>(streams);
    all.addAll(batches.intakes());
    return all;
  }

  /** Whether an intake reads a stream of events rather than extracts. */
  public boolean streams(Intake intake) {
    return streams.contains(intake);
  }

  /** What looks for new data of the batch sources. */
  public List<Pull> pulls() {
    return batches.pulls();
  }

  /** Whether rows of this table can come out of quarantine: it is a source table. */
  public boolean releases(String table) {
    return batches.releases().containsKey(table);
  }

  /**
   * Takes rows out of quarantine: all of them, or none and why. They are staged when this returns;
   * the next epoch has what became of them. A row that was taken out before is passed over.
   */
  public synchronized List<Release.Refusal> release(List<Release> rows) {
    Map<Releases, List<Release>> byTable = new LinkedHashMap<>();
    for (Release row : rows) {
      String table = row.held().source();
      Releases to = Objects.requireNonNull(batches.releases().get(table), table);
      byTable.computeIfAbsent(to, _ -> new ArrayList<>()).add(row);
    }
    byTable.keySet().forEach(to -> to.adding().lock());
    try {
      return release(byTable);
    } finally {
      byTable.keySet().forEach(to -> to.adding().unlock());
    }
  }

  private static List<Release.Refusal> release(Map<Releases, List<Release>> byTable) {
    List<Release.Refusal> refusals = new ArrayList<>();
    Map<Releases, Releases.Checked> checked = new LinkedHashMap<>();
    byTable.forEach((to, rows) -> checked.put(to, to.check(rows, refusals)));
    if (refusals.isEmpty()) {
      checked.forEach(Releases::stage);
    }
    return refusals;
  }

  @Override
  public void close() {
    streams.forEach(Intake::close);
    batches.close();
  }

  /**
   * The intakes of all sources that are streams: events posted to the server, topics of the
   * project's own log (made when they are not there), topics of other clusters.
   *
   * @param log the project's own log
   */
  public static List<Intake> streams(Project project, Log log) {
    List<Intake> intakes = new ArrayList<>();
    for (Source source : project.sources()) {
      switch (source) {
        case Source.Http http -> http.tables().forEach(t -> intakes.add(own(t, log)));
        case Source.Kafka kafka ->
            kafka.tables().forEach(t -> intakes.add(ofTopic(kafka.bootstrap(), t, log)));
        case Source.Jdbc _, Source.Files _ -> {}
      }
    }
    return intakes;
  }

  /** What takes events that are posted, for all HTTP sources of a project. */
  public static EventGateway events(Project project, Log log) {
    Map<String, EventGateway.Target> targets = new LinkedHashMap<>();
    for (Source source : project.sources()) {
      if (source instanceof Source.Http http) {
        for (SourceTable table : http.tables()) {
          Contract contract = Contract.of(table);
          targets.put(table.name(), new EventGateway.Target(contract, topic(table)));
        }
      }
    }
    return new EventGateway(targets, log);
  }

  /** The topic of a source table: what it calls it, or its own name. */
  public static String topic(SourceTable table) {
    return table.remote().orElse(table.name());
  }

  private static Intake ofTopic(Optional<String> bootstrap, SourceTable table, Log log) {
    if (bootstrap.isEmpty()) {
      return own(table, log);
    }
    Log other = Log.connect(bootstrap.get(), PATIENCE_ELSEWHERE);
    return reading(other, table, () -> other.identity(topic(table)), other);
  }

  private static Intake own(SourceTable table, Log log) {
    log.create(topic(table), table.retain().orElse(DEFAULT_RETENTION));
    return reading(log, table, Optional::empty, () -> {});
  }

  private static Intake reading(
      Log log, SourceTable table, Supplier<Optional<String>> identified, AutoCloseable connection) {
    Optional<DistantEnd> distant =
        log.elsewhere()
            ? Optional.of(new DistantEnd(log.reader(topic(table)), identified))
            : Optional.empty();
    return new StreamIntake(table, log.reader(topic(table)), distant, connection);
  }
}
