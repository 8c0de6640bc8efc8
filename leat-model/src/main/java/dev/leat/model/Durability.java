package dev.leat.model;

/** What an acknowledged record and a published epoch survive. */
public enum Durability {
  /** A killed process, at any moment: they are in the operating system's page cache. */
  PROCESS,
  /**
   * A power cut: a record is on the disk before it is acknowledged, every file and folder of an
   * epoch before the epoch can be seen. Costs an fsync for every batch of the producer, and several
   * for every epoch.
   */
  POWER
}
