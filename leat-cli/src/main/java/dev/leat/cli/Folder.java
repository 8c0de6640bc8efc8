package dev.leat.cli;

import dev.leat.model.LeatException;
import dev.leat.model.Project;
import dev.leat.model.ProjectReader;
import dev.leat.model.Reading;
import dev.leat.model.Variables;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The project folder a command works on. */
final class Folder {
  @Parameters(index = "0", paramLabel = "DIR", description = "The project folder.")
  Path path;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "laptop",
      description = "Which of leat.yaml's profiles to use (${DEFAULT-VALUE}).")
  String profile;

  /**
   * Reads the folder.
   *
   * @throws LeatException with every fault, when there is one
   */
  Project read() {
    Reading reading = reading();
    if (!reading.problems().isEmpty()) {
      throw new LeatException(reading.problems());
    }
    return reading.project().orElseThrow();
  }

  /** The folder with its faults. */
  Reading reading() {
    return ProjectReader.read(path, profile, Variables.ofProcess());
  }
}
