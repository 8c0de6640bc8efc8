package dev.leat.runtime;

import dev.leat.data.Vector;

/** {@code COUNT(*)} of all rows, which every group counts anyway. */
record RowCount() implements Result {
  @Override
  public Vector result(States states) {
    return CountAccumulator.read(states, Groups.ROWS_WORD);
  }
}
