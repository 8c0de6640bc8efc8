package dev.leat.cli;

import dev.leat.connect.Quarantine;
import dev.leat.data.Position;
import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import dev.leat.lake.TableVersion;
import dev.leat.mill.Workspace;
import dev.leat.model.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat status DIR}: what is published, how fresh it is, and whether objectives are met. */
@Command(
    name = "status",
    description = "Shows epochs, positions, freshness, rows, bytes, quarantine and objectives.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin Folder folder;

  @Option(names = "--json", description = "For machines: one object a line.")
  boolean json;

  @Override
  public Integer call() {
    Project project = folder.read();
    try (Lake lake = Lake.open(Workspace.lakeFolder(project))) {
      Optional<Epoch> epoch = lake.newest();
      if (epoch.isEmpty()) {
        Terminal.say("Nothing has been published yet. Run it: leat run " + folder.path);
        return Leat.NO;
      }
      if (json) {
        machine(epoch.get());
      } else {
        person(project, lake, epoch.get());
      }
    }
    return Leat.DONE;
  }

  private static void person(Project project, Lake lake, Epoch epoch) {
    Duration age = Duration.between(epoch.time(), Instant.now());
    List<Long> kept = lake.epochs();
    Terminal.OUT.printf(
        "%s: epoch %d, published %s ago; %d epochs kept (%d to %d)%n%n",
        project.name(), epoch.number(), rough(age), kept.size(), kept.getFirst(), kept.getLast());
    Terminal.OUT.printf(
        "%-28s %12s %12s %8s  %s%n", "relation", "rows", "bytes", "changed", "read to");
    epoch
        .tables()
        .forEach((name, version) ->
            Terminal.OUT.printf(
                "%-28s %,12d %,12d %8d  %s%n",
                name, version.rows(), version.bytes(), version.changed(), position(epoch, name)));
    long quarantined = epoch.table(Quarantine.TABLE).map(TableVersion::rows).orElse(0L);
    Terminal.OUT.printf(
        "%nQuarantine: %,d rows%s%n",
        quarantined, quarantined == 0 ? "" : " (leat quarantine list)");
    project
        .objectives()
        .freshness()
        .ifPresent(objective ->
            Terminal.OUT.printf(
                "Objective freshness %s: the newest epoch is %s old%n",
                rough(objective), rough(age)));
  }

  private static void machine(Epoch epoch) {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("epoch", epoch.number());
    head.put("time", epoch.time());
    Terminal.OUT.println(JsonText.of(head));
    epoch
        .tables()
        .forEach((name, version) -> {
          Map<String, Object> line = new LinkedHashMap<>();
          line.put("relation", name);
          line.put("rows", version.rows());
          line.put("bytes", version.bytes());
          line.put("changed", version.changed());
          line.put("position", position(epoch, name));
          Terminal.OUT.println(JsonText.of(line));
        });
  }

  private static String position(Epoch epoch, String relation) {
    Position position = epoch.positions().getOrDefault(relation, Position.START);
    StringBuilder text = new StringBuilder();
    position
        .offsets()
        .forEach((partition, offset) ->
            text.append(text.isEmpty() ? "" : ", ").append(partition).append(':').append(offset));
    return text.toString();
  }

  /** A duration as people say it. */
  static String rough(Duration duration) {
    if (duration.toMillis() < 1_000) {
      return duration.toMillis() + " ms";
    }
    if (duration.toSeconds() < 120) {
      return "%.1f s".formatted(duration.toMillis() / 1e3);
    }
    return duration.toMinutes() < 120
        ? duration.toMinutes() + " minutes"
        : duration.toHours() + " hours";
  }
}
