package dev.leat.connect;

import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;

/** Rows that break their contract: kept with the reason and the bytes as they came. */
public final class Quarantine {

  /** The name of the relation in the lake. */
  public static final String TABLE = "leat_quarantine";

  /**
   * {@code id} is stable: the source table and the position of the row, so that a repeated step
   * writes the same id. {@code time} is when the record was written, in microseconds, never when it
   * was read.
   */
  public static final Schema SCHEMA =
      Schema.of(
          Column.required("id", Type.VARCHAR),
          Column.required("source", Type.VARCHAR),
          Column.required("reason", Type.VARCHAR),
          Column.required("field", Type.VARCHAR),
          Column.required("raw", Type.VARBINARY),
          Column.required("time", Type.TIMESTAMP),
          Column.required("position", Type.VARCHAR));

  private Quarantine() {}

  /**
   * Adds a row to a batch of {@link #SCHEMA}.
   *
   * @param position where the row stands in its source, for example {@code 0:4711} (partition and
   *     offset) or {@code 12:88} (extract and row)
   * @param micros when the record was written, since 1970
   */
  public static void add(
      BatchBuilder into, String table, String position, long micros, Fault fault, byte[] raw) {
    into.appendValues(
        1, table + ":" + position, table, fault.reason(), fault.field(), raw, micros, position);
  }
}
