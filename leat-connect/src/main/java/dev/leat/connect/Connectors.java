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
import java.util.Optional;

/** Makes the intakes of a project's sources. */
public final class Connectors {
  /** How long the log keeps a stream that does not say. */
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

  private Connectors() {}

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
    Log other = Log.connect(bootstrap.get());
    return new StreamIntake(table, other.reader(topic(table)), other);
  }

  private static Intake own(SourceTable table, Log log) {
    log.create(topic(table), table.retain().orElse(DEFAULT_RETENTION));
    return new StreamIntake(table, log.reader(topic(table)), () -> {});
  }
}
