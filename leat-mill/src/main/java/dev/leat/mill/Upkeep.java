package dev.leat.mill;

import dev.leat.engine.Engine;
import dev.leat.sql.Plan;
import java.util.Optional;

/** How a table is kept right. */
public sealed interface Upkeep {

  /** Its circuit takes in each step's changes. */
  record Live() implements Upkeep {}

  /**
   * Its circuit takes in each epoch's changes and works the groups they touch out anew.
   *
   * @param how which groups, and what of them
   */
  record ByGroup(String how) implements Upkeep {}

  /**
   * Its query is run again at each epoch in which an input changed.
   *
   * @param reason why it has no circuit
   */
  record Recomputed(String reason) implements Upkeep {}

  static Upkeep of(Plan plan, Engine engine) {
    Optional<Upkeep> recomputed = engine.refusal(plan).map(Recomputed::new);
    Optional<Upkeep> byGroup = engine.byGroup(plan).map(ByGroup::new);
    return recomputed.or(() -> byGroup).orElseGet(Live::new);
  }
}
