package dev.leat.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads files under metrics/ and dashboards/. */
final class ViewReader {
  private ViewReader() {}

  static Optional<MetricSet> metrics(String name, Yaml.Mapping file) {
    var values = new Values(file);
    return values
        .text("table")
        .map(table ->
            new MetricSet(
                name,
                file.place("table"),
                places(values),
                table,
                values.text("time"),
                values.textByName("dimensions"),
                values.textByName("measures")));
  }

  private static Map<String, Location> places(Values file) {
    Map<String, Location> places = new HashMap<>(file.mapping().places());
    for (String part : List.of("dimensions", "measures")) {
      file.values(part).ifPresent(values -> places.putAll(values.mapping().places()));
    }
    return places;
  }

  static Dashboard dashboard(String name, Yaml.Mapping file) {
    var values = new Values(file);
    return new Dashboard(
        name,
        Location.start(file.at().file()),
        file.places(),
        values.text("title").orElse(name),
        values.text("metrics"),
        values.texts("filters"),
        values.list("panels").stream().flatMap(p -> panel(p).stream()).toList());
  }

  private static Optional<Dashboard.Panel> panel(Values values) {
    return values.text("kind").flatMap(ViewReader::kind).map(kind -> panel(values, kind));
  }

  private static Dashboard.Panel panel(Values values, Dashboard.Kind kind) {
    return new Dashboard.Panel(
        values.text("title").orElse(""),
        values.mapping().at(),
        values.mapping().places(),
        kind,
        values.text("metrics"),
        values.text("measure"),
        values.text("by"),
        values.text("compare"),
        values.whole("limit"),
        values.text("sql"));
  }

  private static Optional<Dashboard.Kind> kind(String word) {
    for (var kind : Dashboard.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
