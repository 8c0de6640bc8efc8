package dev.leat.connect;

import dev.leat.data.Batch;

/** What is to become of a row in quarantine. */
public sealed interface Release {

  Held held();

  /** It goes into its table as this record says: as it came, or corrected. */
  record Again(Held held, byte[] record) implements Release {}

  /** It goes nowhere. */
  record Dropped(Held held) implements Release {}

  /**
   * A row in quarantine.
   *
   * @param position where it stood in its source, as {@link Quarantine#add} was given it
   * @param row the one row of {@link Quarantine#SCHEMA}
   */
  record Held(String id, String source, String position, byte[] raw, Batch row) {}

  /** Why a row stays where it is. */
  record Refusal(String id, Fault fault) {}
}
