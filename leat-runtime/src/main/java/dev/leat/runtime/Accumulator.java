package dev.leat.runtime;

import java.io.IOException;

/**
 * What one or more aggregates keep of every group: some words in the group's record.
 *
 * <p>A step goes: {@link #update} for each block of rows, {@link #settle} once, {@link
 * Result#result} for the old and the new states of the touched groups, {@link #forget} once.
 */
interface Accumulator {

  /** How many words of a group's record are its own. */
  int words();

  /** Takes in a block of rows. */
  default void update(Groups groups) {}

  /** Brings the words of the touched groups to their final form. */
  default void settle(Groups groups) {}

  /** Gives back what no group refers to any more, now that the results have been read. */
  default void forget(Groups groups) {}

  /** Whether the group could be dropped: nothing but zero is in it. */
  default boolean isZero(long[] chunk, int at) {
    for (int i = at; i < at + words(); i++) {
      if (chunk[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Gives back what a group that goes away holds outside its record. */
  default void release(int address, Slab slab) {}

  default long bytes() {
    return 0;
  }

  /** What it holds outside the records. */
  default Image freeze() {
    return out -> {};
  }

  default void restore(StateInput in) throws IOException {}
}
