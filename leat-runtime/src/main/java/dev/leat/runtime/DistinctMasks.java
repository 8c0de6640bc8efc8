package dev.leat.runtime;

import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shares a {@link MaskTable} among all {@code COUNT(DISTINCT x) FILTER (…)} of one argument, over
 * an input that never loses a row.
 */
final class DistinctMasks {
  private final Schema input;
  private final int filters;
  private final Map<Integer, MaskTable> tables = new LinkedHashMap<>();

  DistinctMasks(Schema input, int filters) {
    this.input = input;
    this.filters = filters;
  }

  /** Whether an argument's values fit a word, and the filters fit a mask. */
  boolean takes(int argument) {
    return filters <= MaskTable.MASKS
        && input.column(argument).type().physical() != Type.Physical.BYTES;
  }

  Result count(int argument, int filter, AggregateState state) {
    int word = state.words();
    state.add(new AggregateState.WordsOnly(1));
    tables.computeIfAbsent(argument, MaskTable::new).count(filter, word);
    return states -> CountAccumulator.read(states, word);
  }

  void finish(AggregateState state) {
    tables.values().forEach(state::add);
  }
}
