package dev.leat.bench;

import dev.leat.mill.MillOptions;
import dev.leat.mill.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * {@code leat run} over ten million flights beside the same SELECTs in plain DuckDB: both take the
 * rows from the same Parquet files, keep them in a table of their own on disk, and write three
 * tables made of them.
 */
final class BatchBench {
  private static final int COPIES = 3;
  private static final long ROWS = 10_000_000;

  private BatchBench() {}

  /**
   * @param flights the 3-million-row Parquet file; it is read {@value #COPIES} times and a bit
   */
  static void run(Path flights, int runs) throws Exception {
    Path input = Files.createTempDirectory("leat-flights");
    repeat(flights, input.resolve("flights.parquet"));
    Measured ours = Measured.median(runs, () -> leat(input));
    Measured theirs = Measured.median(runs, () -> duckDb(input));
    System.out.printf(
        "| %,d flights, median of %d | seconds | CPU seconds |%n|---|---|---|%n", ROWS, runs);
    System.out.printf("| plain DuckDB | %.2f | %.2f |%n", theirs.seconds(), theirs.cpuSeconds());
    System.out.printf("| leat run | %.2f | %.2f |%n", ours.seconds(), ours.cpuSeconds());
    System.out.printf(
        "| ratio | %.2f | %.2f |%n",
        ours.seconds() / theirs.seconds(), ours.cpuSeconds() / theirs.cpuSeconds());
  }

  private static void repeat(Path flights, Path target) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT f.* FROM read_parquet('%s') f, range(%d) r LIMIT %d) TO '%s' (FORMAT parquet)"
              .formatted(flights, COPIES + 1, ROWS, target));
    }
  }

  private static Measured leat(Path input) {
    try {
      Path folder = BenchProjects.flights(input.resolve("*.parquet").toString());
      Measured.Start start = Measured.start();
      try (Workspace workspace = Workspace.open(BenchProjects.read(folder), MillOptions.DEFAULT)) {
        workspace
            .pullAll()
            .forEach(failure -> {
              throw failure;
            });
        if (workspace.fill().rows() != ROWS) {
          throw new IllegalStateException("not all rows were taken in");
        }
      }
      return Measured.since(start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Measured duckDb(Path input) {
    try {
      Path folder = Files.createTempDirectory("leat-peer");
      Measured.Start start = Measured.start();
      try (Connection connection =
              DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("peer.duckdb"));
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE flights AS SELECT * FROM read_parquet('%s/*.parquet')".formatted(input));
        statement.execute("CREATE TABLE per_airport AS " + BenchProjects.FlightQueries.PER_AIRPORT);
        statement.execute("CREATE TABLE per_day AS " + BenchProjects.FlightQueries.PER_DAY);
        statement.execute("CREATE TABLE routes AS " + BenchProjects.FlightQueries.ROUTES);
        statement.execute("CHECKPOINT");
      }
      Measured measured = Measured.since(start);
      Files.deleteIfExists(folder.resolve("peer.duckdb"));
      return measured;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
