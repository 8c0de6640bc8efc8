package dev.leat.connect;

import dev.leat.model.Column;
import dev.leat.model.Type;
import java.util.Optional;

/**
 * Which values of a Parquet file a column's type does not hold exactly. DuckDB's casts round, cut
 * and take years that Leat has not; a contract is kept or broken, as in files of text.
 */
final class ParquetValues {
  private ParquetValues() {}

  /**
   * TRUE for a value that would become another one; empty when there can be none.
   *
   * @param found DuckDB's name of the type it has in the file
   * @param value it, cast to the column's type, or NULL where that is not possible
   */
  static Optional<String> inexact(Column column, String found, String value) {
    String name = Sql.name(column.name());
    return switch (column.type()) {
      case Type.Bool _ -> isNumber(found) ? Optional.of(returns(name, found, value)) : none();
      case Type.Int _, Type.BigInt _ -> inexact(name, found, value, "DECIMAL(38,18)");
      case Type.Decimal _ -> inexact(name, found, value, "DECIMAL(38,20)");
      case Type.Date _ -> {
        String outside = value + " NOT BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'";
        yield Optional.of(
            found.startsWith("TIMESTAMP")
                ? outside + " OR " + returns(name, found, value)
                : outside);
      }
      case Type.Timestamp _ ->
          Optional.of(
              value
                  + " NOT BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31"
                  + " 23:59:59.999999'");
      case Type.Float64 _, Type.Varchar _, Type.Varbinary _ -> none();
    };
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  /**
   * @param wide a type that holds any number of the column's type, and more digits after the point
   */
  private static Optional<String> inexact(String name, String found, String value, String wide) {
    if (value.equals(name)) {
      return none();
    }
    if (found.equals("VARCHAR")) {
      return Optional.of("TRY_CAST(" + name + " AS " + wide + ") IS DISTINCT FROM " + value);
    }
    return isNumber(found) ? Optional.of(returns(name, found, value)) : none();
  }

  /** Whether the way back leads elsewhere. */
  private static String returns(String name, String found, String value) {
    return "TRY_CAST(" + value + " AS " + found + ") IS DISTINCT FROM " + name;
  }

  private static boolean isNumber(String found) {
    return found.startsWith("DECIMAL")
        || found.equals("FLOAT")
        || found.equals("DOUBLE")
        || found.endsWith("INT")
        || found.endsWith("INTEGER");
  }
}
