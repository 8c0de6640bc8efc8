package dev.leat.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Does once, on a small project of its own, what the short commands do. The launcher runs it to
 * make the archive of loaded classes with which later commands start at once.
 */
final class Training {
  private Training() {}

  public static void main(String[] args) throws IOException {
    Logging.quiet();
    Path folder = Files.createTempDirectory("leat-training");
    CommandLine leat = Leat.commandLine();
    try {
      leat.execute("init", folder.toString());
      leat.execute("validate", folder.toString());
      leat.execute("run", folder.toString());
      leat.execute("query", folder.toString(), "SELECT page, visits FROM pages_by_day");
      leat.execute("explain", folder.toString(), "pages_by_day");
      leat.execute("status", folder.toString());
      leat.execute("prove", folder.toString());
    } finally {
      delete(folder);
    }
    System.exit(0);
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
