package dev.leat.cli;

import dev.leat.connect.Connectors;
import dev.leat.duckdb.DuckDb;
import dev.leat.lake.Lake;
import dev.leat.log.Log;
import dev.leat.mill.Mill;
import dev.leat.mill.MillOptions;
import dev.leat.mill.QuarantineDesk;
import dev.leat.mill.Workspace;
import dev.leat.model.LeatException;
import dev.leat.model.Project;
import dev.leat.model.Simulation;
import dev.leat.model.SourceTable;
import dev.leat.server.Events;
import dev.leat.server.LakeQuestions;
import dev.leat.server.ProjectMap;
import dev.leat.server.Questions;
import dev.leat.server.Server;
import dev.leat.server.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat up DIR}: runs live until stopped. */
@Command(
    name = "up",
    description = {
      "Runs the project live until stopped with Ctrl-C: prints its address, shows what it does.",
      "While it starts, and the second time, Ctrl-C ends it at once; the next start goes on.",
      "The address holds a token that lets one browser in, once. .leat/token is for programs.",
      "Example: leat up shop --port 9000"
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final int CANDIDATES = 1_000;
  private static final long LOG_AWAY_SECONDS = 60;

  @Mixin Folder folder;

  @Mixin Talk talk;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where the page and the API listen, on loopback only (${DEFAULT-VALUE}).")
  int port;

  private final Stop stop = new Stop(this::endAtOnce);

  @Override
  public Integer call() throws IOException, InterruptedException {
    Project project = folder.read();
    stop.onSignals();
    Logging.keepIn(project.stateFolder());
    MillOptions options = MillOptions.DEFAULT.withProgress(talk.progress());
    try (Workspace workspace = Workspace.open(project, options)) {
      Server.requireFree(port); // filling may take hours
      List<LeatException> failures = workspace.pullAll();
      failures.forEach(failure -> talk.problems(failure.problems()));
      try (Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
        stop.isUp();
        mill.start();
        serve(project, workspace, mill);
      }
    }
    return Leat.DONE;
  }

  private void endAtOnce(int status) {
    Terminal.endProgress();
    talk.say("Ended at once: the next start goes on from here.");
    Runtime.getRuntime().halt(status);
  }

  private void serve(Project project, Workspace workspace, Mill mill)
      throws IOException, InterruptedException {
    Path lakeFolder = Workspace.lakeFolder(project);
    ServerAddress address = ServerAddress.of(project);
    try (Lake lake = Lake.open(lakeFolder);
        DuckDb duck = DuckDb.open(DuckDb.Settings.reading(lakeFolder).withMemory("512MB"));
        LiveMill live = new LiveMill(project, mill, lake)) {
      Questions questions = new LakeQuestions(duck, lake);
      Server.Settings settings = new Server.Settings(port, project.stateFolder().resolve("token"));
      ProjectMap map = ProjectMap.of(project, workspace.compiled());
      DeskActions quarantine = new DeskActions(new QuarantineDesk(workspace));
      try (Server server =
          Server.start(settings, map, questions, live, events(workspace), quarantine)) {
        address.write(server.address());
        Terminal.endProgress();
        tell(project, server);
        simulate(project, workspace, questions);
        watch(live);
      } finally {
        address.delete();
      }
    }
  }

  private void tell(Project project, Server server) {
    if (talk.json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("project", project.name());
      line.put("address", server.address());
      line.put("invitation", server.invitation());
      talk.answer(line);
    } else {
      talk.out().println(project.name() + " is up: " + server.invitation());
    }
    talk.out().flush();
  }

  private static Events events(Workspace workspace) {
    return workspace
        .log()
        .<Events>map(log ->
            new GatewayEvents(Connectors.events(workspace.project(), log), workspace::logTrouble))
        .orElse((_, _, _) -> new Events.Outcome.UnknownTable(Set.of()));
  }

  // ---- events the project sends itself

  private void simulate(Project project, Workspace workspace, Questions questions) {
    workspace
        .log()
        .ifPresent(log ->
            project
                .simulations()
                .forEach(simulation ->
                    Thread.ofVirtual()
                        .name("leat-simulate-" + simulation.table())
                        .start(() -> send(project, simulation, questions, log))));
  }

  private void send(Project project, Simulation simulation, Questions questions, Log log) {
    SourceTable table = Simulations.table(project, simulation.table());
    Map<String, List<String>> candidates = new HashMap<>();
    try {
      simulation
          .values()
          .forEach((column, sql) ->
              candidates.put(
                  column,
                  questions.ask(sql, OptionalLong.empty(), CANDIDATES).rows().stream()
                      .map(row -> String.valueOf(row.getFirst()))
                      .toList()));
      Simulations.Rate rate =
          Simulations.Rate.of(
              simulation.eventsPerSecond(),
              simulation.latePercent(),
              simulation.duplicatePercent(),
              System.nanoTime());
      send(table, candidates, rate, log);
    } catch (LeatException e) {
      talk.problems(e.problems());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A log that is away may come back. */
  private void send(
      SourceTable table, Map<String, List<String>> candidates, Simulations.Rate rate, Log log)
      throws InterruptedException {
    do {
      try {
        Simulations.send(table, candidates, rate, log, () -> !stop.isAsked());
      } catch (LeatException e) {
        talk.problems(e.problems());
      }
    } while (!stop.await(LOG_AWAY_SECONDS));
  }

  // ---- the live line

  private void watch(LiveMill live) throws InterruptedException {
    while (!stop.await(1)) {
      if (Terminal.live() && !talk.json) {
        Terminal.progress(line(live.status()));
      }
    }
    Terminal.endProgress();
    talk.say("Stopping: publishing what has been read …");
  }

  private static String line(Status status) {
    double rate = status.sources().stream().mapToDouble(Status.SourceStatus::rowsPerSecond).sum();
    long lag = status.sources().stream().mapToLong(s -> s.lag().orElse(0)).sum();
    long troubled = status.sources().stream().filter(s -> s.trouble().isPresent()).count();
    return "epoch %d · %,.0f rows/s from %d sources · behind %,d · fresh %s%s%s"
        .formatted(
            status.epoch(),
            rate,
            status.sources().size(),
            lag,
            status.freshness().p50().map(Duration::toMillis).map(ms -> ms + " ms").orElse("–"),
            status.quarantined() == 0 ? "" : " · %,d in quarantine".formatted(status.quarantined()),
            troubled == 0 ? "" : " · " + troubled + " in trouble");
  }
}
