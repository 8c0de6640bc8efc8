package dev.leat.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Keeps libraries quiet: a terminal shows what Leat says, a library only what went wrong. What the
 * broker and its clients say goes to {@code .leat/leat.log}: what concerns people comes to them as
 * a {@link dev.leat.model.Problem}.
 */
final class Logging {
  /** Loggers are collected when nobody holds them, and their level with them. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final List<Logger> OF_KAFKA =
      List.of(
          Logger.getLogger("org.apache.kafka"),
          Logger.getLogger("state.change.logger"),
          Logger.getLogger("kafka"));

  private static final int BYTES_MAX = 4 << 20;
  private static final int FILES = 2;

  private Logging() {}

  static void quiet() {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %3$s: %5$s%6$s%n");
    ROOT.setLevel(Level.WARNING);
    for (Handler handler : ROOT.getHandlers()) {
      handler.setLevel(Level.WARNING);
    }
    for (Logger logger : OF_KAFKA) {
      logger.setLevel(Level.SEVERE);
      logger.setUseParentHandlers(false);
    }
  }

  /** Keeps what Kafka says in a file of the project's state folder, which the caller has. */
  static void keepIn(Path stateFolder) {
    try {
      Files.createDirectories(stateFolder);
      FileHandler file =
          new FileHandler(stateFolder.resolve("leat.log").toString(), BYTES_MAX, FILES, true);
      file.setFormatter(new SimpleFormatter());
      OF_KAFKA.forEach(logger -> logger.addHandler(file));
    } catch (IOException e) {
      Terminal.say("There is no log of the broker: " + e);
    }
  }
}
