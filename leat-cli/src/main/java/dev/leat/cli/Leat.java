package dev.leat.cli;

import dev.leat.model.LeatException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code leat COMMAND DIR}: the entry point of the process. */
@Command(
    name = "leat",
    description = "A data architecture that you can run, measure and reverse.",
    mixinStandardHelpOptions = true,
    version = "leat 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InitCommand.class,
      ValidateCommand.class,
      ExplainCommand.class,
      RunCommand.class,
      UpCommand.class,
      QueryCommand.class,
      StatusCommand.class,
      ProveCommand.class,
      SimulateCommand.class,
      QuarantineCommand.class,
      HelpCommand.class
    })
public final class Leat {
  /** Exit statuses, as docs/reference/commands.md says them. */
  static final int DONE = 0;

  static final int NO = 1;
  static final int WRONG_USE = 2;
  static final int FAILED = 3;

  private Leat() {}

  public static void main(String[] args) {
    Logging.quiet();
    System.exit(commandLine().execute(args));
  }

  /** The command line, as tests and the reference use it. */
  static CommandLine commandLine() {
    return new CommandLine(new Leat())
        .setExecutionExceptionHandler((e, _, _) -> {
          if (e instanceof LeatException known) {
            Terminal.problems(known.problems());
            return FAILED;
          }
          throw e;
        })
        .setCaseInsensitiveEnumValuesAllowed(true);
  }
}
