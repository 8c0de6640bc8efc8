package dev.leat.duckdb;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.lake.DataFile;
import dev.leat.lake.TableFiles;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of a table of the lake as SQL of DuckDB.
 *
 * <p>Columns are found by their field ids, so that a file that is older than a column has NULL
 * there. Only files of which rows are deleted pay for that: with an anti-join on the row's place.
 */
final class LakeScan {
  /** Above this many deleted rows they go into a temporary table rather than into the text. */
  private static final int INLINED = 256;

  private static final Schema PLACES =
      Schema.of(Column.required("file", Type.BIGINT), Column.required("place", Type.BIGINT));

  private LakeScan() {}

  /**
   * A parenthesised SELECT of the table's columns under their names.
   *
   * @param session where it will be run: may be given temporary tables
   * @param tag a name for those, unique in the session
   */
  static String sql(Session session, String tag, TableFiles table) {
    List<DataFile> whole =
        table.files().stream().filter(f -> f.deleted().length == 0 && f.rows() > 0).toList();
    List<DataFile> holed =
        table.files().stream().filter(f -> f.deleted().length > 0 && f.liveRows() > 0).toList();
    List<String> parts = new ArrayList<>();
    if (!whole.isEmpty()) {
      parts.add("SELECT " + SqlText.names(table.schema()) + " FROM " + read(table, whole));
    }
    if (!holed.isEmpty()) {
      parts.add(
          "SELECT "
              + SqlText.names(table.schema())
              + " FROM "
              + read(table, holed)
              + " AS f ANTI JOIN "
              + places(session, tag, holed)
              + " AS d ON f.file_index = d.file AND f.file_row_number = d.place");
    }
    return parts.isEmpty() ? empty(table.schema()) : "(" + String.join(" UNION ALL ", parts) + ")";
  }

  /**
   * A SELECT of the same rows in the order of the files and of the rows in them: without a join,
   * which promises no order. A file of which rows are deleted adds a character for six of its rows.
   */
  static String inOrder(TableFiles table) {
    return table.files().stream()
        .map(file ->
            "SELECT "
                + SqlText.names(table.schema())
                + " FROM "
                + read(table, List.of(file))
                + (file.deleted().length == 0 ? "" : " WHERE " + isThere(file)))
        .collect(Collectors.joining(" UNION ALL "));
  }

  /** A bit for each row: six of them make a character. */
  private static String isThere(DataFile file) {
    byte[] deleted = new byte[Math.toIntExact((file.rows() + 7) / 8)];
    for (long place : file.deleted()) {
      deleted[(int) (place / 8)] |= (byte) (0x80 >>> (place % 8));
    }
    return "get_bit(CAST(from_base64('"
        + Base64.getEncoder().encodeToString(deleted)
        + "') AS BIT), CAST(file_row_number AS INTEGER)) = 0";
  }

  /** No rows, with the right columns. */
  static String empty(Schema schema) {
    return "(SELECT "
        + SqlText.each(
            schema,
            c -> "CAST(NULL AS " + SqlText.type(c.type()) + ") AS " + SqlText.name(c.name()))
        + " WHERE FALSE)";
  }

  private static String read(TableFiles table, List<DataFile> files) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < table.schema().size(); i++) {
      Column column = table.schema().column(i);
      columns.add(
          table.fieldIds().get(i)
              + ": {name: "
              + SqlText.literal(column.name())
              + ", type: "
              + SqlText.literal(SqlText.type(column.type()))
              + ", default_value: NULL}");
    }
    return files.stream()
        .map(file -> SqlText.literal(file.path().toString()))
        .collect(
            Collectors.joining(
                ", ", "read_parquet([", "], schema = MAP {" + String.join(", ", columns) + "})"));
  }

  /** Where rows are deleted: the file's place in the list, and the row's in the file. */
  private static String places(Session session, String tag, List<DataFile> files) {
    int count = files.stream().mapToInt(file -> file.deleted().length).sum();
    long[] file = new long[count];
    long[] place = new long[count];
    int end = 0;
    for (int i = 0; i < files.size(); i++) {
      long[] deleted = files.get(i).deleted();
      Arrays.fill(file, end, end + deleted.length, i);
      System.arraycopy(deleted, 0, place, end, deleted.length);
      end += deleted.length;
    }
    if (count > INLINED) {
      session.load(tag, PLACES, List.of(batch(file, place, count)));
      return SqlText.name(tag);
    }
    return "(SELECT unnest("
        + Arrays.toString(file)
        + "::BIGINT[]) AS file, unnest("
        + Arrays.toString(place)
        + "::BIGINT[]) AS place)";
  }

  private static Batch batch(long[] file, long[] place, int count) {
    List<Vector> columns =
        List.of(
            new LongVector(file, Vector.NO_NULLS, count),
            new LongVector(place, Vector.NO_NULLS, count));
    return Batch.of(PLACES, columns, new long[count], count);
  }
}
