package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.Session;
import dev.leat.model.Column;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Guesses the contract of a file from what is in it. Every column may be missing; numbers are
 * BIGINT or DOUBLE unless the file itself types them. What DuckDB takes for a date or a truth and
 * Leat does not, such as 26.11.2026 or yes, is text.
 */
final class Inference {
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

  /** How many records are read for whether a type is theirs. */
  private static final int RECORDS = 1_000;

  private final DuckDb duckDb;

  Inference(DuckDb duckDb) {
    this.duckDb = duckDb;
  }

  Schema of(Path file) {
    try (Session session = duckDb.session()) {
      Schema guessed = guess(session, file);
      boolean typed = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
      return typed ? guessed : asRead(session, file, guessed);
    }
  }

  /** A record tells one fault; so the first ones are read until they tell none of a type. */
  private static Schema asRead(Session session, Path file, Schema guessed) {
    Set<String> texts = new HashSet<>();
    Schema schema = guessed;
    while (texts.addAll(unreadable(session, file, schema))) {
      schema =
          new Schema(
              guessed.columns().stream()
                  .map(c -> texts.contains(c.name()) ? Column.optional(c.name(), Type.VARCHAR) : c)
                  .toList());
    }
    return schema;
  }

  /** The columns with values that are none of their type. */
  private static Set<String> unreadable(Session session, Path file, Schema schema) {
    Set<String> fields = new HashSet<>();
    Rejections rejections = (_, fault, _) -> fields.add(fault.field());
    try {
      new FileRows(session, new Contract("", schema, List.of()), rejections)
          .readFirst(file, RECORDS);
    } catch (IOException | UncheckedIOException | LeatException _) {
      return Set.of(); // who takes the file finds out what is wrong with it
    }
    return fields;
  }

  private static Schema guess(Session session, Path file) {
    try (Answer answer =
        session.query(
            "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + reader(file) + ")")) {
      Batch described = answer.rest();
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < described.size(); i++) {
        String name = described.bytes(0).string(i);
        columns.add(Column.optional(name, type(described.bytes(1).string(i))));
      }
      return new Schema(columns);
    }
  }

  private static String reader(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    String function =
        name.endsWith(".parquet")
            ? "read_parquet"
            : name.endsWith("json") || name.endsWith(".jsonl") ? "read_json_auto" : "read_csv_auto";
    return function + "(" + Sql.literal(file.toString()) + ")";
  }

  private static Type type(String duckDb) {
    Matcher decimal = DECIMAL.matcher(duckDb);
    if (decimal.matches()) {
      int precision = Integer.parseInt(decimal.group(1));
      int scale = Integer.parseInt(decimal.group(2));
      return precision <= Type.Decimal.MAX_PRECISION ? Type.decimal(precision, scale) : Type.DOUBLE;
    }
    return switch (duckDb) {
      case "BOOLEAN" -> Type.BOOLEAN;
      case "TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT" -> Type.INTEGER;
      case "BIGINT", "UINTEGER" -> Type.BIGINT;
      case "FLOAT", "DOUBLE", "HUGEINT", "UBIGINT" -> Type.DOUBLE;
      case "DATE" -> Type.DATE;
      case "BLOB" -> Type.VARBINARY;
      default -> duckDb.startsWith("TIMESTAMP") ? Type.TIMESTAMP : Type.VARCHAR;
    };
  }
}
