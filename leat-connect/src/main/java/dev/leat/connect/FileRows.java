package dev.leat.connect;

import dev.leat.connect.RecordBatches.Records;
import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.Session;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the rows of a file ready to be staged, by what its suffix says it is. Parquet files stay
 * inside DuckDB; rows of text are parsed here and loaded into it.
 */
final class FileRows {
  private static final Logger LOG = LoggerFactory.getLogger(FileRows.class);
  private static final String ROWS = "_rows";

  private final Session session;
  private final Contract contract;
  private final Rejections rejections;
  private String header = "";

  FileRows(Session session, Contract contract, Rejections rejections) {
    this.session = session;
    this.contract = contract;
    this.rejections = rejections;
  }

  /** A SELECT of the rows that keep the contract; those that do not have been rejected then. */
  String select(Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".parquet")) {
      return parquet(file);
    }
    try (InputStream in = open(file, name)) {
      session.load(ROWS, contract.schema(), List.of());
      Records records = records(in, name.replaceFirst("\\.gz$", ""), file);
      RecordBatches rows = new RecordBatches(contract.schema(), records);
      session.load(ROWS, contract.schema(), () -> rows);
    }
    return "SELECT " + Sql.names(contract.schema()) + " FROM " + ROWS;
  }

  /** Reads the first records of a file of text, for what is rejected of them. */
  void readFirst(Path file, int records) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    try (InputStream in = open(file, name)) {
      Records all = records(in, name.replaceFirst("\\.gz$", ""), file);
      BatchBuilder rows = new BatchBuilder(contract.schema());
      int left = records;
      while (left > 0 && all.take(rows)) {
        left--;
      }
    }
  }

  /** The first line of a CSV file that has been selected from; empty for other files. */
  String header() {
    return header;
  }

  /** A SELECT of no rows. */
  static String nothing(Schema schema) {
    return schema.columns().stream()
        .map(c -> "CAST(NULL AS " + Sql.type(c.type()) + ") AS " + Sql.name(c.name()))
        .collect(Collectors.joining(", ", "SELECT ", " WHERE FALSE"));
  }

  static InputStream open(Path file, String name) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    return name.endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private Records records(InputStream in, String name, Path file) throws IOException {
    String suffix = name.substring(name.lastIndexOf('.') + 1);
    return switch (suffix) {
      case "csv", "tsv", "txt" -> csv(in, file);
      case "ndjson", "jsonl" -> JsonRows.lines(in, contract, rejections);
      case "json" -> JsonRows.document(in, contract, rejections);
      default ->
          throw new IOException(
              "suffix ." + suffix + " is none of csv, tsv, json, ndjson, jsonl, parquet");
    };
  }

  private Records csv(InputStream in, Path file) throws IOException {
    CsvRows rows = new CsvRows(in, contract, rejections);
    checkColumns(rows.header(), file);
    header = rows.headerLine();
    return rows;
  }

  /** A required column that is not there breaks the contract of the file; others are told. */
  private void checkColumns(List<String> found, Path file) {
    Map<String, String> there = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    found.forEach(name -> there.put(name, name));
    List<String> missing = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (Column column : contract.schema().columns()) {
      if (there.remove(column.name()) == null) {
        (column.nullable() ? absent : missing).add(column.name());
      }
    }
    boolean none = missing.size() + absent.size() == contract.schema().size();
    if (none && found.stream().anyMatch(name -> !name.isBlank())) {
      throw new LeatException(
          Problem.of(
              ErrorCode.SOURCE_CONTRACT,
              "it has none of the columns of the contract of "
                  + contract.table()
                  + "; where they are named, it has "
                  + String.join(", ", found),
              "Give the file a header, in UTF-8."));
    }
    if (!missing.isEmpty()) {
      throw new LeatException(
          Problem.of(
              ErrorCode.SOURCE_CONTRACT,
              "it has no column "
                  + String.join(", ", missing)
                  + ", which the contract of "
                  + contract.table()
                  + " requires; it has "
                  + String.join(", ", found),
              "Correct the file, or the contract."));
    }
    if (!absent.isEmpty() || !there.isEmpty()) {
      LOG.warn(
          "{}: the contract of {} and the file differ: not in the file {}, not in the contract {}",
          file.getFileName(),
          contract.table(),
          absent,
          there.keySet());
    }
  }

  // ---- Parquet

  private String parquet(Path file) throws IOException {
    if (!FileFinder.tail(file).equals("PAR1")) {
      throw new EOFException("it does not end as a Parquet file does");
    }
    String read = "read_parquet(" + Sql.literal(file.toString()) + ")";
    Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<String> names = new ArrayList<>();
    try (Answer described =
        session.query(
            "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + read + ")")) {
      Batch columns = described.rest();
      for (int i = 0; i < columns.size(); i++) {
        names.add(columns.bytes(0).string(i));
        types.put(names.getLast(), columns.bytes(1).string(i));
      }
    }
    checkColumns(names, file);
    String strict = projection(types, "CAST");
    String good = "SELECT " + strict + " FROM " + read;
    return broken(types, read) == 0 ? good : rejectBroken(types, read);
  }

  private String projection(Map<String, String> types, String cast) {
    return contract.schema().columns().stream()
        .map(c -> value(c, types, cast) + " AS " + Sql.name(c.name()))
        .collect(Collectors.joining(", "));
  }

  /** The column as the contract types it; nothing is cast that has the type already. */
  private static String value(Column column, Map<String, String> types, String cast) {
    String found = types.get(column.name());
    String wanted = Sql.type(column.type());
    if (found == null) {
      return "CAST(NULL AS " + wanted + ")";
    }
    String name = Sql.name(column.name());
    if (found.equals(wanted)) {
      return name;
    }
    if (column.type() instanceof Type.Timestamp && found.equals("TIMESTAMP WITH TIME ZONE")) {
      return "(" + name + " AT TIME ZONE 'UTC')";
    }
    return cast + "(" + name + " AS " + wanted + ")";
  }

  /** TRUE for a row that breaks the contract; FALSE when none can. */
  private String breaks(Map<String, String> types) {
    List<String> conditions =
        contract.schema().columns().stream().flatMap(c -> breaks(c, types).stream()).toList();
    return conditions.isEmpty() ? "FALSE" : String.join(" OR ", conditions);
  }

  /** The same for a column; empty when none of its values can. */
  private static Optional<String> breaks(Column column, Map<String, String> types) {
    String found = types.get(column.name());
    if (found == null) {
      return Optional.empty();
    }
    List<String> conditions = new ArrayList<>();
    String value = value(column, types, "TRY_CAST");
    if (!column.nullable()) {
      conditions.add(value + " IS NULL");
    } else if (value.startsWith("TRY_CAST")) {
      conditions.add("(" + Sql.name(column.name()) + " IS NOT NULL AND " + value + " IS NULL)");
    }
    ParquetValues.inexact(column, found, value).ifPresent(conditions::add);
    return conditions.isEmpty()
        ? Optional.empty()
        : Optional.of("(" + String.join(" OR ", conditions) + ")");
  }

  private long broken(Map<String, String> types, String read) {
    String breaks = breaks(types);
    return breaks.equals("FALSE")
        ? 0
        : session.number("SELECT count(*) FROM " + read + " WHERE " + breaks);
  }

  private String rejectBroken(Map<String, String> types, String read) {
    String breaks = breaks(types);
    try (Answer answer =
        session.query(
            "SELECT file_row_number, CAST(to_json(r) AS VARCHAR), "
                + reasons(types)
                + " FROM (SELECT "
                + shown(types)
                + ", file_row_number FROM "
                + read
                + ") AS r WHERE "
                + breaks)) {
      while (answer.hasNext()) {
        Batch rows = answer.next();
        for (int i = 0; i < rows.size(); i++) {
          String field = rows.bytes(2).string(i);
          Column column = contract.schema().column(contract.schema().indexOf(field).orElseThrow());
          byte[] raw = rows.bytes(1).string(i).getBytes(StandardCharsets.UTF_8);
          Fault fault =
              new Fault(field, Values.expected(column.type(), "another value or nothing"));
          rejections.add(rows.longs(0).values()[i], fault, raw);
        }
      }
    }
    return "SELECT "
        + projection(types, "TRY_CAST")
        + " FROM "
        + read
        + " WHERE NOT coalesce("
        + breaks
        + ", FALSE)";
  }

  /** The name of the first column that breaks the contract. */
  private String reasons(Map<String, String> types) {
    StringBuilder text = new StringBuilder("CASE");
    for (Column column : contract.schema().columns()) {
      breaks(column, types)
          .ifPresent(breaks ->
              text.append(" WHEN ")
                  .append(breaks)
                  .append(" THEN ")
                  .append(Sql.literal(column.name())));
    }
    return text + " END";
  }

  /** Rows as they go into JSON; bytes as Base64, which is how they are read from there. */
  private String shown(Map<String, String> types) {
    String bytes =
        contract.schema().columns().stream()
            .filter(c -> c.type() instanceof Type.Varbinary)
            .filter(c -> "BLOB".equals(types.get(c.name())))
            .map(c -> "base64(" + Sql.name(c.name()) + ") AS " + Sql.name(c.name()))
            .collect(Collectors.joining(", "));
    return bytes.isEmpty() ? "*" : "* REPLACE (" + bytes + ")";
  }
}
