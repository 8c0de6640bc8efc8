package dev.leat.mill;

import dev.leat.connect.Quarantine;
import dev.leat.lake.Lake;
import dev.leat.model.Project;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import dev.leat.sql.CompiledProject;
import dev.leat.sql.Compiler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A project's SQL compiled without opening its sources: their schemas are what is declared, or what
 * the lake knows from the last run.
 */
public record Compilation(Map<String, Schema> sourceSchemas, CompiledProject compiled) {

  /**
   * @throws dev.leat.model.LeatException with every fault in the SQL
   */
  public static Compilation of(Project project) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    try (Lake lake = Lake.open(Workspace.lakeFolder(project))) {
      project.sources().stream()
          .flatMap(source -> source.tables().stream())
          .forEach(table -> schema(table, lake).ifPresent(s -> schemas.put(table.name(), s)));
    }
    schemas.put(Quarantine.TABLE, Quarantine.SCHEMA);
    return new Compilation(schemas, Compiler.compile(project, schemas));
  }

  private static Optional<Schema> schema(SourceTable table, Lake lake) {
    return table
        .columns()
        .or(
            () ->
                lake.newest()
                    .flatMap(epoch -> epoch.table(table.name()))
                    .map(version -> version.schema()));
  }
}
