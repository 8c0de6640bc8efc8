package dev.leat.cli;

import dev.leat.mill.Compilation;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import dev.leat.model.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat validate DIR}: every fault at once, each with its place. */
@Command(
    name = "validate",
    description = "Reads everything and reports every fault at once, each with file:line:column.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin Folder folder;

  @Option(names = "--json", description = "For machines: one object a fault.")
  boolean json;

  @Override
  public Integer call() {
    Reading reading = folder.reading();
    List<Problem> problems = new ArrayList<>(reading.problems());
    Optional<Project> project = reading.project();
    if (project.isPresent()) {
      try {
        Compilation.of(project.get());
      } catch (LeatException e) {
        problems.addAll(e.problems());
      }
    }
    if (json) {
      problems.forEach(problem -> Terminal.OUT.println(JsonText.of(problem)));
    } else if (problems.isEmpty()) {
      Terminal.OUT.printf(
          "%s is valid: %d sources, %d tables, %d dashboards%n",
          folder.path,
          project.map(p -> p.sources().size()).orElse(0),
          project.map(p -> p.tables().size()).orElse(0),
          project.map(p -> p.dashboards().size()).orElse(0));
    } else {
      Terminal.problems(problems);
      Terminal.say(problems.size() + (problems.size() == 1 ? " fault" : " faults"));
    }
    return problems.isEmpty() ? Leat.DONE : Leat.NO;
  }
}
