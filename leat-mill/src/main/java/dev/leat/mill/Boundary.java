package dev.leat.mill;

/**
 * The moments between the mill's actions at which a crash must do no harm. Tests kill the process
 * at each of them.
 */
public enum Boundary {
  /** A slice has been read, nothing has been done with it. */
  READ,
  /** A step has changed the state of the circuits. */
  STEPPED,
  /** An epoch's changes are worked out, nothing is written. */
  PUBLISHING,
  /** Everything of an epoch is written but the epoch itself. */
  WRITTEN,
  /** The epoch can be seen, its state has not been saved. */
  PUBLISHED,
  /** A state snapshot has been written. */
  SAVED;

  /** Told of every boundary that is passed. */
  @FunctionalInterface
  public interface Watch {
    Watch NONE = _ -> {};

    void passed(Boundary boundary);
  }
}
