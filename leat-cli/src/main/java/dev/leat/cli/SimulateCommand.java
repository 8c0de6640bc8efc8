package dev.leat.cli;

import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Log;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Profile.LogChoice;
import dev.leat.model.Project;
import dev.leat.model.SourceTable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat simulate DIR SOURCE}: plausible events for a stream of a running project. */
@Command(
    name = "simulate",
    description = {
      "Sends plausible events to a stream table of a project that is up.",
      "Example: leat simulate shop visits --rate 100 --late 5 --duplicates 2 --seconds 60"
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  /** As in leat.yaml. */
  private static final int RATE_MAX = 1_000_000;

  @Mixin Folder folder;

  @Mixin Talk talk;

  @Parameters(index = "1", paramLabel = "SOURCE", description = "The stream's source table.")
  String table;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10",
      description = "Events a second (${DEFAULT-VALUE}).")
  int rate;

  @Option(
      names = "--late",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description = "Share whose event time lies back, in percent (${DEFAULT-VALUE}).")
  double late;

  @Option(
      names = "--duplicates",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description = "Share that is sent twice, in percent (${DEFAULT-VALUE}).")
  double duplicates;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same events (${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "Stop after so long; 0: when interrupted (${DEFAULT-VALUE}).")
  long seconds;

  @Override
  public Integer call() throws InterruptedException {
    require(rate >= 1 && rate <= RATE_MAX, "--rate", "1 to 1,000,000 events a second");
    require(late >= 0 && late <= 100, "--late", "0 to 100 percent");
    require(duplicates >= 0 && duplicates <= 100, "--duplicates", "0 to 100 percent");
    require(seconds >= 0, "--seconds", "0 or more");
    Project project = folder.read();
    SourceTable source = Simulations.table(project, table);
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    try (Log log = Log.connect(bootstrap(project))) {
      talk.say(
          "Sending %d events a second to %s%s"
              .formatted(rate, source.name(), seconds == 0 ? " until interrupted" : ""));
      long sent =
          Simulations.send(
              source,
              Map.of(),
              Simulations.Rate.of(rate, late, duplicates, seed),
              log,
              () -> seconds == 0 || System.nanoTime() < end);
      if (talk.json) {
        talk.answer(Map.of("sent", sent));
      }
      talk.say("Sent %,d events.".formatted(sent));
    }
    return Leat.DONE;
  }

  private static void require(boolean holds, String option, String range) {
    if (!holds) {
      throw new LeatException(
          Problem.of(
              ErrorCode.USAGE, option + " takes " + range + ".", "See leat simulate --help."));
    }
  }

  private static String bootstrap(Project project) {
    return switch (project.profile().log()) {
      case LogChoice.Embedded _ ->
          EmbeddedBroker.addressIn(project.stateFolder().resolve("log"))
              .orElseThrow(() ->
                  new LeatException(
                      Problem.of(
                          ErrorCode.LOG_FAILED,
                          project.name() + " is not up.",
                          "Start it first: leat up " + project.folder())));
      case LogChoice.Kafka kafka -> kafka.bootstrap();
    };
  }
}
