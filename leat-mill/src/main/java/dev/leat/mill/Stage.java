package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.engine.Circuit;
import dev.leat.sql.CompiledTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One table at work. */
record Stage(CompiledTable table, Upkeep upkeep, Optional<Circuit> circuit, Pace pace) {

  /** When a table is brought up to date. */
  enum Pace {
    /** With each step. */
    STEP,
    /**
     * When an epoch is made, with the changes of all its steps at once: it works touched groups out
     * anew, or reads a table that does.
     */
    EPOCH,
    /**
     * When an epoch is made, and not from the log alone: it is recomputed from the lake, or reads a
     * table that is.
     */
    RECOMPUTED;

    /** When a table kept that way does its work, if its inputs do not come later. */
    static Pace of(Upkeep upkeep) {
      return switch (upkeep) {
        case Upkeep.Live _ -> STEP;
        case Upkeep.ByGroup _ -> EPOCH;
        case Upkeep.Recomputed _ -> RECOMPUTED;
      };
    }

    Pace atLeast(Pace other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  boolean late() {
    return pace != Pace.STEP;
  }

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
