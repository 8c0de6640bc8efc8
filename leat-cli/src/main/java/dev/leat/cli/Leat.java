package dev.leat.cli;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code leat COMMAND DIR}: the entry point of the process. */
@Command(
    name = "leat",
    description = "A data architecture that you can run, measure and reverse.",
    mixinStandardHelpOptions = true,
    version = "leat 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Begin with `leat init shop`, then `leat up shop`. Exit status: 0 done, 1 the answer is no,",
      "2 wrong use, 3 it failed."
    },
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

  private static final Logger LOG = Logger.getLogger(Leat.class.getName());

  private Leat() {}

  public static void main(String[] args) {
    // Names of files and SQL are written with digits: those of every language's are not the same.
    Locale.setDefault(Locale.ENGLISH);
    Logging.quiet();
    CommandLine command = commandLine();
    int status = command.execute(args);
    command.getOut().flush();
    // The streams of the JVM keep to themselves that a disk is full.
    if (status == DONE && System.out.checkError() && !Output.isReaderGone()) {
      LeatException unwritten = Output.unwritten(Optional.empty(), "not all of it was taken");
      Talk.problems(command, unwritten.problems(), List.of(args).contains(Talk.JSON));
      status = FAILED;
    }
    System.exit(status);
  }

  /** The command line, as tests and the reference use it. */
  static CommandLine commandLine() {
    return new CommandLine(new Leat())
        .setExecutionExceptionHandler(Leat::failed)
        .setParameterExceptionHandler(Leat::wrongUse)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int failed(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof LeatException known) {
      Talk.problems(command, known.problems(), asksForJson(parsed));
      return known.problems().stream().allMatch(Leat::isOfTheCommandLine) ? WRONG_USE : FAILED;
    }
    if (!asksForJson(parsed)) {
      LOG.log(Level.SEVERE, "not foreseen", e);
    }
    Problem unforeseen =
        Problem.of(
            ErrorCode.UNFORESEEN,
            "The command met something that was not foreseen: " + e,
            "Please report it, with what stands above.");
    Talk.problems(command, List.of(unforeseen), asksForJson(parsed));
    return FAILED;
  }

  /** A name that stands in no file was typed. */
  private static boolean isOfTheCommandLine(Problem problem) {
    return switch (problem.code()) {
      case USAGE, FOLDER_MISSING -> true;
      case UNKNOWN_NAME -> problem.at().isEmpty();
      default -> false;
    };
  }

  private static boolean asksForJson(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption(Talk.JSON);
  }

  private static int wrongUse(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String message = Objects.requireNonNullElse(e.getMessage(), "The command cannot be read.");
    if (List.of(args).contains(Talk.JSON)) {
      String fix = "See " + command.getCommandSpec().qualifiedName() + " --help.";
      Talk.problems(command, List.of(Problem.of(ErrorCode.USAGE, message, fix)), true);
    } else {
      command.getErr().println(message);
      if (!UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
        command.usage(command.getErr());
      }
    }
    return WRONG_USE;
  }
}
