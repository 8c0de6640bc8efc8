package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Vector;

/**
 * A compiled expression: its value for every row of a batch. Has no state that shows: one evaluator
 * may be used by many threads.
 */
public interface Evaluator {

  /**
   * A vector of the batch's size; where it is NULL its slot holds 0 or nothing.
   *
   * @throws dev.leat.model.LeatException LEAT-6002, naming function and value
   */
  Vector evaluate(Batch input);
}
