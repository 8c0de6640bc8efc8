package dev.leat.engine;

import dev.leat.data.Batch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * A plan with its state. After any steps, the sum of all the changes it gave is the bag that the
 * plan's query gives over the sum of all the changes it was given.
 *
 * <p>Used by one thread at a time.
 */
public interface Circuit extends AutoCloseable {

  /**
   * The changes the plan owes before anything has arrived: the single row of an aggregate without
   * keys, constant rows. Called once, on a circuit that has not been restored. What fails of these
   * (a division by a count of no rows) waits for the first rows.
   */
  Batch start();

  /**
   * Takes in the changes of one step.
   *
   * @param changes by relation; a relation that is missing has not changed
   * @return the net changes of the result, consolidated
   */
  Batch step(Map<String, Batch> changes);

  /**
   * Takes in the first rows, to build the state up; after {@link #start}, and {@link #filled} is
   * called once when there are no more. Cheaper than steps: what a group gives is told at the end,
   * not after each batch.
   *
   * @return a part of the changes of the result, not consolidated
   */
  Batch fill(String relation, Batch rows);

  /** The rest of the changes that filling gave. */
  Batch filled();

  /** A copy of the state as it is now, cheap to take, that can be written while steps go on. */
  Frozen freeze();

  /** Takes the state from what {@link Frozen#write} wrote for the same plan. */
  void restore(InputStream in) throws IOException;

  /** One line an operator: what it holds and what it cost. */
  List<OperatorReport> report();

  @Override
  void close();

  /** State at one moment. */
  interface Frozen {
    void write(OutputStream out) throws IOException;
  }

  /**
   * @param operator for people, for example {@code GROUP BY country}
   */
  record OperatorReport(
      String operator, long keys, long bytes, long rowsIn, long rowsOut, long nanos) {}
}
