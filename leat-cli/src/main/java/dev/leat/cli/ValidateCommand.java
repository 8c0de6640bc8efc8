package dev.leat.cli;

import dev.leat.mill.Compilation;
import dev.leat.mill.ViewCheck;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Location;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import dev.leat.model.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leat validate DIR}: every fault at once, each with its place. */
@Command(
    name = "validate",
    description = {
      "Reads everything and reports every fault at once, each with file:line:column.",
      "Example: leat validate shop"
    },
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(
          problem -> problem.at().orElse(Location.start("")),
          Comparator.comparing(Location::file)
              .thenComparing(Location::line)
              .thenComparing(Location::column));

  @Mixin Folder folder;

  @Mixin Talk talk;

  @Override
  public Integer call() {
    Reading reading = folder.reading();
    List<Problem> problems = new ArrayList<>(reading.problems());
    Optional<Project> project = reading.project();
    if (reading.draft().isPresent()) {
      Reading.Draft draft = reading.draft().get();
      try {
        Compilation compilation = Compilation.of(draft);
        List<Problem> ofTables = compilation.attempt().problems();
        problems.addAll(ofTables.stream().filter(draft::isCertain).toList());
        boolean whole = draft.isWhole() && ofTables.isEmpty();
        List<Problem> ofViews = ViewCheck.of(draft.project(), compilation);
        problems.addAll(newOnes(problems, whole ? ofViews : tablesApart(ofViews)));
      } catch (LeatException e) {
        problems.addAll(e.problems());
      }
    }
    problems.sort(BY_PLACE);
    if (talk.json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("valid", problems.isEmpty());
      answer.put("sources", project.map(p -> p.sources().size()));
      answer.put("tables", project.map(p -> p.tables().size()));
      answer.put("dashboards", project.map(p -> p.dashboards().size()));
      answer.put("faults", problems);
      talk.answer(answer);
    } else if (problems.isEmpty()) {
      Project valid = project.orElseThrow();
      talk.out()
          .println(
              "%s is valid: %s, %s, %s"
                  .formatted(
                      folder.path,
                      count(valid.sources().size(), "source"),
                      count(valid.tables().size(), "table"),
                      count(valid.dashboards().size(), "dashboard")));
    } else {
      talk.problems(problems);
      talk.say(count(problems.size(), "fault"));
    }
    return problems.isEmpty() ? Leat.DONE : Leat.NO;
  }

  /** A table that views miss may be there, and not compile. */
  private static List<Problem> tablesApart(List<Problem> problems) {
    return problems.stream()
        .filter(problem -> problem.code() != ErrorCode.SQL_UNKNOWN_TABLE)
        .toList();
  }

  /** What reading has told of a place need not be told again in the words of SQL. */
  private static List<Problem> newOnes(List<Problem> told, List<Problem> found) {
    return found.stream()
        .filter(problem -> told.stream().noneMatch(before -> before.at().equals(problem.at())))
        .toList();
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
