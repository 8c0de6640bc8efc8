package dev.leat.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A page of panels: one file under dashboards/, served at /d/NAME.
 *
 * @param metrics the metric set that panels use unless they say otherwise
 * @param places key → where its value stands in the file
 * @param filters {@code time} or dimension names
 */
public record Dashboard(
    String name,
    Location at,
    Map<String, Location> places,
    String title,
    Optional<String> metrics,
    List<String> filters,
    List<Panel> panels) {

  public Dashboard {
    places = Map.copyOf(places);
    filters = List.copyOf(filters);
    panels = List.copyOf(panels);
  }

  /** How a panel is drawn. */
  public enum Kind {
    NUMBER,
    LINE,
    BAR,
    TABLE
  }

  /**
   * One panel.
   *
   * @param places key → where its value stands in the file
   * @param by a dimension, or a time grain: second, minute, hour, day, week, month, quarter, year
   * @param compare {@code previous}: the same length of time before
   * @param sql a SELECT instead of a measure
   */
  public record Panel(
      String title,
      Location at,
      Map<String, Location> places,
      Kind kind,
      Optional<String> metrics,
      Optional<String> measure,
      Optional<String> by,
      Optional<String> compare,
      OptionalInt limit,
      Optional<String> sql) {
    public Panel {
      places = Map.copyOf(places);
    }

    /** Where a key's value stands; the panel itself when it has none. */
    public Location at(String key) {
      return places.getOrDefault(key, at);
    }
  }

  /** Where a key's value stands; the start of the file when it has none. */
  public Location at(String key) {
    return places.getOrDefault(key, at);
  }
}
