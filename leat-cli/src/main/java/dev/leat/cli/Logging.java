package dev.leat.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps libraries quiet: a terminal shows what Leat says, a library only what went wrong. */
final class Logging {
  /** Loggers are collected when nobody holds them, and their level with them. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");
  private static final Logger STATE_CHANGE = Logger.getLogger("state.change.logger");
  private static final Logger BROKER = Logger.getLogger("kafka");

  private Logging() {}

  static void quiet() {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %3$s: %5$s%6$s%n");
    ROOT.setLevel(Level.WARNING);
    for (Handler handler : ROOT.getHandlers()) {
      handler.setLevel(Level.WARNING);
    }
    KAFKA.setLevel(Level.SEVERE);
    STATE_CHANGE.setLevel(Level.SEVERE);
    BROKER.setLevel(Level.SEVERE);
  }
}
