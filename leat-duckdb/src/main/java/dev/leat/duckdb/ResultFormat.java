package dev.leat.duckdb;

import dev.leat.data.Batch;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/** How an answer is written for people or programs. Text; Parquet is written by EpochView. */
public interface ResultFormat {

  /**
   * Writes all rows.
   *
   * @return how many
   */
  long write(Schema schema, Iterator<Batch> rows, Appendable to) throws IOException;

  /** A format by what {@code --format} calls it. */
  static Optional<ResultFormat> named(String name, int widthColumns) {
    return switch (name) {
      case "table" -> Optional.of(new TextTable(widthColumns));
      case "csv" -> Optional.of(new Csv());
      case "json" -> Optional.of(new Json());
      case "ndjson" -> Optional.of(new NdJson());
      default -> Optional.empty();
    };
  }

  /** RFC 4180, with a header; NULL is nothing, an empty text is {@code ""}. */
  record Csv() implements ResultFormat {
    @Override
    public long write(Schema schema, Iterator<Batch> rows, Appendable to) throws IOException {
      StringBuilder line = new StringBuilder();
      for (Column column : schema.columns()) {
        line.append(line.isEmpty() ? "" : ",").append(field(column.name()));
      }
      to.append(line).append('\n');
      long count = 0;
      while (rows.hasNext()) {
        Batch batch = rows.next();
        for (int row = 0; row < batch.size(); row++) {
          line.setLength(0);
          for (int column = 0; column < schema.size(); column++) {
            line.append(column == 0 ? "" : ",");
            if (!batch.column(column).isNull(row)) {
              line.append(field(Values.text(batch, column, row)));
            }
          }
          to.append(line).append('\n');
        }
        count += batch.size();
      }
      return count;
    }

    private static String field(String text) {
      boolean quote = text.isEmpty();
      for (int i = 0; i < text.length() && !quote; i++) {
        char c = text.charAt(i);
        quote = c == ',' || c == '"' || c == '\n' || c == '\r';
      }
      return quote ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
  }

  /** An array of objects. */
  record Json() implements ResultFormat {
    @Override
    public long write(Schema schema, Iterator<Batch> rows, Appendable to) throws IOException {
      to.append('[');
      long count = objects(schema, rows, to, ",\n ");
      to.append("]\n");
      return count;
    }
  }

  /** An object a line. */
  record NdJson() implements ResultFormat {
    @Override
    public long write(Schema schema, Iterator<Batch> rows, Appendable to) throws IOException {
      long count = objects(schema, rows, to, "\n");
      to.append(count == 0 ? "" : "\n");
      return count;
    }
  }

  private static long objects(Schema schema, Iterator<Batch> rows, Appendable to, String between)
      throws IOException {
    long count = 0;
    StringBuilder object = new StringBuilder();
    while (rows.hasNext()) {
      Batch batch = rows.next();
      for (int row = 0; row < batch.size(); row++) {
        object.setLength(0);
        object.append(count++ == 0 ? "" : between).append('{');
        for (int column = 0; column < schema.size(); column++) {
          object.append(column == 0 ? "" : ",");
          Values.quoted(object, schema.column(column).name());
          object.append(':');
          Values.json(object, batch, column, row);
        }
        to.append(object.append('}'));
      }
    }
    return count;
  }
}
