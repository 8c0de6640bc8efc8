package dev.leat.mill;

import dev.leat.connect.Quarantine;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.duckdb.Proof;
import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Nearest;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import dev.leat.sql.CompiledTable;
import dev.leat.sql.Compiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Is every table what its SELECT says, over the inputs of the same epoch? */
public final class Proofs {
  private static final int SHOWN = 20;

  private Proofs() {}

  /**
   * Proves tables of the newest epoch.
   *
   * @param only these tables; all when empty
   * @throws LeatException LEAT-1005 for a table there is not
   */
  public static Map<String, Proof> of(Project project, List<String> only) {
    try (Lake lake = Lake.open(Workspace.lakeFolder(project))) {
      Epoch epoch =
          lake.newest()
              .orElseThrow(() ->
                  new LeatException(
                      Problem.of(
                          ErrorCode.LAKE_EPOCH_MISSING,
                          "Nothing has been published yet.",
                          "Run the project first: leat run " + project.folder())));
      return of(project, lake, epoch, only);
    }
  }

  static Map<String, Proof> of(Project project, Lake lake, Epoch epoch, List<String> only) {
    List<CompiledTable> tables =
        new ArrayList<>(Compiler.compile(project, sourceSchemas(project, epoch)).tables());
    for (String name : only) {
      if (tables.stream().noneMatch(table -> table.name().equalsIgnoreCase(name))) {
        throw new LeatException(
            Problem.of(
                ErrorCode.UNKNOWN_NAME,
                "There is no table " + name + ".",
                Nearest.suggestion(name, tables.stream().map(CompiledTable::name).toList())));
      }
    }
    tables.removeIf(
        table -> !only.isEmpty() && only.stream().noneMatch(table.name()::equalsIgnoreCase));
    checkFilled(project, epoch, tables);
    Map<String, Proof> proofs = new LinkedHashMap<>();
    try (DuckDb duck =
            DuckDb.open(DuckDb.Settings.reading(Workspace.lakeFolder(project)).withThreads(2));
        EpochView view = EpochView.at(duck, lake, epoch)) {
      for (CompiledTable table : tables) {
        proofs.put(table.name(), view.prove(table.plan(), lake.files(epoch, table.name()), SHOWN));
      }
    }
    return proofs;
  }

  /** A table that another definition filled, or none, cannot be what its SELECT says now. */
  private static void checkFilled(Project project, Epoch epoch, List<CompiledTable> tables) {
    Definitions definitions = new Definitions(project);
    List<Problem> problems = new ArrayList<>();
    for (CompiledTable table : tables) {
      boolean filled =
          epoch.table(table.name()).filter(v -> v.schema().equals(table.schema())).isPresent();
      if (!filled || definitions.changed(table)) {
        problems.add(
            Problem.of(
                ErrorCode.MILL_NOT_FILLED,
                "Table %s is not filled by its definition of now: epoch %d was made by another."
                    .formatted(table.name(), epoch.number()),
                "Run it first: leat run " + project.folder() + " (or leat up)."));
      }
    }
    if (!problems.isEmpty()) {
      throw new LeatException(problems);
    }
  }

  /** The schemas the sources had when the epoch was made. */
  static Map<String, Schema> sourceSchemas(Project project, Epoch epoch) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    project.sources().stream()
        .flatMap(source -> source.tables().stream())
        .map(SourceTable::name)
        .forEach(
            name -> epoch.table(name).ifPresent(version -> schemas.put(name, version.schema())));
    schemas.put(Quarantine.TABLE, Quarantine.SCHEMA);
    return schemas;
  }
}
