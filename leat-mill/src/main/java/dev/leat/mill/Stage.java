package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.engine.Circuit;
import dev.leat.sql.CompiledTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One table at work.
 *
 * @param late whether it is brought up to date only when an epoch is made: it is recomputed, or it
 *     reads a table that is
 */
record Stage(CompiledTable table, Upkeep upkeep, Optional<Circuit> circuit, boolean late) {

  String name() {
    return table.name();
  }

  Set<String> inputs() {
    return table.dependencies();
  }

  /** The changes of this table's inputs, out of those of all relations. */
  Map<String, Batch> inputsOf(Map<String, Batch> changes) {
    Map<String, Batch> mine = new HashMap<>();
    for (String input : inputs()) {
      Batch batch = changes.get(input);
      if (batch != null && !batch.isEmpty()) {
        mine.put(input, batch);
      }
    }
    return mine;
  }
}
