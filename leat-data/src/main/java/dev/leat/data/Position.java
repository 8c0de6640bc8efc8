package dev.leat.data;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far an input has been read: the next offset of each partition. A batch source has one
 * partition, 0, whose offset is the number of the next extract.
 */
public record Position(SortedMap<Integer, Long> offsets) {

  public static final Position START = new Position(new TreeMap<>());

  public Position {
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
  }

  public static Position of(long offset) {
    return new Position(new TreeMap<>(Map.of(0, offset)));
  }

  /** The next offset of a partition; 0 when nothing of it has been read. */
  public long offset(int partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  /** This position, but not past another one in the partitions of a topic, which are 0 and up. */
  public Position notPast(Position end) {
    SortedMap<Integer, Long> kept = new TreeMap<>(offsets);
    kept.replaceAll(
        (partition, offset) -> partition < 0 ? offset : Math.min(offset, end.offset(partition)));
    return new Position(kept);
  }

  /** How many offsets lie between an earlier position and this one. */
  public long since(Position earlier) {
    long count = 0;
    for (Map.Entry<Integer, Long> entry : offsets.entrySet()) {
      count += entry.getValue() - earlier.offset(entry.getKey());
    }
    return count;
  }

  /** As {@code partition:offset}. */
  @Override
  public String toString() {
    return offsets.entrySet().stream()
        .map(partition -> partition.getKey() + ":" + partition.getValue())
        .collect(Collectors.joining(", "));
  }
}
