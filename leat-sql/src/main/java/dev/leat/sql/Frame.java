package dev.leat.sql;

import java.math.BigDecimal;

/**
 * The rows around the current one that a call with OVER is over.
 *
 * @param rows ROWS, which counts rows, rather than RANGE, which measures values
 */
public record Frame(boolean rows, Bound start, Bound end, Exclusion exclusion) {

  public Frame(boolean rows, Bound start, Bound end) {
    this(rows, start, end, Exclusion.NO_OTHERS);
  }

  /** Where a frame starts or ends. */
  public sealed interface Bound {
    /** With the partition. */
    record Unbounded() implements Bound {}

    /**
     * So many rows after the current one, before it when negative; in a RANGE 0 stands for the
     * current row's peers.
     */
    record Rows(long after) implements Bound {}

    /**
     * Where the order's one column has a value that is so much greater, or less when negative, than
     * the current row's.
     */
    record Distance(BigDecimal amount, Unit unit) implements Bound {}
  }

  /** What a distance is measured in. */
  public enum Unit {
    /** The column's own. */
    NUMBER,
    MICROSECONDS,
    MONTHS
  }

  /** The rows of a frame that are left out. */
  public enum Exclusion {
    NO_OTHERS,
    CURRENT_ROW,
    /** The current row and its peers. */
    GROUP,
    /** Its peers. */
    TIES
  }
}
