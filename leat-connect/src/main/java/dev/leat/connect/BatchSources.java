package dev.leat.connect;

import dev.leat.duckdb.DuckDb;
import dev.leat.model.ErrorCode;
import dev.leat.model.InferredSchemas;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import dev.leat.model.Schema;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sources of a project that are looked at from time to time: files and databases. What is found
 * is staged below {@code .leat/staging}; from there it is read.
 */
public final class BatchSources implements AutoCloseable {
  private final Project project;
  private final DuckDb duckDb;
  private final List<Intake> intakes = new ArrayList<>();
  private final List<Pull> pulls = new ArrayList<>();
  private final Map<String, Releases> releases = new LinkedHashMap<>();

  private BatchSources(Project project) {
    this.project = project;
    this.duckDb = duckDb(project);
  }

  /**
   * Opens them. A table without columns gets them from its source, and its contract is written
   * beside the source for review.
   *
   * @throws LeatException LEAT-3001 or LEAT-3002 when a schema has to be inferred and cannot be
   */
  public static BatchSources open(Project project) {
    BatchSources sources = new BatchSources(project);
    try {
      for (Source source : project.sources()) {
        switch (source) {
          case Source.Files files -> sources.add(files);
          case Source.Jdbc jdbc -> sources.add(jdbc);
          case Source.Http _, Source.Kafka _ -> {}
        }
      }
      return sources;
    } catch (RuntimeException e) {
      sources.close();
      throw e;
    }
  }

  private static DuckDb duckDb(Project project) {
    List<Path> folders = new ArrayList<>();
    folders.add(project.folder());
    for (Source source : project.sources()) {
      if (source instanceof Source.Files files) {
        files.tables().forEach(table -> folders.add(finder(project, files, table).base()));
      }
    }
    DuckDb.Settings settings =
        DuckDb.Settings.reading(folders.toArray(Path[]::new))
            .withSpill(project.stateFolder().resolve("spill"));
    return DuckDb.open(
        project.profile().engine().memory().map(settings::withMemory).orElse(settings));
  }

  public List<Intake> intakes() {
    return List.copyOf(intakes);
  }

  public List<Pull> pulls() {
    return List.copyOf(pulls);
  }

  /** Takes rows out of quarantine, by source table; those of streams are added to it. */
  Map<String, Releases> releases() {
    return releases;
  }

  // ---- streams

  /** A stream, with the extracts beside its topic that hold what came out of quarantine. */
  Intake releasing(Intake topic) {
    SourceTable table = topic.table();
    Contract contract = Contract.of(table);
    Staging staging = staging(table, contract);
    RecordReading reading = new RecordReading(RecordParser.of(table));
    releases.put(table.name(), Releases.plain(contract, staging, duckDb, reading));
    return new ReleasingStream(topic, new ExtractIntake(table, staging, duckDb, false));
  }

  // ---- files

  private static FileFinder finder(Project project, Source.Files source, SourceTable table) {
    return new FileFinder(project.folder(), table.remote().orElse(source.path()));
  }

  private void add(Source.Files source) {
    Map<String, Schema> inferred = new LinkedHashMap<>();
    for (SourceTable table : source.tables()) {
      FileFinder finder = finder(project, source, table);
      SourceTable whole =
          table.columns().isPresent() ? table : with(table, infer(table, finder), inferred);
      Contract contract = Contract.of(whole);
      Staging staging = staging(whole, contract);
      pulls.add(new FilePull(whole, contract, finder, staging, duckDb));
      intakes.add(new ExtractIntake(whole, staging, duckDb, false));
      FileReading reading = new FileReading(contract, staging, duckDb);
      releases.put(whole.name(), Releases.plain(contract, staging, duckDb, reading));
    }
    write(source.name(), inferred);
  }

  private Schema infer(SourceTable table, FileFinder finder) {
    List<FileFinder.Seen> files;
    try {
      files = finder.look().stream().filter(file -> file.bytes() > 0).toList();
    } catch (IOException e) {
      throw new LeatException(FilePull.notListed(table, e), e);
    }
    if (!files.isEmpty()) {
      return infer(table, finder, files.getFirst().path());
    }
    throw new LeatException(
        Problem.at(
            table.at(),
            ErrorCode.SOURCE_CONTRACT,
            "Table "
                + table.name()
                + " has no columns, and there is no file yet to tell them from.",
            "Add `columns:`, or put a file there."));
  }

  private Schema infer(SourceTable table, FileFinder finder, Path file) {
    try {
      return new Inference(duckDb).of(file);
    } catch (LeatException e) {
      throw new LeatException(
          Problem.at(
              table.at(),
              ErrorCode.SOURCE_FILE_BAD,
              "The columns of "
                  + table.name()
                  + " cannot be told from "
                  + finder.name(file)
                  + ": "
                  + e.problems().getFirst().message(),
              "Add `columns:`, or put a good file in its place."),
          e);
    }
  }

  // ---- databases

  private void add(Source.Jdbc source) {
    JdbcDatabase database = new JdbcDatabase(source);
    Map<String, Schema> inferred = new LinkedHashMap<>();
    for (SourceTable table : source.tables()) {
      SourceTable whole =
          table.columns().isPresent() ? table : with(table, database.describe(table), inferred);
      Contract contract = Contract.of(whole);
      Staging staging = staging(whole, contract);
      JdbcPull pull = new JdbcPull(whole, database, contract, staging, duckDb);
      pulls.add(pull);
      intakes.add(new ExtractIntake(whole, staging, duckDb, true));
      releases.put(whole.name(), pull.releases());
    }
    write(source.name(), inferred);
  }

  // ---- both

  private Staging staging(SourceTable table, Contract contract) {
    Path folder = stagingFolder(project, table.name());
    return new Staging(folder, table, contract.schema(), project.profile().durability());
  }

  private static Path stagingFolder(Project project, String table) {
    return project.stateFolder().resolve("staging").resolve(table);
  }

  /** Whether extracts of a table are staged, read or not: to be asked before it is opened. */
  static boolean staged(Project project, String table) {
    return Manifests.anyIn(stagingFolder(project, table));
  }

  private static SourceTable with(SourceTable table, Schema schema, Map<String, Schema> inferred) {
    inferred.put(table.name(), schema);
    return new SourceTable(
        table.name(),
        table.at(),
        table.remote(),
        Optional.of(schema),
        table.key(),
        table.time(),
        table.subject(),
        table.classes(),
        table.every(),
        table.incremental(),
        table.retain(),
        table.encoding());
  }

  /** Writes what was inferred, for review: from the next start on it is the contract. */
  private void write(String source, Map<String, Schema> inferred) {
    if (inferred.isEmpty()) {
      return;
    }
    Path file = project.folder().resolve(InferredSchemas.file(source));
    try {
      Files.createDirectories(file.getParent());
      Path half = Files.createTempFile(file.getParent(), "." + source, ".part");
      Files.writeString(half, InferredSchemas.text(inferred));
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    intakes.forEach(Intake::close);
    duckDb.close();
  }
}
