package dev.leat.mill;

import dev.leat.log.Log;
import java.util.Map;

/** A source of a made-up project, and what may happen to it. */
interface RandomSource extends AutoCloseable {

  /** Its file in {@code sources/}, under the contract it has now. */
  String yaml();

  /** Gives it another contract, under which what it has sent and what it will send are good. */
  void changeContract();

  /**
   * Rows come, change and go.
   *
   * @param log what a stream is sent to
   */
  void happen(Log log);

  /** Takes back the values that break the SQL of tables. */
  void settle();

  /** How many rows each of its tables must have in the end. */
  Map<String, Long> rows();

  /** How many of its rows must be in quarantine in the end. */
  long broken();

  @Override
  void close();
}
