package dev.leat.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything a project folder declares, read and checked but for its SQL.
 *
 * @param folder the absolute path of the folder
 */
public record Project(
    Path folder,
    String name,
    Map<String, Team> teams,
    Cadence epoch,
    Objectives objectives,
    Profile profile,
    List<Source> sources,
    List<TableDefinition> tables,
    List<MetricSet> metrics,
    List<Dashboard> dashboards,
    List<Simulation> simulations) {

  public Project {
    teams = Map.copyOf(teams);
    sources = List.copyOf(sources);
    tables = List.copyOf(tables);
    metrics = List.copyOf(metrics);
    dashboards = List.copyOf(dashboards);
    simulations = List.copyOf(simulations);
  }

  /** The same with other sources. */
  public Project withSources(List<Source> others) {
    return new Project(
        folder,
        name,
        teams,
        epoch,
        objectives,
        profile,
        others,
        tables,
        metrics,
        dashboards,
        simulations);
  }

  /** Where the state of the project lives. */
  public Path stateFolder() {
    return folder.resolve(".leat");
  }
}
