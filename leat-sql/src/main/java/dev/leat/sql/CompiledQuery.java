package dev.leat.sql;

import dev.leat.model.Schema;
import java.util.List;
import java.util.Set;

/**
 * A query, compiled.
 *
 * @param plan gives exactly the schema; an ORDER BY and LIMIT at the top are a {@link Plan.Sort}
 * @param dependencies the relations it reads, as they are declared, sorted
 */
public record CompiledQuery(
    String sql, Schema schema, Plan plan, Set<String> dependencies, List<CompilerPass> passes) {
  public CompiledQuery {
    passes = List.copyOf(passes);
  }
}
