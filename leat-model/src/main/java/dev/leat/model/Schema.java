package dev.leat.model;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The columns of a relation, in order. */
public record Schema(List<Column> columns) {

  /**
   * Names that no column may have, in lower case: where rows are kept, they say how often a row is
   * there, and where it stands in its file.
   */
  public static final Set<String> TAKEN = Set.of("_weight", "file_row_number");

  public Schema {
    columns = List.copyOf(columns);
  }

  public static Schema of(Column... columns) {
    return new Schema(List.of(columns));
  }

  public int size() {
    return columns.size();
  }

  public Column column(int index) {
    return columns.get(index);
  }

  /** The position of a column by its name, without regard to case. */
  public OptionalInt indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
