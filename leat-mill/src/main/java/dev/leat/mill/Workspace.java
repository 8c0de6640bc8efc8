package dev.leat.mill;

import dev.leat.connect.Connectors;
import dev.leat.connect.Intake;
import dev.leat.connect.Pull;
import dev.leat.connect.Quarantine;
import dev.leat.data.Batch;
import dev.leat.data.Position;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.engine.Engine;
import dev.leat.lake.Epoch;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.lake.LakeOptions;
import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Log;
import dev.leat.model.Profile.LakeChoice;
import dev.leat.model.Profile.LogChoice;
import dev.leat.model.Project;
import dev.leat.model.Schema;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import dev.leat.runtime.FirstByKey;
import dev.leat.runtime.MaintenanceEngine;
import dev.leat.sql.CompiledProject;
import dev.leat.sql.Compiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A project opened for writing: its lock, log, inputs, compiled tables and lake. One process at a
 * time has it.
 */
public final class Workspace implements AutoCloseable {
  private static final int FILL_ROWS = 100_000;

  private final Project project;
  private final MillOptions options;
  private final MillLock lock;
  private final Optional<EmbeddedBroker> broker;
  private final Optional<Log> log;
  private final List<Input> inputs = new ArrayList<>();
  private final Connectors connectors;
  private final CompiledProject compiled;
  private final Lake lake;
  private final DuckDb duck;
  private final Engine engine;
  private final Definitions definitions;

  private Workspace(Project project, MillOptions options) {
    this.project = project;
    this.options = options;
    this.lock = MillLock.take(project.stateFolder());
    this.definitions = new Definitions(project.stateFolder());
    boolean streams = project.sources().stream().anyMatch(Source::streams);
    this.broker = streams ? startBroker() : Optional.empty();
    this.log = streams ? Optional.of(Log.connect(bootstrap())) : Optional.empty();
    this.lake =
        Lake.open(
            lakeFolder(project),
            LakeOptions.DEFAULT.withDurability(project.profile().durability()));
    this.duck = openDuck(project);
    Optional<Epoch> epoch = lake.newest();
    this.connectors = Connectors.open(project, log);
    for (Intake intake : connectors.intakes()) {
      String name = intake.table().name();
      inputs.add(
          new Input(
              intake,
              connectors.streams(intake),
              epoch.map(e -> e.position(name)).orElse(Position.START)));
    }
    this.compiled = Compiler.compile(project, sourceSchemas());
    this.engine = new MaintenanceEngine(streams(project));
  }

