package dev.leat.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leat init NAME}: a small working project to begin with. */
@Command(
    name = "init",
    description = "Writes a small working project: one source, two tables, a dashboard.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NAME", description = "The folder to make.")
  private Path folder;

  @Option(names = "--json", description = "For machines: the files that were written.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<String> files = ProjectTemplate.write(folder);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          files.stream().map(f -> "\"" + f + "\"").collect(Collectors.joining(", ", "[", "]")));
      return 0;
    }
    out.println("Made " + folder + ":");
    files.forEach(file -> out.println("  " + file));
    out.println("Begin with: ./leat up " + folder);
    return 0;
  }
}
