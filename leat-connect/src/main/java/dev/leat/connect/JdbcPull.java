package dev.leat.connect;

import dev.leat.connect.Extract.Mark;
import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.Session;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import dev.leat.model.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Extracts a table of a database and stages what has changed since the last extract.
 *
 * <p>A full extract is compared with the rows that are known, as bags. An incremental one reads the
 * rows whose growing column is not below the last value seen, and puts each in the place of the
 * known row of its key; so deletes are not noticed. Under a contract with other columns, and by
 * another growing column or from another table, it reads all rows once more.
 *
 * <p>A row that is there but breaks the contract now stays in the table as it last was, if its key
 * can be read; what it is now is kept in quarantine, once, however often it is read again. Without
 * a key nobody can say which row it was, and a full extract takes that one away. A row that came
 * out of quarantine corrected stays until the database mends or deletes the row it stands in for
 * ({@link BrokenRows}).
 */
final class JdbcPull implements Pull {
  private static final Fault GONE =
      Fault.ofRow(
          "the database no longer gives this row; what it gives in its place is taken from there,"
              + " and `leat quarantine drop` takes this one off the list");

  private final SourceTable table;
  private final JdbcDatabase database;
  private final Contract contract;
  private final Staging staging;
  private final DuckDb duckDb;
  private final BrokenRows broken;
  private final Optional<GrowingColumn> growing;

  /** How much of the table an extract has. */
  enum Part {
    /** All of it: a known row that it does not have is gone. */
    WHOLE,
    /** Rows that take the place of those of their key. */
    SOME
  }

  JdbcPull(
      SourceTable table, JdbcDatabase database, Contract contract, Staging staging, DuckDb duckDb) {
    this.table = table;
    this.database = database;
    this.contract = contract;
    this.staging = staging;
    this.duckDb = duckDb;
    this.broken = new BrokenRows(staging);
    if (table.incremental().isPresent() && contract.key().isEmpty()) {
      throw new LeatException(
          Problem.at(
              table.at(),
              ErrorCode.SOURCE_CONTRACT,
              "Table " + table.name() + " is incremental but has no key.",
              "Add `key: [...]`: a changed row takes the place of the one with its key."));
    }
    Contract.refuse(BrokenRows.TAKEN, table, contract.schema());
    this.growing = table.incremental().map(_ -> GrowingColumn.of(table, contract));
  }

  @Override
  public String table() {
    return table.name();
  }

  @Override
  public Duration every() {
    return table.every().orElse(Source.DEFAULT_EVERY);
  }

  @Override
  public void pull() {
    staging.adding().lock();
    try {
      look();
    } finally {
      staging.adding().unlock();
    }
  }

  private void look() {
    Optional<Extract> last = staging.newest();
    BatchBuilder rejected = new BatchBuilder(Quarantine.SCHEMA);
    long number = staging.next();
    long micros = System.currentTimeMillis() * 1_000;
    Rejections rejections =
        (row, fault, raw) ->
            Quarantine.add(rejected, table.name(), number + ":" + row, micros, fault, raw);
    try (Session session = duckDb.session()) {
      Taken taken =
          database.read(table, connection -> extract(session, connection, last, rejections));
      Part part = table.incremental().isPresent() && last.isPresent() ? Part.SOME : Part.WHOLE;
      Extract.Origin origin =
          Extract.Origin.of(growing.map(g -> g.upTo(session, taken.from())).orElse(taken.from()));
      Batch fresh = broken.look(session, last, rejected.build(), part);
      current(session, last);
      if (part == Part.WHOLE && !contract.key().isEmpty()) {
        keepWhatBroke(session, taken.brokenKeys());
      }
      stage(session, last, part, fresh, origin);
    }
  }

  /** What comes out of quarantine: rows known to the last look, until the database mends them. */
  Releases releases() {
    RecordReading record =
        new RecordReading(new JsonRecordParser(contract, JsonSlowPath.Spelling.TEXTS));
    Releases.Reading reading =
        (held, text, into) -> {
          Optional<Fault> fault = stillThere(held.raw()) ? Optional.empty() : Optional.of(GONE);
          return fault.or(() -> record.read(held, text, into));
        };
    return new Releases(contract, staging, duckDb, reading, this::release);
  }

