package dev.leat.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks names across files: each once, and each reference to something that is there. */
record ReferenceCheck(Problems problems) {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  void tables(List<Source> sources, List<TableDefinition> tables) {
    var first = new HashMap<String, Location>();
    sources.forEach(s -> s.tables().forEach(t -> relation(first, t.name(), t.at())));
    tables.forEach(t -> relation(first, t.name(), t.at()));
  }

  private void relation(Map<String, Location> first, String name, Location at) {
    if (!name.matches(NAME)) {
      problems.add(
          at,
          ErrorCode.WRONG_VALUE,
          "`" + name + "` cannot be the name of a table.",
          "Use letters, digits and _, not starting with a digit.");
    } else if (name.toLowerCase(Locale.ROOT).startsWith("leat_")) {
      problems.add(
          at,
          ErrorCode.WRONG_VALUE,
          "`" + name + "`: names that start with leat_ belong to Leat.",
          "Choose another name.");
    }
    Location before = first.putIfAbsent(name.toLowerCase(Locale.ROOT), at);
    if (before != null) {
      problems.add(
          at,
          ErrorCode.DUPLICATE_NAME,
          "The table `" + name + "` is also defined at " + before + ".",
          "Rename one: sources and tables share their names, without regard to case.");
    }
  }

  void metrics(List<MetricSet> metrics, List<Source> sources, List<TableDefinition> tables) {
    var names = new ArrayList<String>();
    sources.forEach(s -> s.tables().forEach(t -> names.add(t.name())));
    tables.forEach(t -> names.add(t.name()));
    for (MetricSet set : metrics) {
      if (names.stream().noneMatch(set.table()::equalsIgnoreCase)) {
        problems.unknown(set.at(), "The table", set.table(), names);
      }
    }
  }

  void dashboards(List<Dashboard> dashboards, List<MetricSet> metrics) {
    Map<String, MetricSet> byName =
        metrics.stream()
            .collect(
                Collectors.toMap(MetricSet::name, Function.identity(), (a, _) -> a, TreeMap::new));
    for (Dashboard dashboard : dashboards) {
      Optional<MetricSet> own = metricSet(dashboard.at("metrics"), dashboard.metrics(), byName);
      own.ifPresent(set -> filters(dashboard, set));
      dashboard
          .panels()
          .forEach(p -> panel(p, metricSet(p.at("metrics"), p.metrics(), byName).or(() -> own)));
    }
  }

  void simulations(List<Simulation> simulations, List<Source> sources) {
    var streams =
        sources.stream().filter(Source::streams).flatMap(s -> s.tables().stream()).toList();
    var names = streams.stream().map(SourceTable::name).toList();
    for (Simulation simulation : simulations) {
      Optional<SourceTable> table =
          streams.stream().filter(t -> t.name().equals(simulation.table())).findFirst();
      if (table.isEmpty()) {
        problems.unknown(simulation.at(), "The stream table", simulation.table(), names);
      }
      table.flatMap(SourceTable::columns).ifPresent(schema -> simulated(simulation, schema));
    }
  }

  private void simulated(Simulation simulation, Schema schema) {
    var columns = schema.columns().stream().map(Column::name).toList();
    simulation.values().keySet().stream()
        .filter(name -> !columns.contains(name))
        .forEach(name -> problems.unknown(simulation.at(), "The column", name, columns));
  }

  private Optional<MetricSet> metricSet(
      Location at, Optional<String> name, Map<String, MetricSet> byName) {
    name.filter(n -> !byName.containsKey(n))
        .ifPresent(n -> problems.unknown(at, "The metrics", n, byName.keySet()));
    return name.map(byName::get);
  }

  private void filters(Dashboard dashboard, MetricSet set) {
    for (String filter : dashboard.filters()) {
      if (filter.equals("time")) {
        requireTime(dashboard.at("filters"), "filter `time`", set);
      } else if (!set.dimensions().containsKey(filter)) {
        var known = new ArrayList<>(set.dimensions().keySet());
        known.add("time");
        problems.unknown(dashboard.at("filters"), "The filter", filter, known);
      }
    }
  }

  private void panel(Dashboard.Panel panel, Optional<MetricSet> set) {
    if (panel.sql().isPresent() == panel.measure().isPresent()) {
      problems.add(
          panel.at(),
          ErrorCode.MISSING_KEY,
          "A panel needs either `measure` or `sql`.",
          "Keep exactly one of them.");
      return;
    }
    if (panel.sql().isPresent()) {
      return;
    }
    if (set.isEmpty()) {
      noMetrics(panel);
      return;
    }
    measure(panel, set.get());
    by(panel, set.get());
    panel.compare().ifPresent(_ -> requireTime(panel.at("compare"), "`compare`", set.get()));
  }

  private void noMetrics(Dashboard.Panel panel) {
    if (panel.metrics().isEmpty()) {
      problems.add(
          panel.at(),
          ErrorCode.MISSING_KEY,
          "The panel `"
              + panel.title()
              + "` has a measure, but there are no metrics to take it from.",
          "Add `metrics` to the dashboard or to the panel, or use `sql`.");
    }
  }

  private void measure(Dashboard.Panel panel, MetricSet set) {
    panel
        .measure()
        .filter(m -> !set.measures().containsKey(m))
        .ifPresent(
            m -> problems.unknown(panel.at("measure"), "The measure", m, set.measures().keySet()));
  }

  private void by(Dashboard.Panel panel, MetricSet set) {
    boolean needed =
        switch (panel.kind()) {
          case LINE, BAR -> true;
          case NUMBER, TABLE -> false;
        };
    if (panel.by().isEmpty()) {
      if (needed) {
        problems.add(
            panel.at(),
            ErrorCode.MISSING_KEY,
            "The panel `" + panel.title() + "` needs `by`.",
            "Add `by`: a dimension, or " + String.join(", ", FolderKeys.GRAINS) + ".");
      }
      return;
    }
    String by = panel.by().get();
    if (set.dimensions().containsKey(by)) {
      return;
    }
    if (FolderKeys.GRAINS.contains(by)) {
      requireTime(panel.at("by"), "`by: " + by + "`", set);
      return;
    }
    var known = new ArrayList<>(set.dimensions().keySet());
    known.addAll(FolderKeys.GRAINS);
    problems.unknown(panel.at("by"), "The dimension", by, known);
  }

  private void requireTime(Location at, String what, MetricSet set) {
    if (set.time().isEmpty()) {
      problems.add(
          at,
          ErrorCode.MISSING_KEY,
          "The " + what + " needs the metrics `" + set.name() + "` to say `time`.",
          "Add `time: COLUMN` to " + set.at().file() + ".");
    }
  }
}
