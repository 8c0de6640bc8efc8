package dev.leat.server;

import dev.leat.model.Schema;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Answers SELECTs from one epoch of the lake. It cannot change anything. Safe for many threads. */
public interface Questions {

  /** The number of the newest epoch; 0 before the first. */
  long newestEpoch();

  /**
   * Answers a SELECT.
   *
   * @param epoch which one to ask; empty for the newest
   * @param limit how many rows at most
   * @throws dev.leat.model.LeatException LEAT-2xxx when the SQL is wrong (positions are those of
   *     {@code sql}), LEAT-5002 when the epoch is not kept
   */
  Answer ask(String sql, OptionalLong epoch, int limit);

  /**
   * An answer.
   *
   * @param rows values in the columns' order: Boolean, Long, Double, BigDecimal, String, byte[],
   *     LocalDate, LocalDateTime, or null
   * @param complete whether there are no more rows than these
   */
  record Answer(
      long epoch, Schema schema, List<List<@Nullable Object>> rows, Completeness complete) {
    public Answer {
      rows = List.copyOf(rows);
    }
  }

  /** Whether an answer has all rows. */
  enum Completeness {
    ALL,
    CUT
  }
}
