package dev.leat.connect;

import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What every row of a source table must be.
 *
 * @param table the source table's name
 * @param schema its columns; one that is not nullable must be there in every row
 * @param key the positions of the key columns; may be empty
 */
public record Contract(String table, Schema schema, List<Integer> key) {

  public Contract {
    key = List.copyOf(key);
  }

  /**
   * The contract a source table declares.
   *
   * @throws LeatException LEAT-3002 when it has no columns yet, a key that is not among them, or a
   *     column of a name that is taken
   */
  public static Contract of(SourceTable table) {
    Schema schema =
        table
            .columns()
            .orElseThrow(() ->
                broken(
                    table,
                    "Source table " + table.name() + " has no columns.",
                    "Add `columns:` to it; a stream's schema is not inferred."));
    refuse(Schema.TAKEN, table, schema);
    List<Integer> key =
        table.key().stream()
            .map(name ->
                schema
                    .indexOf(name)
                    .orElseThrow(() ->
                        broken(
                            table,
                            "The key of " + table.name() + " names no column: " + name,
                            "Name one of its columns.")))
            .toList();
    return new Contract(table.name(), schema, key);
  }

  /** Refuses a contract with a column of a name that is taken where its rows are kept. */
  static void refuse(Set<String> taken, SourceTable table, Schema schema) {
    for (Column column : schema.columns()) {
      if (taken.contains(column.name().toLowerCase(Locale.ROOT))) {
        throw broken(
            table,
            "Source table " + table.name() + " has a column " + column.name() + ", a name of ours.",
            "Give it `columns:` without that one; it may stay where it comes from.");
      }
    }
  }

  private static LeatException broken(SourceTable table, String message, String fix) {
    return new LeatException(Problem.at(table.at(), ErrorCode.SOURCE_CONTRACT, message, fix));
  }
}
