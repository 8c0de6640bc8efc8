package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Holds docs/reference/commands.md to the commands. */
class CommandReferenceTest {
  private static final String BEGINNING =
      """
      # Commands

      Generated from the commands; do not edit. `./leat COMMAND --help` says the same.

      Exit status: 0 done, 1 the answer is no, 2 wrong use, 3 it failed. Answers go to standard output, everything else to standard error.

      | variable | does |
      | --- | --- |
      | `LEAT_JAVA_HOME` | the JDK 25 to use; otherwise JAVA_HOME, the PATH, the usual folders |
      | `LEAT_HEAP` | Java heap, such as `1g`; 2g for `up`, `run`, `prove`, `simulate` and `quarantine`, 1g for others. When set it is taken whole at the start |
      | `LEAT_SECRETS_FILE` | a file of `NAME=value` lines for `${NAME}` in a project folder |

      """;

  @Test
  void thePageSaysWhatTheCommandsSay() throws IOException {
    Path file = Sources.ROOT.resolve("docs/reference/commands.md");
    String page = page();
    if (Boolean.getBoolean("leat.accept")) {
      Files.writeString(file, page);
    }
    assertThat(file).as("write it anew with -Dleat.accept=true").exists().hasContent(page);
  }

  private static String page() {
    var page = new StringBuilder(BEGINNING);
    for (CommandLine command : Leat.commandLine().getSubcommands().values()) {
      if (!command.getCommandName().equals("help")) {
        append(page, command);
      }
    }
    return page.toString();
  }

  private static void append(StringBuilder page, CommandLine command) {
    page.append("## leat ").append(command.getCommandName()).append("\n\n```\n");
    page.append(usage(command)).append("```\n\n");
    command.getSubcommands().values().stream()
        .filter(sub -> !sub.getCommandName().equals("help"))
        .forEach(sub -> page.append("```\n").append(usage(sub)).append("```\n\n"));
  }

  private static String usage(CommandLine command) {
    return command
        .setUsageHelpWidth(100)
        .getUsageMessage(Ansi.OFF)
        .replace("\r\n", "\n")
        .replaceAll("(?m) +$", "");
  }

  @Test
  void everyCommandHelps() {
    for (CommandLine command : Leat.commandLine().getSubcommands().values()) {
      assertThat(command.getCommandSpec().usageMessage().description())
          .as(command.getCommandName())
          .isNotEmpty();
      if (!command.getCommandName().equals("help")) {
        assertThat(command.getCommandSpec().optionsMap())
            .as(command.getCommandName())
            .containsKey("--help");
      }
    }
  }
}
