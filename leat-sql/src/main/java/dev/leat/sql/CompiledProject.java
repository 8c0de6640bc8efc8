package dev.leat.sql;

import java.util.List;
import java.util.Optional;

/**
 * All tables of a project, compiled.
 *
 * @param tables each after those it reads
 * @param catalog the sources' tables and these
 */
public record CompiledProject(List<CompiledTable> tables, Catalog catalog) {
  public CompiledProject {
    tables = List.copyOf(tables);
  }

  public Optional<CompiledTable> table(String name) {
    return tables.stream().filter(t -> t.name().equalsIgnoreCase(name)).findFirst();
  }
}
