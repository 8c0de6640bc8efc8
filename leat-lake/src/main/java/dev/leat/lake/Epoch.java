package dev.leat.lake;

import dev.leat.data.Position;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that was published together: which version of each relation, and how much of each
 * input is in it. Never changes once it can be seen.
 *
 * @param number from 1, without gaps
 * @param time when it was published
 * @param tables every relation of the lake by name, also those that did not change
 * @param positions by source table: what has been read of it
 */
public record Epoch(
    long number,
    Instant time,
    SortedMap<String, TableVersion> tables,
    SortedMap<String, Position> positions) {

  /** What comes before the first epoch. */
  static final Epoch NONE = new Epoch(0, Instant.EPOCH, Map.of(), Map.of());

  public Epoch {
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
  }

  Epoch(
      long number,
      Instant time,
      Map<String, TableVersion> tables,
      Map<String, Position> positions) {
    this(number, time, new TreeMap<>(tables), new TreeMap<>(positions));
  }

  /** The version of a relation, if the lake has it. */
  public Optional<TableVersion> table(String relation) {
    return Optional.ofNullable(tables.get(relation));
  }

  /** What has been read of a source table; {@link Position#START} when nothing has. */
  public Position position(String sourceTable) {
    return positions.getOrDefault(sourceTable, Position.START);
  }
}
