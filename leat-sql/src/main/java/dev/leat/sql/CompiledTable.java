package dev.leat.sql;

import dev.leat.model.Schema;
import dev.leat.model.TableDefinition;
import java.util.List;
import java.util.Set;

/**
 * A table, compiled.
 *
 * @param schema its columns: names as written, types, whether they may be NULL
 * @param plan gives exactly that schema
 * @param dependencies the relations it reads directly, as they are declared, sorted
 * @param lineage what each column is made of, one level down
 * @param key the columns that tell rows apart: as declared, else those of its GROUP BY if it is
 *     one; empty when not known
 * @param passes what each pass of the compiler left and took, for {@code explain --passes}
 */
public record CompiledTable(
    TableDefinition definition,
    Schema schema,
    Plan plan,
    Set<String> dependencies,
    List<Lineage.ColumnLineage> lineage,
    List<String> key,
    List<CompilerPass> passes) {
  public CompiledTable {
    lineage = List.copyOf(lineage);
    key = List.copyOf(key);
    passes = List.copyOf(passes);
  }

  public String name() {
    return definition.name();
  }
}
