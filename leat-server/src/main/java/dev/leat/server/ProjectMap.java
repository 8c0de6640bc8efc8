package dev.leat.server;

import dev.leat.model.Dashboard;
import dev.leat.model.MetricSet;
import dev.leat.model.Project;
import dev.leat.model.Schema;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import dev.leat.model.TableDefinition;
import dev.leat.sql.CompiledProject;
import dev.leat.sql.CompiledTable;
import dev.leat.sql.Lineage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a project is made of, compiled: all that the page needs to draw it.
 *
 * @param relations source tables and tables, every one after those it reads
 */
public record ProjectMap(
    String name, List<Relation> relations, List<MetricSet> metrics, List<Dashboard> dashboards) {

  public ProjectMap {
    relations = List.copyOf(relations);
    metrics = List.copyOf(metrics);
    dashboards = List.copyOf(dashboards);
  }

  /** The map of a compiled project. */
  public static ProjectMap of(Project project, CompiledProject compiled) {
    List<Relation> relations = new ArrayList<>();
    for (Source source : project.sources()) {
      for (SourceTable table : source.tables()) {
        compiled
            .catalog()
            .relation(table.name())
            .ifPresent(r -> relations.add(fromSource(source, table, r.schema())));
      }
    }
    compiled.tables().forEach(table -> relations.add(fromSelect(table)));
    return new ProjectMap(project.name(), relations, project.metrics(), project.dashboards());
  }

  private static Relation fromSource(Source source, SourceTable table, Schema schema) {
    return new Relation(
        table.name(),
        new Origin.FromSource(source.name(), source.kind()),
        Optional.empty(),
        Optional.empty(),
        schema,
        table.key(),
        List.of(),
        Map.of());
  }

  private static Relation fromSelect(CompiledTable table) {
    TableDefinition definition = table.definition();
    Map<String, List<ColumnOf>> lineage = new LinkedHashMap<>();
    for (Lineage.ColumnLineage column : table.lineage()) {
      lineage.put(
          column.column(),
          column.origins().stream().map(o -> new ColumnOf(o.relation(), o.column())).toList());
    }
    return new Relation(
        table.name(),
        new Origin.FromSelect(
            definition.layer(), definition.mart(), definition.at().file(), definition.sql()),
        definition.description(),
        definition.team(),
        table.schema(),
        table.key(),
        List.copyOf(table.dependencies()),
        lineage);
  }

  /** A relation by its name, without regard to case. */
  public Optional<Relation> relation(String relation) {
    return relations.stream().filter(r -> r.name().equalsIgnoreCase(relation)).findFirst();
  }

  public Optional<Dashboard> dashboard(String dashboard) {
    return dashboards.stream().filter(d -> d.name().equals(dashboard)).findFirst();
  }

  public Optional<MetricSet> metricSet(String set) {
    return metrics.stream().filter(m -> m.name().equals(set)).findFirst();
  }

  /**
   * A source table or a table.
   *
   * @param key the columns that tell one row from another; may be empty
   * @param reads the names of the relations its SELECT reads; empty for a source table
   * @param lineage for each column by name, the columns it is made of
   */
  public record Relation(
      String name,
      Origin origin,
      Optional<String> description,
      Optional<String> team,
      Schema schema,
      List<String> key,
      List<String> reads,
      Map<String, List<ColumnOf>> lineage) {
    public Relation {
      key = List.copyOf(key);
      reads = List.copyOf(reads);
      lineage = Map.copyOf(lineage);
    }
  }

  /** Where a relation comes from. */
  public sealed interface Origin {
    /** A table of a source: {@code kind} as in its file. */
    record FromSource(String source, String kind) implements Origin {}

    /** A SELECT: {@code layer} is its folder, {@code mart} the folder in that. */
    record FromSelect(String layer, Optional<String> mart, String file, String sql)
        implements Origin {}
  }

  /** A column of a relation. */
  public record ColumnOf(String relation, String column) {}
}
