package dev.leat.cli;

import dev.leat.lake.Lake;
import dev.leat.mill.Workspace;
import dev.leat.model.Project;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leat status DIR}: what is published, how fresh it is, and whether objectives are met. */
@Command(
    name = "status",
    description = {
      "Shows epochs, rows, bytes, how far sources have been read, quarantine and objectives.",
      "What waits in a source is known only while the project is up; – is unknown. Freshness is"
          + " from the arrival of a row until an epoch has it, by the oldest row of each epoch;"
          + " objective met means that p99 over the last hour is within it. Rows that came while"
          + " the project was down are left out of p50 and p99, and count in the share of time.",
      "Exit status 1 when nothing has been published yet.",
      "Example: leat status shop"
    },
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin Folder folder;

  @Mixin Talk talk;

  @Override
  public Integer call() {
    Project project = folder.read();
    try (Lake lake = Lake.open(Workspace.lakeFolder(project))) {
      Optional<ProjectStatus> status = ProjectStatus.of(project, lake);
      if (talk.json) {
        talk.answer(status.map(StatusCommand::machine).orElse(Map.of("project", project.name())));
      } else if (status.isPresent()) {
        person(status.get());
      } else {
        talk.say("Nothing has been published yet. Run it: leat run " + folder.path);
      }
      return status.isPresent() ? Leat.DONE : Leat.NO;
    }
  }

  // ---- for people

  private void person(ProjectStatus status) {
    PrintWriter out = talk.out();
    List<Long> kept = status.kept();
    out.printf(
        "%s: epoch %d, published %s ago; %d epochs kept (%d to %d); %s%n%n",
        status.project().name(),
        status.epoch().number(),
        rough(status.age()),
        kept.size(),
        kept.getFirst(),
        kept.getLast(),
        status.up() ? "up" : "not up");
    out.printf("%-28s %12s %12s %8s%n", "relation", "rows", "bytes", "changed");
    status
        .epoch()
        .tables()
        .forEach((name, version) ->
            out.printf(
                "%-28s %,12d %,12d %8d%n",
                name, version.rows(), version.bytes(), version.changed()));
    out.printf("%n%-28s %-6s %10s %10s  %s%n", "source", "kind", "waiting", "behind", "read to");
    status.sources().forEach(source -> person(out, source));
    long quarantined = status.quarantined();
    out.printf(
        "%nQuarantine: %,d rows%s%n",
        quarantined, quarantined == 0 ? "" : " (leat quarantine list)");
    for (ProjectStatus.ObjectiveLine line : status.objectives()) {
      out.printf("Objective %s %s: %s%n", line.name(), line.objective(), verdict(line));
    }
    out.flush();
  }

  private static void person(PrintWriter out, ProjectStatus.SourceLine source) {
    out.printf(
        "%-28s %-6s %10s %10s  %s%n",
        source.table(),
        source.kind(),
        source.lag().map("%,d"::formatted).orElse("–"),
        source.lag().isEmpty() ? "–" : source.behind().map(StatusCommand::rough).orElse("0 s"),
        source.position());
    source.trouble().ifPresent(trouble -> out.println("    " + trouble));
  }

  private static String verdict(ProjectStatus.ObjectiveLine line) {
    String met =
        switch (line.met()) {
          case YES -> "met";
          case NO -> "not met";
          case NOT_MEASURED_YET -> "not measured yet";
        };
    return line.note().isEmpty() ? met : met + " (" + line.note() + ")";
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

  // ---- for machines

  private static Map<String, Object> machine(ProjectStatus status) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("project", status.project().name());
    all.put("up", status.up());
    all.put("epoch", status.epoch().number());
    all.put("time", status.epoch().time());
    all.put("kept", status.kept().size());
    all.put("quarantined", status.quarantined());
    List<Object> relations = new ArrayList<>();
    status
        .epoch()
        .tables()
        .forEach((name, version) -> {
          Map<String, Object> line = new LinkedHashMap<>();
          line.put("relation", name);
          line.put("rows", version.rows());
          line.put("bytes", version.bytes());
          line.put("changed", version.changed());
          relations.add(line);
        });
    all.put("relations", relations);
    all.put("sources", status.sources().stream().map(StatusCommand::machine).toList());
    all.put("freshness", freshness(status));
    all.put("objectives", status.objectives().stream().map(StatusCommand::machine).toList());
    return all;
  }

  private static Map<String, Object> machine(ProjectStatus.SourceLine source) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("table", source.table());
    line.put("kind", source.kind());
    line.put("position", source.position());
    line.put("lag", source.lag());
    line.put("behindMillis", source.behind().map(Duration::toMillis));
    line.put("trouble", source.trouble());
    return line;
  }

  private static Map<String, Object> freshness(ProjectStatus status) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("p50Millis", status.freshness().quantile(0.5).map(Duration::toMillis));
    line.put("p99Millis", status.freshness().quantile(0.99).map(Duration::toMillis));
    line.put("epochs", status.freshness().epochs().size() - status.freshness().waited());
    line.put("epochsThatWaited", status.freshness().waited());
    line.put(
        "timeMet",
        status
            .project()
            .objectives()
            .freshness()
            .flatMap(objective ->
                status.freshness().timeMet(objective, status.now()).stream().boxed().findFirst()));
    return line;
  }

  private static Map<String, Object> machine(ProjectStatus.ObjectiveLine objective) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("name", objective.name());
    line.put("objective", objective.objective());
    line.put("met", objective.met().name().toLowerCase(Locale.ROOT));
    line.put("note", objective.note());
    return line;
  }
}
