package dev.leat.runtime;

import dev.leat.engine.Circuit;
import dev.leat.engine.Engine;
import dev.leat.engine.Rule;
import dev.leat.sql.Plan;
import java.util.Set;

/** Keeps plans live in this process, with keyed state in memory. */
public final class MaintenanceEngine implements Engine {
  private final Set<String> appendOnly;

  /** An engine whose relations may change in any way. */
  public MaintenanceEngine() {
    this(Set.of());
  }

  /**
   * An engine that is told of relations that never lose a row. What is over them keeps less: no
   * value counts for MIN, MAX and COUNT(DISTINCT), no rows beyond the first n. A circuit refuses a
   * step that takes a row from such a relation (LEAT-6010) before it changes anything: open one
   * without the promise and fill it from the lake.
   */
  public MaintenanceEngine(Set<String> appendOnly) {
    this.appendOnly = Set.copyOf(appendOnly);
  }

  @Override
  public Rule rule(Plan operator) {
    return new Rules(appendOnly).of(operator);
  }

  @Override
  public Circuit open(Plan plan) {
    return new MaintenanceCircuit(plan, appendOnly);
  }
}
