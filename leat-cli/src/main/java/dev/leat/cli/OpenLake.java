package dev.leat.cli;

import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import dev.leat.mill.Workspace;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import dev.leat.model.Schema;
import dev.leat.sql.Catalog;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.Compiler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project's lake opened to be read, at one epoch. */
record OpenLake(Lake lake, DuckDb duck, Epoch epoch) implements AutoCloseable {

  /**
   * @param number the epoch wanted; empty: the newest
   * @throws LeatException LEAT-5002 when there is no such epoch
   */
  static OpenLake of(Project project, Optional<Long> number) {
    return of(project, number, List.of());
  }

  /**
   * @param writable folders that answers are written to
   */
  static OpenLake of(Project project, Optional<Long> number, List<Path> writable) {
    Path folder = Workspace.lakeFolder(project);
    Lake lake = Lake.open(folder);
    Optional<Epoch> epoch = number.isPresent() ? lake.epoch(number.get()) : lake.newest();
    if (epoch.isEmpty()) {
      List<Long> epochs = lake.epochs();
      String kept =
          epochs.isEmpty()
              ? "Nothing has been published yet."
              : "Kept are %d to %d.".formatted(epochs.getFirst(), epochs.getLast());
      lake.close();
      throw new LeatException(
          Problem.of(
              ErrorCode.LAKE_EPOCH_MISSING,
              number.map(n -> "Epoch " + n + " is not kept. ").orElse("") + kept,
              epochs.isEmpty()
                  ? "Run the project first: leat run " + project.folder()
                  : "Name one of those, or leave --epoch out for the newest."));
    }
    List<Path> reached = new ArrayList<>(writable);
    reached.add(folder);
    DuckDb.Settings settings = DuckDb.Settings.reading(reached.toArray(Path[]::new));
    return new OpenLake(lake, DuckDb.open(settings.withThreads(2)), epoch.get());
  }

  CompiledQuery compile(String sql) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    epoch.tables().forEach((name, version) -> schemas.put(name, version.schema()));
    return new Compiler(Catalog.of(schemas)).compileQuery(sql);
  }

  EpochView view() {
    return EpochView.at(duck, lake, epoch);
  }

  @Override
  public void close() {
    duck.close();
    lake.close();
  }
}
