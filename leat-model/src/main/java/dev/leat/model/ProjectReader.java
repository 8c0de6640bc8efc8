package dev.leat.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a project folder and tells everything that is wrong with it at once. SQL is kept as text;
 * leat-sql reads it.
 */
public final class ProjectReader {
  /** The profile that is meant when none is named; it may be left out of leat.yaml. */
  public static final String DEFAULT_PROFILE = "laptop";

  private final FolderFiles files;
  private final YamlReader yaml;
  private final Problems problems;
  private final ShapeCheck check;

  private ProjectReader(
      Path folder, Function<String, Optional<String>> environment, Problems problems) {
    this.problems = problems;
    this.files = new FolderFiles(folder, problems);
    this.yaml = new YamlReader(environment, problems);
    this.check = new ShapeCheck(problems);
  }

  /**
   * Reads a folder.
   *
   * @param environment the value of each {@code ${NAME}}; see {@link Variables}
   */
  public static Reading read(
      Path folder, String profile, Function<String, Optional<String>> environment) {
    Path absolute = folder.toAbsolutePath().normalize();
    var problems = new Problems();
    if (!Files.isRegularFile(absolute.resolve("leat.yaml"))) {
      problems.add(
          Problem.of(
              ErrorCode.FOLDER_MISSING,
              "There is no leat.yaml in " + absolute + ".",
              "Name a project folder, or make one with `leat init NAME`."));
      return new Reading(Optional.empty(), Optional.empty(), problems.sorted());
    }
    var reader = new ProjectReader(absolute, environment, problems);
    var project = reader.read(absolute, profile);
    List<Problem> found = problems.sorted();
    return new Reading(
        project.filter(_ -> found.isEmpty()), project.map(p -> reader.draft(p, found)), found);
  }

  private Reading.Draft draft(Project project, List<Problem> found) {
    Set<String> broken =
        files.sql("tables").stream().map(FolderFiles.Found::stem).collect(Collectors.toSet());
    project.tables().forEach(table -> broken.remove(table.name()));
    DraftSources sources = DraftSources.of(project.sources(), found);
    broken.addAll(sources.broken());
    return new Reading.Draft(project.withSources(sources.known()), broken, sources.unread());
  }

  private Optional<Project> read(Path folder, String profile) {
    files.checkFolderNames();
    files.checkNothingLater();
    var config = config(folder, profile);
    var sources = sources(folder);
    var tables = tables(config.map(c -> c.teams().keySet()));
    var metrics = metrics();
    var dashboards = dashboards();
    config.ifPresent(c -> {
      var references = new ReferenceCheck(problems);
      references.tables(sources, tables);
      references.metrics(metrics, sources, tables);
      references.dashboards(dashboards, metrics);
      references.simulations(c.simulations(), sources);
    });
    return config.map(c ->
        new Project(
            folder,
            c.name(),
            c.teams(),
            c.epoch(),
            c.objectives(),
            c.profile(),
            sources,
            tables,
            metrics,
            dashboards,
            c.simulations()));
  }

  private Optional<ConfigReader.Config> config(Path folder, String profile) {
    return files
        .file("leat.yaml")
        .flatMap(f -> document(f, FolderKeys.PROJECT))
        .map(m -> new ConfigReader(problems).read(folder, m, profile));
  }

  private List<Source> sources(Path folder) {
    var reader = new SourceReader(folder, problems);
    var sources = new ArrayList<Source>();
    for (FolderFiles.Found file : files.yaml("sources")) {
      var inferred =
          files
              .file(InferredSchemas.file(file.stem()))
              .flatMap(f -> document(f, FolderKeys.INFERRED))
              .flatMap(m -> new Values(m).values("tables"));
      document(file, FolderKeys.SOURCE)
          .flatMap(m -> reader.read(file.stem(), m, inferred))
          .ifPresent(sources::add);
    }
    return List.copyOf(sources);
  }

  private List<TableDefinition> tables(Optional<Set<String>> teams) {
    var reader = new TableReader(teams, problems);
    return files.sql("tables").stream()
        .flatMap(file ->
            files.text(file).stream()
                .flatMap(text -> {
                  SqlHeader header = SqlHeader.of(text);
                  return document(file, header.yaml(), FolderKeys.TABLE_HEADER).stream()
                      .flatMap(m -> reader.read(file, m, header.sql()).stream());
                }))
        .toList();
  }

  private List<MetricSet> metrics() {
    return files.yaml("metrics").stream()
        .flatMap(f ->
            document(f, FolderKeys.METRICS).stream()
                .flatMap(m -> ViewReader.metrics(f.stem(), m).stream()))
        .toList();
  }

  private List<Dashboard> dashboards() {
    return files.yaml("dashboards").stream()
        .flatMap(f ->
            document(f, FolderKeys.DASHBOARD).stream().map(m -> ViewReader.dashboard(f.stem(), m)))
        .toList();
  }

  private Optional<Yaml.Mapping> document(FolderFiles.Found file, Shape shape) {
    return files.text(file).flatMap(text -> document(file, text, shape));
  }

  private Optional<Yaml.Mapping> document(FolderFiles.Found file, String text, Shape shape) {
    Optional<Yaml.Mapping> mapping = yaml.mapping(file.relative(), text);
    mapping.ifPresent(m -> check.check("the file", m, shape));
    // leat.yaml may name variables of profiles that are not in use; its own reader tells of them.
    if (shape != FolderKeys.PROJECT) {
      mapping.ifPresent(m -> new MissingVariables(problems).in(m));
    }
    return mapping;
  }
}
