package dev.leat.cli;

import dev.leat.mill.MillOptions;
import dev.leat.mill.Workspace;
import dev.leat.model.LeatException;
import dev.leat.model.Project;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leat run DIR}: takes in all that is there now, publishes one epoch, ends. */
@Command(
    name = "run",
    description =
        "Takes in all that is there now, brings every table up to date, publishes one epoch.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin Folder folder;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Project project = folder.read();
    MillOptions options = MillOptions.DEFAULT.withProgress(new Telling());
    try (Workspace workspace = Workspace.open(project, options)) {
      List<LeatException> failures = workspace.pullAll();
      Workspace.Filled filled = workspace.fill();
      failures.addAll(filled.failures());
      Terminal.endProgress();
      failures.forEach(failure -> Terminal.problems(failure.problems()));
      String took = "%.1f s".formatted((System.nanoTime() - start) / 1e9);
      Terminal.say(
          filled
              .epoch()
              .map(epoch ->
                  "Epoch %d: %,d rows in, %d tables, %s"
                      .formatted(epoch.number(), filled.rows(), epoch.tables().size(), took))
              .orElse("Nothing new; the newest epoch stands. " + took));
      return failures.isEmpty() ? Leat.DONE : Leat.FAILED;
    }
  }
}
