package dev.leat.model;

import java.util.Map;

/**
 * Plausible events that {@code up} sends to a stream table itself, so that a demonstration moves.
 *
 * @param eventsPerSecond how many, 1 or more
 * @param latePercent share whose event time lies back, 0 to 100
 * @param duplicatePercent share that is sent twice, 0 to 100
 * @param values column → a SELECT of one column, whose rows are the values to choose from
 */
public record Simulation(
    String table,
    Location at,
    int eventsPerSecond,
    double latePercent,
    double duplicatePercent,
    Map<String, String> values) {
  public Simulation {
    values = Map.copyOf(values);
  }
}
