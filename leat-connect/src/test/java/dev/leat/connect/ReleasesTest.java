package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.Position;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.Session;
import dev.leat.model.Column;
import dev.leat.model.Durability;
import dev.leat.model.Location;
import dev.leat.model.Schema;
import dev.leat.model.Secret;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import dev.leat.model.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that come out of quarantine: what is in them, and who else may take them in meanwhile. */
class ReleasesTest {
  private static final Schema ROWS =
      Schema.of(
          Column.required("id", Type.BIGINT),
          Column.optional("ok", Type.BOOLEAN),
          Column.optional("size", Type.DOUBLE),
          Column.optional("picture", Type.VARBINARY),
          Column.required("n", Type.INTEGER));

  @TempDir Path folder;
  private DuckDb duckDb;
  private Staging staging;

  @BeforeEach
  void open() {
    duckDb = DuckDb.open(DuckDb.Settings.reading(folder));
    staging = new Staging(folder.resolve("staging"), table(), ROWS, Durability.PROCESS);
  }

  @AfterEach
  void close() {
    duckDb.close();
  }

  private static SourceTable table() {
    return BatchProject.table("rows", Optional.of(ROWS), List.of());
  }

  private static Contract contract() {
    return Contract.of(table());
  }

  private FilePull files() {
    FileFinder finder = new FileFinder(folder, "inbox/*");
    return new FilePull(table(), contract(), finder, staging, duckDb);
  }

  private Releases ofFiles() {
    FileReading reading = new FileReading(contract(), staging, duckDb);
    return Releases.plain(contract(), staging, duckDb, reading);
  }

  private Path rested(Path file) throws IOException {
    return Files.setLastModifiedTime(
        file, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
  }

  private void file(String name, String text) throws IOException {
    rested(Files.writeString(Files.createDirectories(folder.resolve("inbox")).resolve(name), text));
  }

  /** Everything that was staged. */
  private Intake.Slice staged() {
    try (ExtractIntake intake = new ExtractIntake(table(), staging, duckDb, false)) {
      BatchBuilder rows = new BatchBuilder(ROWS);
      BatchBuilder rejected = new BatchBuilder(Quarantine.SCHEMA);
      Position at = Position.START;
      while (intake.hasMore(at, intake.end())) {
        Intake.Slice slice = intake.read(at, intake.end(), 1_000);
        append(slice.rows(), rows);
        append(slice.rejected(), rejected);
        at = slice.next();
      }
      return new Intake.Slice(rows.build(), rejected.build(), at, Optional.empty());
    }
  }

  private static void append(Batch from, BatchBuilder to) {
    for (int row = 0; row < from.size(); row++) {
      to.appendRow(from, row, from.weights()[row]);
    }
  }

  private Release.Held held() {
    Batch rejected = staged().rejected();
    BatchBuilder one = new BatchBuilder(Quarantine.SCHEMA);
    one.appendRow(rejected, 0, 1);
    byte[] raw = rejected.bytes(4).string(0).getBytes(StandardCharsets.UTF_8);
    return new Release.Held(
        rejected.bytes(0).string(0), "rows", rejected.bytes(6).string(0), raw, one.build());
  }

  /** As it came, but for its `n`, which is 7. */
  private static Release corrected(Release.Held held) {
    String raw = new String(held.raw(), StandardCharsets.UTF_8).replace("\"n\":null", "\"n\":7");
    return new Release.Again(held, raw.getBytes(StandardCharsets.UTF_8));
  }

  private void isWhole(Batch rows) {
    assertThat(rows.size()).isEqualTo(1);
    assertThat(rows.longs(0).values()[0]).isEqualTo(1);
    assertThat(rows.longs(1).values()[0]).isEqualTo(1);
    assertThat(rows.bytes(3).string(0)).isEqualTo("abcd");
    assertThat(rows.longs(4).values()[0]).isEqualTo(7);
  }

  @Test
  void aRowOfADatabaseGoesInAsTheDatabaseGaveIt() throws SQLException {
    String url = "jdbc:hsqldb:mem:" + folder.getFileName();
    try (Connection database = DriverManager.getConnection(url, "SA", "");
        Statement sql = database.createStatement()) {
      sql.execute(
          "CREATE TABLE rows (id BIGINT, ok BOOLEAN, size DOUBLE, picture VARBINARY(9), n INTEGER)");
      sql.execute("INSERT INTO rows VALUES (1, TRUE, 1.5, X'61626364', NULL)");
      Source.Jdbc source =
          new Source.Jdbc(
              "shop",
              Location.start("sources/shop.yaml"),
              url,
              Optional.of("SA"),
              Optional.of(new Secret("")),
              List.of(table()));
      JdbcPull pull = new JdbcPull(table(), new JdbcDatabase(source), contract(), staging, duckDb);
      pull.pull();
      List<Release.Refusal> refusals = new ArrayList<>();
      Batch rows = pull.releases().check(List.of(corrected(held())), refusals).rows();
      assertThat(refusals).isEmpty();
      isWhole(rows);
      sql.execute("SHUTDOWN");
    }
  }

  @Test
  void aRowOfAParquetFileGoesInAsTheFileHasIt() throws IOException {
    Path file = Files.createDirectories(folder.resolve("inbox")).resolve("1.parquet");
    try (Session session = duckDb.session()) {
      session.execute(
          "COPY (SELECT 1 AS id, TRUE AS ok, 1.5 AS size, 'abcd'::BLOB AS picture,"
              + " NULL::INTEGER AS n) TO '"
              + file
              + "' (FORMAT parquet)");
    }
    rested(file);
    files().pull();
    List<Release.Refusal> refusals = new ArrayList<>();
    Batch rows = ofFiles().check(List.of(corrected(held())), refusals).rows();
    assertThat(refusals).isEmpty();
    isWhole(rows);
  }

  /** The file is corrected while its row is sent in anew: it comes in once, whoever is first. */
  @Test
  void aCorrectedFileAndItsReplayedRowAreNotBothTaken() throws Exception {
    file("1.csv", "ok\ntrue\n");
    FilePull pull = files();
    assertThatThrownBy(pull::pull).hasMessageContaining("no column id, n");
    Release.Held held = held();
    file("1.csv", "id,n\n1,1\n");
    ReentrantLock lock = (ReentrantLock) staging.adding();
    Thread pulling = Thread.ofPlatform().unstarted(pull::pull);
    Releases.Reading reading =
        (row, record, into) -> {
          pulling.start();
          while (pulling.isAlive() && !lock.hasQueuedThreads()) {
            Thread.onSpinWait();
          }
          return new FileReading(contract(), staging, duckDb).read(row, record, into);
        };
    Releases releases = Releases.plain(contract(), staging, duckDb, reading);
    byte[] record = "id,n\n1,1\n".getBytes(StandardCharsets.UTF_8);
    releases.adding().lock();
    try {
      releases.stage(releases.check(List.of(new Release.Again(held, record)), new ArrayList<>()));
    } finally {
      releases.adding().unlock();
    }
    pulling.join();
    Intake.Slice staged = staged();
    assertThat(staged.rows().size()).isEqualTo(1);
    assertThat(staged.rejected().weights()).containsExactly(1, -1);
  }
}
