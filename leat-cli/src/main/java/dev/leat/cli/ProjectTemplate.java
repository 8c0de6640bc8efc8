package dev.leat.cli;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The small working project that {@code leat init} writes. */
final class ProjectTemplate {
  /** Path in the new folder → the resource that holds its text. */
  private static final Map<String, String> FILES = new LinkedHashMap<>();

  static {
    FILES.put("leat.yaml", "leat.yaml");
    FILES.put("sources/web.yaml", "web.source.yaml");
    FILES.put("tables/staging/page_visits.sql", "page_visits.sql");
    FILES.put("tables/marts/web/pages_by_day.sql", "pages_by_day.sql");
    FILES.put("metrics/web.yaml", "web.metrics.yaml");
    FILES.put("dashboards/web.yaml", "web.dashboard.yaml");
    FILES.put(".gitignore", "gitignore");
  }

  private ProjectTemplate() {}

  /**
   * Writes the project into a folder that does not exist or is empty.
   *
   * @return the files, relative to the folder
   */
  static List<String> write(Path folder) throws IOException {
    requireEmpty(folder);
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    for (var file : FILES.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.writeString(path, text(file.getValue()).replace("name: NAME", "name: " + quoted(name)));
    }
    return List.copyOf(FILES.keySet());
  }

  private static String quoted(String name) {
    return name.matches("(?!(?i:null)$)[A-Za-z][A-Za-z0-9_-]*")
        ? name
        : "\"" + name.replace("\"", "") + "\"";
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw new LeatException(
        Problem.of(
            ErrorCode.USAGE,
            "There is already something at " + folder + ".",
            "Name a folder that does not exist yet, or an empty one."));
  }

  private static String text(String resource) {
    try (InputStream in = ProjectTemplate.class.getResourceAsStream("init/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("The resource init/" + resource + " is missing.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
