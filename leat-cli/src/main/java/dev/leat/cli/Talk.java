package dev.leat.cli;

import dev.leat.mill.Progress;
import dev.leat.model.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command answers: people in text, machines in JSON. */
final class Talk {
  static final String JSON = "--json";

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = JSON,
      description = "For machines: one JSON object a line, errors too (on standard error).")
  boolean json;

  /** Where answers go. */
  PrintWriter out() {
    return command.commandLine().getOut();
  }

  void answer(Map<String, Object> fields) {
    out().println(JsonText.of(fields));
  }

  /** Says something that only people want to know. */
  void say(String line) {
    if (!json) {
      command.commandLine().getErr().println(line);
    }
  }

  /** Where long work says what it is doing. */
  Progress progress() {
    return new Telling(this);
  }

  void problems(List<Problem> problems) {
    problems(command.commandLine(), problems, json);
  }

  static void problems(CommandLine command, List<Problem> problems, boolean json) {
    PrintWriter err = command.getErr();
    if (json) {
      problems.forEach(problem -> err.println(JsonText.of(problem)));
    } else {
      Terminal.endProgress();
      problems.forEach(problem -> err.println(Terminal.text(problem)));
    }
    err.flush();
  }
}
