package dev.leat.mill;

/** How a table is kept right. */
public sealed interface Upkeep {

  /** Its circuit takes in each step's changes. */
  record Live() implements Upkeep {}

  /**
   * Its query is run again at each epoch in which an input changed.
   *
   * @param reason why it has no circuit
   */
  record Recomputed(String reason) implements Upkeep {}
}