  /** An incremental extract does not look at old rows again, so there it cannot be told. */
  private boolean stillThere(byte[] raw) {
    try (Session session = duckDb.session()) {
      return table.incremental().isPresent() || broken.knows(session, staging.newest(), raw);
    }
  }

  private void release(
      Session session, Batch rows, List<Release.Again> again, Batch leaving, List<String> settled) {
    Optional<Extract> last = staging.newest();
    broken.correct(session, last, rows, again);
    Extract.Origin origin = new Extract.Origin(List.of(), "", mark(last), settled);
    current(session, last);
    stage(session, last, Part.SOME, leaving, origin);
  }

  /** The rows that are known, as a SELECT. */
  private String known(Session session, Optional<Extract> last) {
    return last.map(Extract::number)
        .map(number -> staging.select(session, number, current(number), ""))
        .orElseGet(() -> FileRows.nothing(contract.schema()));
  }

  /** Whether the rows that are known have other columns than the contract has now. */
  private boolean outdated(Session session, Optional<Extract> last) {
    return last.map(Extract::number)
        .filter(number -> !staging.upToDate(session, number, current(number)))
        .isPresent();
  }

  private Path current(long number) {
    return staging.folder().resolve("%08d.current.parquet".formatted(number));
  }

  // ---- from the database into table _new

  /**
   * What an extract has taken, beside the rows.
   *
   * @param brokenKeys of rows that were rejected, as far as those could be read
   * @param from where it began to read
   */
  private record Taken(Batch brokenKeys, Mark from) {}

  private Taken extract(
      Session session, Connection connection, Optional<Extract> last, Rejections rejections)
      throws SQLException {
    Mark from = mark(last);
    if (growing.isPresent()) {
      from = growing.get().from(from, database, connection, table);
    }
    String sql =
        "SELECT " + columns(connection) + " FROM " + JdbcDatabase.spelled(connection, table);
    boolean since = growing.isPresent() && !from.value().isEmpty() && !outdated(session, last);
    if (since) {
      sql += " WHERE " + since(connection, growing.orElseThrow());
    }
    try (PreparedStatement select = database.prepare(connection, sql)) {
      if (since) {
        GrowingColumn column = growing.orElseThrow();
        boolean zoned = JdbcTypes.zoned(select.getMetaData(), column.index() + 1);
        select.setObject(1, column.parameter(from, zoned));
      }
      try (ResultSet result = JdbcDatabase.rows(select)) {
        JdbcRows rows = new JdbcRows(result, contract, rejections);
        session.load("_new", contract.schema(), () -> rows);
        return new Taken(rows.rejectedKeys(), from);
      }
    }
  }

  /** A row without a value there is read each time: nothing tells whether it is new. */
  private String since(Connection connection, GrowingColumn column) throws SQLException {
    Schema there = there(connection);
    String name = spelled(connection, there, column.name());
    boolean mayMiss = there.column(there.indexOf(column.name()).orElseThrow()).nullable();
    return name + " >= ?" + (mayMiss ? " OR " + name + " IS NULL" : "");
  }

  private static Mark mark(Optional<Extract> last) {
    return last.map(extract -> extract.origin().mark()).orElse(Mark.NONE);
  }

  /** The contract's columns by the names the database has for them. */
  private String columns(Connection connection) throws SQLException {
    Schema there = there(connection);
    List<String> names = new ArrayList<>();
    for (Column column : contract.schema().columns()) {
      names.add(spelled(connection, there, column.name()));
    }
    return String.join(", ", names);
  }

  private String spelled(Connection connection, Schema there, String column) throws SQLException {
    OptionalInt index = there.indexOf(column);
    if (index.isEmpty()) {
      throw new LeatException(
          Problem.at(
              table.at(),
              ErrorCode.SOURCE_CONTRACT,
              "Table " + JdbcDatabase.remote(table) + " has no column " + column + " any more.",
              "Bring it back, or take it out of the contract; what was read stays."));
    }
    return JdbcDatabase.quoted(connection, there.column(index.getAsInt()).name());
  }

