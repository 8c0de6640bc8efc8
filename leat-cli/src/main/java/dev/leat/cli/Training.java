package dev.leat.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine;
import sun.misc.Signal;

/**
 * Does once, on a small project of its own, what the short commands do. The launcher runs it to
 * make the archive of loaded classes with which later commands start at once.
 */
final class Training {
  private static final String QUERY = "SELECT page, visits FROM pages_by_day";

  private Training() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Logging.quiet();
    Path folder = Files.createTempDirectory("leat-training");
    CommandLine leat = Leat.commandLine();
    try {
      leat.execute("init", folder.toString());
      leat.execute("validate", folder.toString());
      leat.execute("run", folder.toString());
      leat.execute("query", folder.toString(), QUERY);
      leat.execute("explain", folder.toString(), "pages_by_day");
      leat.execute("status", folder.toString());
      leat.execute("prove", folder.toString());
      up(leat, folder);
    } finally {
      delete(folder);
    }
    System.exit(0);
  }

  /** Up for a moment, asked as by commands beside it, and stopped in order. */
  private static void up(CommandLine leat, Path folder) throws InterruptedException {
    Thread up =
        Thread.ofPlatform().start(() -> leat.execute("up", folder.toString(), "--port", "0"));
    while (up.isAlive() && !Files.exists(folder.resolve(".leat/address"))) {
      up.join(20);
    }
    if (!up.isAlive()) {
      return; // it could not: what the others do is learned all the same
    }
    Leat.commandLine().execute("query", folder.toString(), QUERY);
    Leat.commandLine().execute("status", folder.toString());
    Signal.raise(new Signal("TERM"));
    up.join();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(Training::deleteOne);
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
