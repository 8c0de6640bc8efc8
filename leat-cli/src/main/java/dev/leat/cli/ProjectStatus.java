package dev.leat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.connect.Quarantine;
import dev.leat.data.Position;
import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import dev.leat.lake.TableVersion;
import dev.leat.mill.Freshness;
import dev.leat.mill.FreshnessLog;
import dev.leat.model.Objectives;
import dev.leat.model.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of a project: from its lake and what was measured, and, while it is up, from its
 * server.
 *
 * @param up whether it is up
 * @param sources how far each source table has been read
 * @param freshness over the last hour
 */
record ProjectStatus(
    Project project,
    Instant now,
    Epoch epoch,
    List<Long> kept,
    boolean up,
    List<SourceLine> sources,
    Freshness freshness) {

  /**
   * One source table.
   *
   * @param position what the epoch has read
   * @param lag rows (of streams) or extracts (of files and databases) that wait; empty: unknown
   * @param behind how long ago the last row that was read had arrived, while others wait
   */
  record SourceLine(
      String table,
      String kind,
      String position,
      Optional<Long> lag,
      Optional<Duration> behind,
      Optional<String> trouble) {}

  /** Whether an objective is met. */
  enum Met {
    YES,
    NO,
    NOT_MEASURED_YET
  }

  /**
   * One objective.
   *
   * @param objective as people say it
   * @param note what was measured
   */
  record ObjectiveLine(String name, String objective, Met met, String note) {}

  /** Empty when nothing has been published yet. */
  static Optional<ProjectStatus> of(Project project, Lake lake) {
    Optional<Epoch> epoch = lake.newest();
    if (epoch.isEmpty()) {
      return Optional.empty();
    }
    Instant now = Instant.now();
    Optional<JsonNode> live = RunningServer.ask(project, "v1/status");
    return Optional.of(
        new ProjectStatus(
            project,
            now,
            epoch.get(),
            lake.epochs(),
            live.isPresent(),
            sources(project, epoch.get(), live),
            freshness(project, now)));
  }

  private static Freshness freshness(Project project, Instant now) {
    try {
      return new FreshnessLog(project.stateFolder()).lastHour(now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<SourceLine> sources(Project project, Epoch epoch, Optional<JsonNode> live) {
    List<SourceLine> lines = new ArrayList<>();
    for (var source : project.sources()) {
      for (var table : source.tables()) {
        Optional<JsonNode> now = live.flatMap(status -> named(status, table.name()));
        lines.add(
            new SourceLine(
                table.name(),
                source.kind(),
                position(epoch, table.name()),
                now.flatMap(n -> number(n, "lag")),
                now.flatMap(n -> number(n, "behindMillis")).map(Duration::ofMillis),
                now.filter(n -> n.has("trouble")).map(n -> n.path("trouble").asText())));
      }
    }
    return lines;
  }

  private static Optional<JsonNode> named(JsonNode status, String table) {
    for (JsonNode source : status.path("sources")) {
      if (source.path("table").asText().equals(table)) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }

  private static Optional<Long> number(JsonNode node, String field) {
    return node.path(field).isNumber() ? Optional.of(node.path(field).asLong()) : Optional.empty();
  }

  /** Partitions of a topic and their offsets; what came out of quarantine stands beside it. */
  static String position(Epoch epoch, String relation) {
    Position position = epoch.position(relation);
    StringBuilder text = new StringBuilder();
    position
        .offsets()
        .forEach((partition, offset) -> {
          if (partition >= -1) {
            text.append(text.isEmpty() ? "" : ", ")
                .append(partition < 0 ? "replays" : partition.toString())
                .append(':')
                .append(offset);
          }
        });
    return text.toString();
  }

  long quarantined() {
    return epoch.table(Quarantine.TABLE).map(TableVersion::rows).orElse(0L);
  }

  Duration age() {
    return Duration.between(epoch.time(), now);
  }

  /** Every objective the project has. What is not measured is said to be so. */
  List<ObjectiveLine> objectives() {
    Objectives all = project.objectives();
    List<ObjectiveLine> lines = new ArrayList<>();
    all.freshness().ifPresent(objective -> lines.add(freshness(objective)));
    all.availabilityPercent()
        .ifPresent(percent -> lines.add(notYet("availability", percent + " %")));
    all.rto().ifPresent(rto -> lines.add(notYet("rto", StatusCommand.rough(rto))));
    all.rpo().ifPresent(rpo -> lines.add(notYet("rpo", StatusCommand.rough(rpo))));
    all.budgetPerMonth()
        .ifPresent(budget ->
            lines.add(
                notYet("budget", budget + " " + all.budgetCurrency().orElse("") + " a month")));
    return lines;
  }

  private static ObjectiveLine notYet(String name, String objective) {
    return new ObjectiveLine(name, objective, Met.NOT_MEASURED_YET, "");
  }

  private ObjectiveLine freshness(Duration objective) {
    String wanted = StatusCommand.rough(objective);
    OptionalDouble met = freshness.timeMet(objective, now);
    if (met.isEmpty()) {
      return new ObjectiveLine(
          "freshness",
          wanted,
          Met.NOT_MEASURED_YET,
          "no rows came while it was up, this last hour");
    }
    StringBuilder note =
        new StringBuilder("met %.2f %% of the time".formatted(met.getAsDouble() * 100));
    freshness
        .quantile(0.5)
        .ifPresent(p50 ->
            note.append(
                "; p50 %s, p99 %s over the last hour's %,d epochs"
                    .formatted(
                        StatusCommand.rough(p50),
                        StatusCommand.rough(freshness.quantile(0.99).orElseThrow()),
                        freshness.epochs().size() - freshness.waited())));
    if (freshness.waited() > 0) {
      note.append(
          "; without %,d whose rows had waited for the project to be started"
              .formatted(freshness.waited()));
    }
    boolean kept = freshness.quantile(0.99).map(p99 -> p99.compareTo(objective) <= 0).orElse(false);
    return new ObjectiveLine("freshness", wanted, kept ? Met.YES : Met.NO, note.toString());
  }
}
