package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.data.Position;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the next epoch will hold: the changes of every relation since the last one, and how far
 * every input has been read to make them.
 */
final class EpochChanges {
  private final Map<String, Consolidation> relations = new LinkedHashMap<>();
  private final SortedMap<String, Position> positions;
  private Optional<Instant> oldest = Optional.empty();
  private long rowsRead;

  EpochChanges(Map<String, Position> from) {
    positions = new TreeMap<>(from);
  }

  void add(String relation, Batch changes) {
    if (!changes.isEmpty()) {
      relations.computeIfAbsent(relation, _ -> new Consolidation(changes.schema())).add(changes);
    }
  }

  /** Notes that a source has been read on to a position, and when the oldest of it had arrived. */
  void advance(String source, Position next, Instant arrived, long rows) {
    positions.put(source, next);
    rowsRead += rows;
    if (rows > 0 && oldest.map(arrived::isBefore).orElse(true)) {
      oldest = Optional.of(arrived);
    }
  }

  Collection<String> relations() {
    return List.copyOf(relations.keySet());
  }

  /** The net changes of a relation; they are gone from here afterwards. */
  Batch drain(String relation) {
    return Objects.requireNonNull(relations.remove(relation), relation).drain();
  }

  SortedMap<String, Position> positions() {
    return positions;
  }

  Optional<Instant> oldestArrival() {
    return oldest;
  }

  long rowsRead() {
    return rowsRead;
  }

  /** Changes held, netted or not. */
  long rowsHeld() {
    return relations.values().stream().mapToLong(Consolidation::rowsAdded).sum();
  }

  /** About how much memory they take. */
  long bytesHeld() {
    return relations.values().stream().mapToLong(Consolidation::bytesAdded).sum();
  }

  boolean isEmpty() {
    return rowsRead == 0 && relations.isEmpty();
  }
}
