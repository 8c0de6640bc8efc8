package dev.leat.cli;

import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import dev.leat.mill.Filled;
import dev.leat.mill.MillOptions;
import dev.leat.mill.Workspace;
import dev.leat.model.LeatException;
import dev.leat.model.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leat run DIR}: takes in all that is there now, publishes one epoch, ends. */
@Command(
    name = "run",
    description = {
      "Takes in all that is there now, brings every table up to date, publishes one epoch.",
      "A source that cannot be read is told, and the others go in; the exit status is 3 then.",
      "Example: leat run shop"
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin Folder folder;

  @Mixin Talk talk;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Project project = folder.read();
    Logging.keepIn(project.stateFolder());
    MillOptions options = MillOptions.DEFAULT.withProgress(talk.progress());
    try (Workspace workspace = Workspace.open(project, options)) {
      List<LeatException> failures = workspace.pullAll();
      Filled filled = workspace.fill();
      failures.addAll(filled.failures());
      Terminal.endProgress();
      failures.forEach(failure -> talk.problems(failure.problems()));
      tell(filled, workspace.lake(), (System.nanoTime() - start) / 1e9);
      return failures.isEmpty() ? Leat.DONE : Leat.FAILED;
    }
  }

  private void tell(Filled filled, Lake lake, double seconds) {
    if (talk.json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("epoch", lake.newest().map(Epoch::number));
      line.put("published", filled.epoch().isPresent());
      line.put("rows", filled.rows());
      line.put("seconds", Math.round(seconds * 1000) / 1000.0);
      talk.answer(line);
      return;
    }
    String took = "%.1f s".formatted(seconds);
    talk.say(
        filled
            .epoch()
            .map(epoch ->
                "Epoch %d: %,d rows in, %d tables, %s"
                    .formatted(epoch.number(), filled.rows(), epoch.tables().size(), took))
            .orElse("Nothing new; the newest epoch stands. " + took));
  }
}
