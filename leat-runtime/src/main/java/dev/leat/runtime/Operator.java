package dev.leat.runtime;

import dev.leat.data.Batch;
import java.io.IOException;
import java.util.List;

/**
 * One operator of a circuit with its state: given the changes of its inputs it gives the change of
 * its result. Changes may hold a row more than once, and a deletion before the insertion that it
 * undoes, also steps before it; only their sum counts. Between such a deletion and its insertion
 * what an operator gives is not defined; once no row's sum is below 0 it is right again.
 */
interface Operator {

  /** The first step: what the operator owes before anything, and for its inputs' first changes. */
  default Batch start(List<Batch> inputs) {
    return step(inputs);
  }

  Batch step(List<Batch> inputs);

  /**
   * Takes in changes of which more are to come before the next {@link #step}. What works a touched
   * group out anew does it once, in that step, and gives nothing here.
   */
  default Batch gather(List<Batch> inputs) {
    return step(inputs);
  }

  /** For people, as {@code GROUP BY country}. */
  String describe();

  /** Which form of state it has, where one operator has several. */
  default String form() {
    return "";
  }

  default long keys() {
    return 0;
  }

  default long bytes() {
    return 0;
  }

  default Image freeze() {
    return out -> {};
  }

  /** Takes the state from an image; the operator is new. */
  default void restore(StateInput in) throws IOException {}
}