  private Schema there(Connection connection) throws SQLException {
    String none = "SELECT * FROM " + JdbcDatabase.spelled(connection, table) + " WHERE 1 = 0";
    try (PreparedStatement select = database.prepare(connection, none);
        ResultSet result = JdbcDatabase.rows(select)) {
      List<Column> columns = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        columns.add(JdbcTypes.named(result.getMetaData(), i, Type.VARCHAR));
      }
      return new Schema(columns);
    }
  }

  // ---- from _new and _current into an extract

  /** Makes table {@code _current} of the rows that are known. */
  private void current(Session session, Optional<Extract> last) {
    session.execute("CREATE TEMP TABLE _current AS " + known(session, last));
  }

  /**
   * Rows whose newest version was rejected are what they last were. Nothing of the kind is needed
   * where only some rows are looked at: the others are left alone.
   */
  private void keepWhatBroke(Session session, Batch brokenKeys) {
    session.load("_broken_keys", JdbcRows.keySchema(contract), List.of(brokenKeys));
    session.execute(
        "INSERT INTO _new BY NAME SELECT "
            + cNames()
            + ", 1 AS _weight FROM _current AS c SEMI JOIN _broken_keys AS n ON "
            + sameKey()
            + " WHERE NOT EXISTS (SELECT 1 FROM _new AS n WHERE "
            + sameKey()
            + ")");
  }

  private void stage(
      Session session, Optional<Extract> last, Part part, Batch rejected, Extract.Origin origin) {
    String names = Sql.names(contract.schema());
    String replaced =
        switch (part) {
          case SOME -> "_current AS c SEMI JOIN _new AS n ON " + sameKey();
          case WHOLE -> "_current AS c";
        };
    session.execute(
        "CREATE TEMP TABLE _changes AS SELECT "
            + names
            + ", CAST(sum(_weight) AS BIGINT) AS _weight FROM (SELECT "
            + names
            + ", 1 AS _weight FROM _new UNION ALL SELECT "
            + cNames()
            + ", -1 FROM "
            + replaced
            + ") AS b GROUP BY "
            + names
            + " HAVING sum(_weight) <> 0");
    boolean changed = session.number("SELECT count(*) FROM _changes") > 0;
    boolean moved = growing.isPresent() && !origin.mark().of().equals(mark(last).of());
    if (!changed && rejected.isEmpty() && last.isPresent() && !outdated(session, last) && !moved) {
      return;
    }
    long number = staging.next();
    String now =
        switch (part) {
          case SOME ->
              "SELECT "
                  + cNames()
                  + " FROM _current AS c ANTI JOIN _new AS n ON "
                  + sameKey()
                  + " UNION ALL SELECT "
                  + names
                  + " FROM _new";
          case WHOLE -> "SELECT " + names + " FROM _new";
        };
    staging.copy(session, now, current(number), "");
    broken.save(session, number);
    boolean first = last.isEmpty();
    staging.add(
        session,
        first ? "SELECT " + names + " FROM _new" : "SELECT * FROM _changes",
        first ? Staging.Weights.ONE : Staging.Weights.GIVEN,
        rejected,
        origin,
        current(number),
        broken.file(number));
    last.ifPresent(before -> {
      delete(current(before.number()));
      delete(broken.file(before.number()));
    });
  }

  private String cNames() {
    return contract.schema().columns().stream()
        .map(c -> "c." + Sql.name(c.name()))
        .collect(Collectors.joining(", "));
  }

  private String sameKey() {
    if (contract.key().isEmpty()) {
      return "FALSE";
    }
    return contract.key().stream()
        .map(i -> Sql.name(contract.schema().column(i).name()))
        .map(name -> "c." + name + " IS NOT DISTINCT FROM n." + name)
        .collect(Collectors.joining(" AND "));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