  /** Streams only grow, as long as nothing takes rows from them. */
  private static Set<String> streams(Project project) {
    return project.sources().stream()
        .filter(Source::streams)
        .flatMap(source -> source.tables().stream())
        .map(SourceTable::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static DuckDb openDuck(Project project) {
    DuckDb.Settings settings =
        DuckDb.Settings.reading(lakeFolder(project), project.stateFolder().resolve("staging"))
            .withSpill(project.stateFolder().resolve("spill"));
    return DuckDb.open(
        project.profile().engine().memory().map(settings::withMemory).orElse(settings));
  }

  /**
   * Opens a project.
   *
   * @throws dev.leat.model.LeatException LEAT-6001 when another process has it, and whatever is
   *     wrong with its sources or SQL
   */
  public static Workspace open(Project project, MillOptions options) {
    return new Workspace(project, options);
  }

  /** Where a project's lake is. */
  public static Path lakeFolder(Project project) {
    return switch (project.profile().lake()) {
      case LakeChoice.Local local -> project.folder().resolve(local.path());
    };
  }

  private Optional<EmbeddedBroker> startBroker() {
    return switch (project.profile().log()) {
      case LogChoice.Embedded _ -> {
        options.progress().say("starting the log");
        yield Optional.of(
            EmbeddedBroker.start(
                project.stateFolder().resolve("log"), project.profile().durability()));
      }
      case LogChoice.Kafka _ -> Optional.empty();
    };
  }

  private String bootstrap() {
    return switch (project.profile().log()) {
      case LogChoice.Embedded _ -> broker.orElseThrow().address();
      case LogChoice.Kafka kafka -> kafka.bootstrap();
    };
  }

  private Map<String, Schema> sourceSchemas() {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    inputs.forEach(input -> schemas.put(input.name(), input.intake().schema()));
    return schemas;
  }

  /** What a fill did. */
  public record Filled(Recovery.Fill fill, Optional<Epoch> epoch, long rows) {}

  /** Looks once for new data of every batch source. A source that fails is told and left. */
  public List<dev.leat.model.LeatException> pullAll() {
    List<dev.leat.model.LeatException> failures = new ArrayList<>();
    for (Pull pull : connectors.pulls()) {
      try {
        options.progress().say("looking for new data of " + pull.table());
        pull.pull();
      } catch (dev.leat.model.LeatException e) {
        failures.add(e);
      }
    }
    return failures;
  }

  /**
   * Publishes an epoch in which every table that is new or whose definition has changed is filled
   * by its batch query, after everything that is there now has been read. Does nothing when no
   * table needs it.
   */
  public Filled fillWhatIsNew() {
    Optional<Epoch> epoch = lake.newest();
    boolean needed =
        epoch.isEmpty()
            || compiled.tables().stream()
                .anyMatch(table ->
                    epoch.get().table(table.name()).isEmpty() || !definitions.current(table));
    return needed ? fill() : new Filled(Recovery.Fill.NONE, Optional.empty(), 0);
  }

  /** Reads everything that is there now and brings every table it touches up to date by batch. */
  public Filled fill() {
    return fill(Batch.empty(Quarantine.SCHEMA));
  }

  /**
   * The same, and changes the quarantine in the same epoch.
   *
   * @param quarantine changes of {@link Quarantine#SCHEMA}, such as rows of weight -1
   */
  Filled fill(Batch quarantine) {
    for (Input input : inputs) {
      input.forget();
    }
    Optional<Epoch> before = lake.newest();
    before.ifPresent(this::rememberKeys);
    try (EpochWriter writer = lake.begin()) {
      Map<String, Position> positions = new HashMap<>();
      Set<String> changed = new HashSet<>();
      long rows = 0;
      for (Input input : inputs) {
        writer.apply(input.name(), input.intake().schema(), Batch.empty(input.intake().schema()));
        long read = readAll(input, writer);
        positions.put(input.name(), input.position());
        rows += read;
        if (read > 0) {
          changed.add(input.name());
        }
      }
      writer.apply(Quarantine.TABLE, Quarantine.SCHEMA, quarantine);
      boolean any =
          !new Backfill(duck, options.progress())
              .fill(
                  writer,
                  compiled.tables(),
                  changed,
                  table ->
                      before.flatMap(e -> e.table(table.name())).isEmpty()
                          || !definitions.current(table))
              .isEmpty();
      if (!any && changed.isEmpty() && quarantine.isEmpty() && before.isPresent()) {
        return new Filled(Recovery.Fill.NONE, Optional.empty(), 0);
      }
      Epoch epoch = writer.commit(options.clock().instant(), positions);
      definitions.save(compiled.tables());
      return new Filled(Recovery.Fill.ANEW, Optional.of(epoch), rows);
    }
  }

  private void rememberKeys(Epoch epoch) {
    for (Input input : inputs) {
      if (epoch.table(input.name()).isPresent()) {
        input.seen().ifPresent(keys -> remember(epoch, input, keys));
      }
    }
  }

  private void remember(Epoch epoch, Input input, FirstByKey keys) {
    try (EpochView view = EpochView.at(duck, lake, epoch);
        Answer rows = view.scan(input.name(), input.intake().schema())) {
      rows.forEachRemaining(keys::firstOnly);
    }
  }

  private long readAll(Input input, EpochWriter writer) {
    Position end = input.intake().end();
    Optional<List<Intake.BulkFile>> files = input.bulk(end);
    if (files.isPresent() && takesAsItIs(input, writer)) {
      return takeOver(input, end, files.get(), writer);
    }
    long rows = 0;
    int read = 1;
    while (read > 0) {
      EpochChanges slice = new EpochChanges(Map.of());
      read = input.read(end, FILL_ROWS, new HashMap<>(), slice);
      for (String relation : slice.relations()) {
        Batch batch = slice.drain(relation);
        writer.apply(relation, batch.schema(), batch);
      }
      rows += read;
      if (read > 0) {
        options.progress().say("reading " + input.name() + ": " + rows + " rows");
      }
    }
    return rows;
  }

  /** Whether the lake's table has the field ids that staged files carry: it was not evolved. */
  private static boolean takesAsItIs(Input input, EpochWriter writer) {
    Schema schema = input.intake().schema();
    int id = 1;
    for (int given : writer.fieldIds(input.name(), schema).values()) {
      if (given != id++) {
        return false;
      }
    }
    return true;
  }

  /** Staged files become files of the lake, as links where the file system has them. */
  private long takeOver(
      Input input, Position end, List<Intake.BulkFile> files, EpochWriter writer) {
    Schema schema = input.intake().schema();
    List<Path> taken = new ArrayList<>();
    long rows = 0;
    for (Intake.BulkFile file : files) {
      if (file.rows() > 0) {
        Path target = writer.newDataFile(input.name(), schema);
        link(file.path(), target);
        taken.add(target);
        rows += file.rows();
      }
    }
    writer.append(input.name(), schema, taken);
    input.took(end, rows);
    options.progress().say("took over " + input.name() + ": " + rows + " rows");
    return rows;
  }

  private static void link(Path from, Path to) {
    try {
      Files.createDirectories(to.toAbsolutePath().getParent());
      try {
        Files.createLink(to, from);
      } catch (UnsupportedOperationException | FileSystemException _) {
        Files.copy(from, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A mill over this workspace, its state brought back. Fill first. */
  public Mill mill(Filled filled) {
    return new Mill(this, filled.fill(), options);
  }

  public Project project() {
    return project;
  }

  public CompiledProject compiled() {
    return compiled;
  }

  public Lake lake() {
    return lake;
  }

  public Optional<Log> log() {
    return log;
  }

  Path stateFolder() {
    return project.stateFolder();
  }

  List<Input> inputs() {
    return inputs;
  }

  Connectors connectors() {
    return connectors;
  }

  List<Pull> pulls() {
    return connectors.pulls();
  }

  Engine engine() {
    return engine;
  }

  DuckDb duck() {
    return duck;
  }

  Map<String, Schema> schemas() {
    Map<String, Schema> schemas = sourceSchemas();
    compiled.tables().forEach(table -> schemas.put(table.name(), table.schema()));
    schemas.put(Quarantine.TABLE, Quarantine.SCHEMA);
    return schemas;
  }

  @Override
  public void close() {
    connectors.close();
    log.ifPresent(Log::close);
    broker.ifPresent(EmbeddedBroker::close);
    duck.close();
    lake.close();
    lock.close();
  }
}
