package dev.leat.lake;

/** What a published epoch survives. */
public enum Durability {
  /** The death of the process, at any moment. Nothing is flushed to the disk by force. */
  PROCESS,
  /** A power cut: every file and folder of an epoch is on the disk before the epoch can be seen. */
  POWER
}
