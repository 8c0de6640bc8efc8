package dev.leat.runtime;

import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares a {@link MaskTable} among all {@code COUNT(DISTINCT x) FILTER (…)} of one argument, over
 * an input that never loses a row.
 */
final class DistinctMasks {
  private final Schema input;
  private final int filters;
  private final Map<Integer, MaskTable> tables = new LinkedHashMap<>();
  private final Map<List<Integer>, Result> counts = new HashMap<>();

  DistinctMasks(Schema input, int filters) {
    this.input = input;
    this.filters = filters;
  }

  /** Whether an argument's values fit a word, and the filters fit a mask. */
  boolean takes(int argument) {
    return filters <= MaskTable.MASKS
        && input.column(argument).type().physical() != Type.Physical.BYTES;
  }

  /** A count that is asked for twice is one, so that there are no more than filters. */
  Result count(int argument, int filter, AggregateState state) {
    return counts.computeIfAbsent(
        List.of(argument, filter),
        _ -> {
          int word = state.words();
          state.add(new AggregateState.WordsOnly(1));
          tables.computeIfAbsent(argument, MaskTable::new).count(filter, word);
          return states -> CountAccumulator.read(states, word);
        });
  }

  void finish(AggregateState state) {
    tables.values().forEach(state::add);
  }
}
