package dev.leat.cli;

import dev.leat.model.Problem;
import java.io.PrintStream;
import picocli.CommandLine.Help.Ansi;

/** What people read: answers on standard output, everything else on standard error. */
final class Terminal {
  static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;

  private Terminal() {}

  static void say(String line) {
    ERR.println(line);
  }

  /** Says what is going on in one line that the next one replaces, when a person is watching. */
  static void progress(String line) {
    if (live()) {
      ERR.print("\r\033[K" + line);
      ERR.flush();
    } else {
      ERR.println(line);
    }
  }

  static void endProgress() {
    if (live()) {
      ERR.print("\r\033[K");
      ERR.flush();
    }
  }

  /** How many columns a line has. */
  static int width() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : 120;
  }

  /** Whether a person is watching standard error. */
  static boolean live() {
    return System.console() != null && System.console().isTerminal();
  }

  /** A problem in two lines: where, which and what; and what to do. */
  static String text(Problem problem) {
    return problem.at().map(at -> at + ": ").orElse("")
        + Ansi.AUTO.string("@|bold,red " + problem.code().id() + "|@ ")
        + problem.message()
        + (problem.fix().isEmpty() ? "" : System.lineSeparator() + "    " + problem.fix());
  }
}
