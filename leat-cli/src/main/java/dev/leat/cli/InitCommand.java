package dev.leat.cli;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leat init NAME}: a small working project to begin with. */
@Command(
    name = "init",
    description = {
      "Writes a small working project: one source, two tables, a dashboard.",
      "Example: leat init shop"
    },
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The folder to make.")
  private Path folder;

  @Mixin private Talk talk;

  @Override
  public Integer call() {
    List<String> files = written();
    PrintWriter out = talk.out();
    if (talk.json) {
      Map<String, Object> made = new LinkedHashMap<>();
      made.put("folder", folder);
      made.put("files", files);
      talk.answer(made);
      return Leat.DONE;
    }
    out.println("Made " + folder + ":");
    files.forEach(file -> out.println("  " + file));
    out.println("Begin with: ./leat up " + folder);
    return Leat.DONE;
  }

  private List<String> written() {
    try {
      return ProjectTemplate.write(folder);
    } catch (IOException e) {
      throw new LeatException(
          Problem.of(
              ErrorCode.USAGE,
              "The folder " + folder + " cannot be made: " + e,
              "Name one in a folder that you may write to."),
          e);
    }
  }
}
