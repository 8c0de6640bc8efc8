package dev.leat.model;

import java.util.Map;
import java.util.Optional;

/**
 * Measures and dimensions over a table: one file under metrics/.
 *
 * @param time the column that time filters and time grains use
 * @param places name of a dimension or measure, or key → where it stands in the file
 * @param dimensions name → SQL expression over the table, in the file's order
 * @param measures name → SQL aggregate expression over the table, in the file's order
 */
public record MetricSet(
    String name,
    Location at,
    Map<String, Location> places,
    String table,
    Optional<String> time,
    Map<String, String> dimensions,
    Map<String, String> measures) {

  /** Where a dimension, measure or key stands; the start of the set when it is not there. */
  public Location at(String name) {
    return places.getOrDefault(name, at);
  }
}
