package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.duckdb.DuckDb;
import dev.leat.model.Column;
import dev.leat.model.Durability;
import dev.leat.model.Location;
import dev.leat.model.Schema;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import dev.leat.model.Type;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Postgres that answers no more, or late. Without limits these tests never end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentDatabaseTest {
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private static EmbeddedPostgres postgres;

  @TempDir Path folder;
  private Connection database;
  private DuckDb duckDb;
  private Staging staging;

  @BeforeAll
  static void startPostgres() throws IOException {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void open() throws SQLException {
    database = postgres.getPostgresDatabase().getConnection();
    run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    duckDb = DuckDb.open(DuckDb.Settings.reading(folder));
    staging = new Staging(folder, table(), contract().schema(), Durability.PROCESS);
  }

  @AfterEach
  void close() throws SQLException {
    duckDb.close();
    database.close();
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = database.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static SourceTable table() {
    Schema columns =
        Schema.of(Column.required("id", Type.BIGINT), Column.optional("name", Type.VARCHAR));
    return BatchProject.table("items", Optional.of(columns), List.of("id"));
  }

  private static Contract contract() {
    return Contract.of(table());
  }

  private JdbcPull pull(int port) {
    Source.Jdbc source =
        new Source.Jdbc(
            "shop",
            Location.start("sources/shop.yaml"),
            "jdbc:postgresql://localhost:" + port + "/postgres",
            Optional.of("postgres"),
            Optional.empty(),
            List.of(table()));
    JdbcDatabase from = new JdbcDatabase(source, SILENCE);
    return new JdbcPull(table(), from, contract(), staging, duckDb);
  }

  /** Passes bytes on until so many have come from the server; then it is silent. */
  private static final class Line implements AutoCloseable {
    private final ServerSocket listening;
    private volatile long bytesMax;

    Line(long bytesMax) throws IOException {
      this.bytesMax = bytesMax;
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::listen);
    }

    int port() {
      return listening.getLocalPort();
    }

    void mend() {
      bytesMax = Long.MAX_VALUE;
    }

    private void listen() {
      try {
        while (true) {
          Socket client = listening.accept();
          Socket server = new Socket(InetAddress.getLoopbackAddress(), postgres.getPort());
          long max = bytesMax;
          Thread.ofVirtual().start(() -> pass(client, server, Long.MAX_VALUE));
          Thread.ofVirtual().start(() -> pass(server, client, max));
        }
      } catch (IOException _) {
        // closed
      }
    }

    private static void pass(Socket from, Socket to, long max) {
      byte[] bytes = new byte[1024];
      long passed = 0;
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
          passed += n;
          if (passed <= max) {
            out.write(bytes, 0, n);
          }
        }
      } catch (IOException _) {
        // the other side has gone
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }

  @Test
  void aDatabaseThatGoesSilentWhileItIsReadIsToldAndTriedAgain() throws Exception {
    run("CREATE TABLE items AS SELECT i AS id, 'n' || i AS name FROM generate_series(1, 30000) i");
    try (Line line = new Line(200_000)) {
      JdbcPull pull = pull(line.port());
      assertThatThrownBy(pull::pull)
          .hasMessageContaining("LEAT-3001")
          .hasMessageContaining("no answer in time");
      line.mend();
      pull.pull();
      assertThat(staging.newest()).hasValueSatisfying(e -> assertThat(e.rows()).isEqualTo(30_000));
    }
  }

  @Test
  void aStatementThatWaitsIsEndedInTheDatabaseToo() throws SQLException {
    run("CREATE TABLE items (id BIGINT, name TEXT)");
    database.setAutoCommit(false);
    run("LOCK TABLE items IN ACCESS EXCLUSIVE MODE");
    assertThatThrownBy(pull(postgres.getPort())::pull).hasMessageContaining("no answer in time");
    try (Statement statement = database.createStatement();
        ResultSet waiting =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
      assertThat(waiting.next()).isTrue();
      assertThat(waiting.getInt(1)).isZero();
    }
    database.rollback();
  }

  @Test
  void anExtractMayTakeLongWhileRowsArrive() throws SQLException {
    run(
        "CREATE FUNCTION slow(i BIGINT) RETURNS BIGINT LANGUAGE plpgsql AS"
            + " 'BEGIN PERFORM pg_sleep(0.003); RETURN i; END'",
        "CREATE VIEW items AS SELECT slow(i) AS id, repeat('x', 200) AS name FROM"
            + " generate_series(1, 1000) i");
    pull(postgres.getPort()).pull();
    assertThat(staging.newest()).hasValueSatisfying(e -> assertThat(e.rows()).isEqualTo(1_000));
  }
}
