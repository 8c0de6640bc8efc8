package dev.leat.mill;

import dev.leat.connect.Connectors;
import dev.leat.connect.Intake;
import dev.leat.connect.Pull;
import dev.leat.connect.Quarantine;
import dev.leat.data.Batch;
import dev.leat.data.Position;
import dev.leat.duckdb.DuckDb;
import dev.leat.engine.Engine;
import dev.leat.lake.Epoch;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.lake.LakeOptions;
import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Log;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Profile.LakeChoice;
import dev.leat.model.Profile.LogChoice;
import dev.leat.model.Project;
import dev.leat.model.Schema;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import dev.leat.runtime.MaintenanceEngine;
import dev.leat.sql.Approximate;
import dev.leat.sql.CompiledProject;
import dev.leat.sql.Compiler;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
  private final Project project;
  private final MillOptions options;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Optional<EmbeddedBroker> broker;
  private final Optional<Log> log;
  private final Set<String> ownStreams;
  private final List<Input> inputs = new ArrayList<>();
  private final Connectors connectors;
  private final CompiledProject compiled;
  private final Lake lake;
  private final DuckDb duck;
  private final Engine engine;
  private final Definitions definitions;
  private final CarryOver carryOver;

  private Workspace(Project project, MillOptions options) {
    this.project = project;
    this.options = options;
    this.ownStreams = ownStreams(project);
    try {
      opened(MillLock.take(project.stateFolder()));
      this.definitions = new Definitions(project);
      boolean streams = project.sources().stream().anyMatch(Source::streams);
      this.broker = streams ? startBroker() : Optional.empty();
      this.broker.ifPresent(this::opened);
      this.log = streams ? Optional.of(opened(connect())) : Optional.empty();
      this.lake =
          opened(
              Lake.open(
                  lakeFolder(project),
                  LakeOptions.DEFAULT.withDurability(project.profile().durability())));
      this.duck = opened(DuckDb.open(duckSettings(project)));
      Optional<Epoch> epoch = lake.newest();
      Snapshots snapshots = new Snapshots(project);
      snapshots.discardAfter(epoch.map(Epoch::number).orElse(0L));
      this.carryOver = new CarryOver(lake, duck, definitions);
      new Origins(project)
          .keep(project, t -> carryOver.hasRead(t) || Connectors.staged(project, t));
      this.connectors = opened(Connectors.open(project, log));
      Identities identities = new Identities(project);
      for (Intake intake : connectors.intakes()) {
        String name = intake.table().name();
        inputs.add(
            new Input(
                intake,
                connectors.streams(intake),
                identities,
                epoch.map(e -> carryOver.position(name, e)).orElse(Position.START)));
      }
      LogTail.makeUpFor(
          lake,
          inputs.stream().filter(this::readsOwnLog).toList(),
          snapshots,
          options.clock().instant(),
          options.progress());
      inputs.stream().filter(input -> !input.isStream()).forEach(Input::end);
      epoch.ifPresent(e -> inputs.forEach(input -> carryOver.check(input, e)));
      this.compiled = Compiler.compile(project, sourceSchemas());
      this.engine = engine(project);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  /** The engine that keeps a project's tables live, told which relations only grow. */
  public static Engine engine(Project project) {
    return new MaintenanceEngine(streams(project));
  }

  /** Streams only grow, as long as nothing takes rows from them. */
  private static Set<String> streams(Project project) {
    return project.sources().stream()
        .filter(Source::streams)
        .flatMap(source -> source.tables().stream())
        .map(SourceTable::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> ownStreams(Project project) {
    return project.sources().stream()
        .filter(source ->
            source instanceof Source.Http
                || (source instanceof Source.Kafka kafka && kafka.bootstrap().isEmpty()))
        .flatMap(source -> source.tables().stream())
        .map(SourceTable::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static DuckDb.Settings duckSettings(Project project) {
    DuckDb.Settings settings =
        DuckDb.Settings.reading(lakeFolder(project), project.stateFolder().resolve("staging"))
            .withSpill(project.stateFolder().resolve("spill"));
    return project.profile().engine().memory().map(settings::withMemory).orElse(settings);
  }

  /** Opens what merges files of the lake: beside the work, so with half of the cores at most. */
  DuckDb openMerging() {
    return DuckDb.open(
        duckSettings(project)
            .withThreads(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));
  }

  /**
   * Opens a project.
   *
   * @throws LeatException LEAT-6001 when another process has it, and whatever is wrong with its
   *     sources or SQL
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

  private Log connect() {
    return switch (project.profile().log()) {
      case LogChoice.Embedded _ -> Log.connect(broker.orElseThrow());
      case LogChoice.Kafka kafka -> Log.connect(kafka.bootstrap());
    };
  }

  private Map<String, Schema> sourceSchemas() {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    inputs.forEach(input -> schemas.put(input.name(), input.intake().schema()));
    return schemas;
  }

  /** Looks once for new data of every batch source. A source that fails is told and left. */
  public List<LeatException> pullAll() {
    List<LeatException> failures = new ArrayList<>();
    for (Pull pull : connectors.pulls()) {
      try {
        options.progress().say("looking for new data of " + pull.table());
        pull.pull();
      } catch (LeatException e) {
        failures.add(e);
      }
    }
    return failures;
  }

  /**
   * Publishes an epoch in which every table that is new or whose definition has changed is filled
   * by its batch query, after everything that is there now has been read; so is every table over a
   * source whose contract has changed. Does nothing when no table needs it.
   */
  public Filled fillWhatIsNew() {
    Optional<Epoch> epoch = lake.newest();
    boolean needed =
        epoch.isEmpty()
            || !definitions.withdrawn(epoch.get(), compiled.catalog()).isEmpty()
            || inputs.stream().anyMatch(input -> carryOver.needed(input, epoch.get()))
            || compiled.tables().stream()
                .anyMatch(table ->
                    epoch.get().table(table.name()).isEmpty() || !definitions.current(table));
    return needed ? fill() : Filled.nothing(List.of(), Map.of());
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
    Optional<Epoch> before = lake.newest();
    CatchUp catchUp = new CatchUp(duck, options.progress());
    try (EpochWriter writer = lake.begin()) {
      Map<String, Position> positions = new HashMap<>();
      Set<String> changed =
          new HashSet<>(definitions.withdrawn(writer.previous(), compiled.catalog()));
      changed.forEach(writer::drop);
      List<LeatException> failures = new ArrayList<>();
      long rows = 0;
      boolean carried = false;
      for (Input input : inputs) {
        boolean other = carryOver.needed(input, writer.previous());
        carryOver.into(input, writer);
        long read = catchUp.readWhatCanBe(input, readsOwnLog(input), writer, failures);
        carryOver.checkValues(input, writer);
        positions.put(input.name(), input.position());
        carried |= other;
        rows += read;
        if (read > 0 || other) {
          changed.add(input.name());
        }
      }
      writer.apply(Quarantine.TABLE, Quarantine.SCHEMA, quarantine);
      Backfill.Filled tables =
          new Backfill(duck, options.progress())
              .fill(
                  writer,
                  compiled.tables(),
                  changed,
                  table ->
                      before.flatMap(e -> e.table(table.name())).isEmpty()
                          || !(definitions.current(table) || definitions.stopped(table)),
                  definitions::stopped);
      Map<String, Problem> stopped = new HashMap<>();
      tables
          .failures()
          .forEach((table, e) -> {
            failures.add(e);
            stopped.put(table, e.problems().getFirst());
          });
      if (tables.tables().isEmpty()
          && changed.isEmpty()
          && quarantine.isEmpty()
          && before.isPresent()) {
        return Filled.nothing(failures, stopped);
      }
      boolean approximate =
          compiled.tables().stream()
              .anyMatch(t -> tables.tables().contains(t.name()) && Approximate.is(t.plan()));
      if (carried || approximate) {
        new Snapshots(project).discard(); // of another contract's rows, or of other last digits
      }
      definitions.stopping(stopped.keySet());
      Epoch epoch = writer.commit(options.clock().instant(), positions);
      definitions.save(compiled.tables(), stopped.keySet());
      return new Filled(Recovery.Fill.ANEW, Optional.of(epoch), rows, failures, stopped);
    }
  }

  /** A mill over this workspace, its state brought back. Fill first. */
  public Mill mill(Filled filled) {
    return new Mill(this, filled, options);
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

  /** Why the broker in this process takes and gives nothing any more, if it has stopped. */
  public Optional<Problem> logTrouble() {
    return broker
        .flatMap(EmbeddedBroker::failure)
        .map(failure ->
            Problem.of(
                ErrorCode.LOG_FAILED,
                failure
                    + " Events are refused and streams stand still until the project is started"
                    + " again.",
                "Make room below "
                    + project.stateFolder().resolve("log")
                    + ", then stop the project and start it: nothing that was accepted is lost."));
  }

  /** Whether an input reads the log that this project writes. */
  boolean readsOwnLog(Input input) {
    return ownStreams.contains(input.name());
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

  Definitions definitions() {
    return definitions;
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
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (RuntimeException e) {
        options.progress().say("closing: " + e); // the rest is closed all the same
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
