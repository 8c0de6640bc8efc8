package dev.leat.log;

/** What an acknowledged record survives. */
public enum Durability {
  /** A killed process: the record is in the operating system's page cache. */
  PROCESS,
  /** A power cut: the record is on the disk. Costs an fsync for every batch of the producer. */
  POWER
}
