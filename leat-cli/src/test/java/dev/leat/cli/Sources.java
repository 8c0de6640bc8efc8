package dev.leat.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java sources of this repository. */
final class Sources {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Sources() {}

  /** One source file. */
  record JavaFile(String path, List<String> lines) {
    boolean isTest() {
      return path.contains("/src/test/");
    }

    boolean isIn(String module) {
      return path.startsWith(module + "/");
    }

    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** The modules, by the folders there are. */
  static List<String> modules() {
    try (Stream<Path> entries = Files.list(ROOT)) {
      return entries
          .filter(p -> Files.exists(p.resolve("pom.xml")))
          .map(p -> p.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JavaFile> java() {
    return modules().stream().flatMap(m -> java(ROOT.resolve(m).resolve("src")).stream()).toList();
  }

  private static List<JavaFile> java(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().map(Sources::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaFile read(Path file) {
    try {
      return new JavaFile(ROOT.relativize(file).toString(), Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
