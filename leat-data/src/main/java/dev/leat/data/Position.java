package dev.leat.data;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /** How many offsets lie between an earlier position and this one. */
  public long since(Position earlier) {
    long count = 0;
    for (Map.Entry<Integer, Long> entry : offsets.entrySet()) {
      count += entry.getValue() - earlier.offset(entry.getKey());
    }
    return count;
  }
}
