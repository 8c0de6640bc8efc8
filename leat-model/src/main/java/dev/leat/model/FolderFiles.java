package dev.leat.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a project folder, by kind and in a stable order. */
final class FolderFiles {
  /** Folders that are read. */
  static final List<String> READ = List.of("sources", "tables", "metrics", "dashboards");

  /** Folders that belong to a project but cannot be carried out yet. */
  static final List<String> LATER = List.of("shares", "exports", "policies");

  private static final int DEPTH_MAX = 10;

  /** For people. */
  private static final String DECISIONS = "decisions";

  private final Path folder;
  private final Problems problems;

  FolderFiles(Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /** A file of the folder. */
  record Found(Path path, String relative) {
    /** The file's name without its suffix. */
    String stem() {
      String name = relative.substring(relative.lastIndexOf('/') + 1);
      return name.substring(0, name.lastIndexOf('.'));
    }
  }

  /**
   * YAML files directly in a sub-folder, without {@code *.schema.yaml}. Tells of those that would
   * be passed over in silence: in folders below, or of the same name with another suffix.
   */
  List<Found> yaml(String sub) {
    var files = new LinkedHashMap<String, Found>();
    for (Found file : allYaml(sub)) {
      if (file.relative().lastIndexOf('/') > sub.length()) {
        nested(file, sub);
      } else if (files.putIfAbsent(file.stem(), file) instanceof Found first) {
        problems.add(
            Location.start(file.relative()),
            ErrorCode.DUPLICATE_NAME,
            "There is also " + first.relative() + ", of the same name.",
            "Rename one, or put both into one file.");
      }
    }
    return List.copyOf(files.values());
  }

  private List<Found> allYaml(String sub) {
    return list(sub, ".*\\.ya?ml").stream()
        .filter(f -> !f.relative().matches("(?i).*\\.schema\\.ya?ml"))
        .toList();
  }

  private void nested(Found file, String sub) {
    problems.add(
        Location.start(file.relative()),
        ErrorCode.UNKNOWN_NAME,
        "The file is not read: those of `" + sub + "/` stand in it directly.",
        "Move it to `" + sub + "/" + file.stem() + ".yaml`.");
  }

  /** SQL files anywhere under a sub-folder. */
  List<Found> sql(String sub) {
    return list(sub, ".*\\.sql");
  }

  Optional<Found> file(String relative) {
    Path path = folder.resolve(relative);
    return Files.isRegularFile(path) ? Optional.of(new Found(path, relative)) : Optional.empty();
  }

  /** Without the mark that some editors put before UTF-8. */
  Optional<String> text(Found found) {
    try {
      String text = Files.readString(found.path());
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (IOException e) {
      problems.add(
          Location.start(found.relative()),
          ErrorCode.FOLDER_MISSING,
          "The file cannot be read: " + e.getMessage() + ".",
          "It must be readable, and UTF-8 text.");
      return Optional.empty();
    }
  }

  /**
   * Tells of folders that look like a misspelt one, whose files would be passed over in silence.
   */
  void checkFolderNames() {
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(Files::isDirectory)
          .map(p -> p.getFileName().toString())
          .filter(n -> !READ.contains(n) && !LATER.contains(n))
          .filter(n -> !n.equals(DECISIONS) && !n.startsWith("."))
          .sorted()
          .forEach(n -> Nearest.to(n, READ).ifPresent(near -> misspelt(n, near)));
    } catch (IOException e) {
      unreadable(e);
    }
  }

  /** Refuses what would look as if it were in force, and is not: above all a policy. */
  void checkNothingLater() {
    for (String sub : LATER) {
      for (Found file : allYaml(sub)) {
        problems.add(
            Location.start(file.relative()),
            ErrorCode.NOT_YET,
            "Files in `" + sub + "/` are not carried out yet.",
            "Keep it outside the folder until they are.");
      }
    }
  }

  private void misspelt(String name, String near) {
    problems.add(
        Location.start(name),
        ErrorCode.UNKNOWN_NAME,
        "The folder `" + name + "/` is not read.",
        "Did you mean `" + near + "/`?");
  }

  /** Links are followed; one that leads nowhere is among the files, so that it is told. */
  private List<Found> list(String sub, String form) {
    Path start = folder.resolve(sub);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.walk(start, DEPTH_MAX, FileVisitOption.FOLLOW_LINKS)) {
      return entries
          .filter(p -> Files.isRegularFile(p) || !Files.exists(p))
          .map(p -> new Found(p, folder.relativize(p).toString().replace('\\', '/')))
          .filter(f -> f.relative().matches("(?i)" + form) && !f.relative().contains("/."))
          .sorted(Comparator.comparing(Found::relative))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      unreadable(e);
      return List.of();
    }
  }

  private void unreadable(Exception e) {
    problems.add(
        Problem.of(
            ErrorCode.FOLDER_MISSING,
            "The folder " + folder + " cannot be read: " + e.getMessage() + ".",
            "Make it readable."));
  }
}
