package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.Session;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of a database's table that break the contract, from look to look, beside the extracts:
 * {@code 00000007.broken.parquet}. A row that is known is not told again; one that was corrected is
 * stood in for by its correction for as long as the database gives it as it was.
 */
final class BrokenRows {
  /** Names of columns that stand beside those of the contract. */
  static final Set<String> TAKEN = Set.of("_raw", "_corrected");

  private static final Schema RAWS = Schema.of(Column.required("_raw", Type.VARBINARY));

  private final Staging staging;
  private final Schema schema;

  BrokenRows(Staging staging) {
    this.staging = staging;
    this.schema = staging.schema();
  }

  Path file(long number) {
    return staging.folder().resolve("%08d.broken.parquet".formatted(number));
  }

  /** Rows with the same bytes are told apart by their number among them. */
  private void known(Session session, Optional<Extract> last) {
    String stored =
        last.map(Extract::number)
            .filter(number -> Files.exists(file(number)))
            .map(number -> staging.select(session, number, file(number), ", _raw, _corrected"))
            .orElseGet(() ->
                FileRows.nothing(schema).replace(" WHERE FALSE", "")
                    + ", CAST(NULL AS BLOB) AS _raw, FALSE AS _corrected WHERE FALSE");
    session.execute(
        "CREATE TEMP TABLE _known AS SELECT *, row_number() OVER (PARTITION BY _raw ORDER BY"
            + " _corrected DESC) AS _n, row_number() OVER (PARTITION BY _raw, _corrected) AS _m"
            + " FROM ("
            + stored
            + ")");
  }

  /**
   * After a look: adds the corrections of rows that were seen to table {@code _new}, and makes
   * table {@code _broken} of what is broken now.
   *
   * @return those of the rejected rows that are not known yet
   */
  Batch look(Session session, Optional<Extract> last, Batch rejected, JdbcPull.Part part) {
    known(session, last);
    session.load("_rejected", Quarantine.SCHEMA, List.of(rejected));
    session.execute(
        "CREATE TEMP TABLE _seen AS SELECT *, row_number() OVER (PARTITION BY raw ORDER BY id)"
            + " AS _n FROM _rejected");
    String same = " ON k._raw = s.raw AND k._n = s._n";
    String names = Sql.names(schema);
    session.execute(
        "INSERT INTO _new BY NAME SELECT "
            + names
            + ", 1 AS _weight FROM (SELECT k.* FROM _known AS k SEMI JOIN _seen AS s"
            + same
            + ") WHERE _corrected");
    session.execute(
        "CREATE TEMP TABLE _fresh AS SELECT s.* FROM _seen AS s ANTI JOIN _known AS k" + same);
    String kept =
        switch (part) {
          case WHOLE -> "(SELECT k.* FROM _known AS k SEMI JOIN _seen AS s" + same + ")";
          case SOME -> "_known";
        };
    session.execute(
        "CREATE TEMP TABLE _broken AS SELECT "
            + names
            + ", _raw, _corrected FROM "
            + kept
            + " UNION ALL BY NAME SELECT raw AS _raw, FALSE AS _corrected FROM _fresh");
    session.execute("DROP TABLE _rejected");
    String fresh = "SELECT " + Sql.names(Quarantine.SCHEMA) + " FROM _fresh ORDER BY id";
    try (Answer answer = session.query(fresh, Quarantine.SCHEMA)) {
      return answer.rest();
    }
  }

  /** Makes table {@code _new} of rows that go in, and {@code _broken} with them corrected. */
  void correct(Session session, Optional<Extract> last, Batch rows, List<Release.Again> again) {
    known(session, last);
    BatchBuilder raws = new BatchBuilder(RAWS);
    again.forEach(row -> raws.appendValues(1, (Object) row.held().raw()));
    session.load("_new", schema, List.of(rows));
    session.load("_raws", RAWS, List.of(raws.build()));
    String names = Sql.names(schema);
    session.execute(
        "CREATE TEMP TABLE _again AS SELECT *, row_number() OVER (PARTITION BY _raw) AS _m FROM"
            + " (SELECT "
            + names
            + " FROM _new) POSITIONAL JOIN (SELECT _raw FROM _raws)");
    session.execute(
        "CREATE TEMP TABLE _broken AS SELECT "
            + names
            + ", _raw, _corrected FROM (SELECT k.* FROM _known AS k ANTI JOIN _again AS a ON NOT"
            + " k._corrected AND k._raw = a._raw AND k._m = a._m) UNION ALL SELECT "
            + names
            + ", _raw, TRUE FROM _again");
  }

  /** Whether the last look met this row. */
  boolean knows(Session session, Optional<Extract> last, byte[] raw) {
    if (last.map(extract -> file(extract.number())).filter(Files::exists).isEmpty()) {
      return false;
    }
    BatchBuilder one = new BatchBuilder(RAWS);
    one.appendValues(1, (Object) raw);
    session.load("_asked", RAWS, List.of(one.build()));
    return session.number(
            "SELECT count(*) FROM "
                + Sql.parquet(file(last.get().number()))
                + " AS k SEMI JOIN _asked AS a ON k._raw = a._raw")
        > 0;
  }

  /** Writes table {@code _broken} for an extract that is about to be added. */
  void save(Session session, long number) {
    staging.copy(session, "SELECT * FROM _broken", file(number), "");
  }
}
