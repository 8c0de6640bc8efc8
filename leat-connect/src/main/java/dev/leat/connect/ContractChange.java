package dev.leat.connect;

import dev.leat.duckdb.Conversion.Misfit;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.SourceTable;

/**
 * Why a source's rows cannot be carried over to another contract. Rows that were taken are never
 * dropped for that: the change is refused.
 */
public final class ContractChange {
  private static final String ANEW =
      " Or give the table another name in sources/, with the name it had as its `table`, `topic` or"
          + " `path`: it is then read from the start.";

  private ContractChange() {}

  /** A column's new type has no place for values that were taken. */
  public static LeatException refused(SourceTable table, Misfit misfit) {
    return refused(
        table,
        ("Column %s of %s was %s and is to be %s, which has no exact form for values of rows that"
                + " were taken: %,d of them, such as %s.")
            .formatted(
                misfit.now().name(),
                table.name(),
                misfit.before().type().sql(),
                misfit.now().type().sql(),
                misfit.rows(),
                misfit.example()),
        "Give the column its type back, or one that holds both.");
  }

  /** A column must have a value now, and rows that were taken have none. */
  public static LeatException valuesMissing(SourceTable table, String column, long rows) {
    return refused(
        table,
        ("Column %s of %s is `not null` now, and rows that were taken have no value there: %,d of"
                + " them.")
            .formatted(column, table.name(), rows),
        "Take `not null` away.");
  }

  /** Its rows would come from something else, in which nobody knows where to read on. */
  public static Problem otherOrigin(SourceTable table, String before, String now) {
    return Problem.at(
        table.at(),
        ErrorCode.SOURCE_CONTRACT,
        "Rows of %s were read from %s, and are to be read from %s. Nothing was changed."
            .formatted(table.name(), before, now),
        "Give the table another name in sources/: it is then read from the start, and a query can"
            + " put both together. Or let it read what it did; a cluster that has moved is known by one"
            + " of its former addresses, which may stand beside the new ones.");
  }

  private static LeatException refused(SourceTable table, String message, String fix) {
    return new LeatException(
        Problem.at(
            table.at(), ErrorCode.SOURCE_CONTRACT, message + " Nothing was changed.", fix + ANEW));
  }
}
