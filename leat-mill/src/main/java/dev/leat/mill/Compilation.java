package dev.leat.mill;

import dev.leat.connect.BatchSources;
import dev.leat.connect.Quarantine;
import dev.leat.lake.Lake;
import dev.leat.model.Project;
import dev.leat.model.Reading;
import dev.leat.model.Schema;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import dev.leat.sql.Attempt;
import dev.leat.sql.CompiledProject;
import dev.leat.sql.Compiler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project's SQL compiled. The schemas of its sources are what is declared, or what the lake knows
 * from the last run; a source of which nothing is known yet is asked, and its contract written.
 */
public record Compilation(Map<String, Schema> sourceSchemas, Attempt attempt) {

  /**
   * @throws dev.leat.model.LeatException with every fault in the SQL
   */
  public static Compilation of(Project project) {
    Compilation compilation = of(Reading.Draft.of(project));
    compilation.attempt.whole();
    return compilation;
  }

  /** The same of a project with faults, to find those in its SQL. */
  public static Compilation of(Reading.Draft draft) {
    Project project = draft.project();
    Map<String, Schema> schemas = new LinkedHashMap<>();
    List<SourceTable> tables =
        project.sources().stream().flatMap(source -> source.tables().stream()).toList();
    try (Lake lake = Lake.open(Workspace.lakeFolder(project))) {
      tables.forEach(table -> schema(table, lake).ifPresent(s -> schemas.put(table.name(), s)));
    }
    List<Source> unknown =
        project.sources().stream()
            .filter(s -> s.tables().stream().anyMatch(t -> !schemas.containsKey(t.name())))
            .toList();
    if (!unknown.isEmpty()) {
      try (BatchSources sources = BatchSources.open(project.withSources(unknown))) {
        sources.intakes().forEach(i -> schemas.putIfAbsent(i.table().name(), i.schema()));
      }
    }
    Attempt attempt = Compiler.attempt(draft, schemas);
    schemas.put(Quarantine.TABLE, Quarantine.SCHEMA); // for queries: no table is kept over it
    return new Compilation(schemas, attempt);
  }

  /** The tables that can be compiled. */
  public CompiledProject compiled() {
    return attempt.compiled();
  }

  private static Optional<Schema> schema(SourceTable table, Lake lake) {
    return table
        .columns()
        .or(() ->
            lake.newest()
                .flatMap(epoch -> epoch.table(table.name()))
                .map(version -> version.schema()));
  }
}
