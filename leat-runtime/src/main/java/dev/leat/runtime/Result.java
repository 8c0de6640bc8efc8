package dev.leat.runtime;

import dev.leat.data.Vector;

/** What the words of groups come to: a column of the aggregation. */
interface Result {
  Vector result(States states);

  /**
   * Copies of the state words of some groups, one after the other.
   *
   * @param stride words a group; word {@code w} of a record stands at {@code w - 1}
   */
  record States(long[] words, int stride, int count) {
    int at(int state, int word) {
      return state * stride + word - Groups.ROWS_WORD;
    }
  }
}
