package dev.leat.bench;

import dev.leat.model.LeatException;
import dev.leat.model.Project;
import dev.leat.model.ProjectReader;
import dev.leat.model.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Project folders for benchmarks, written to a temporary place that is deleted at the end. */
final class BenchProjects {
  private BenchProjects() {}

  static Path stream() throws IOException {
    return write(
        Map.of(
            "leat.yaml",
            "name: stream\nepoch: {every: 250ms}\n",
            "sources/bids.yaml",
            """
            kind: kafka
            tables:
              bids:
                columns: {auction: bigint not null, bidder: bigint not null, price: bigint not null, channel: varchar not null, url: varchar not null, date_time: timestamp not null, extra: varchar not null}
                time: date_time
                retain: 1d
            """,
            "tables/marts/live/per_auction.sql",
            "SELECT auction, COUNT(*) AS bids, SUM(price) AS total, MAX(price) AS highest FROM bids GROUP BY auction",
            "tables/marts/live/per_channel.sql",
            "SELECT window_start, channel, COUNT(*) AS bids, COUNT(DISTINCT bidder) AS bidders FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(date_time), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, channel",
            "tables/marts/live/total.sql",
            "SELECT COUNT(*) AS bids, SUM(price) AS total, MAX(price) AS highest FROM bids"));
  }

  /**
   * @param flights the Parquet files, as a glob
   */
  static Path flights(String flights) throws IOException {
    return write(
        Map.of(
            "leat.yaml",
            "name: flights\n",
            "sources/flights.yaml",
            """
            kind: files
            path: %s
            tables:
              flights:
                columns: {date: timestamp not null, delay: bigint not null, distance: bigint not null, origin: varchar not null, destination: varchar not null}
                time: date
            """
                .formatted(flights),
            "tables/marts/ops/per_airport.sql",
            FlightQueries.PER_AIRPORT,
            "tables/marts/ops/per_day.sql",
            FlightQueries.PER_DAY,
            "tables/marts/ops/routes.sql",
            FlightQueries.ROUTES));
  }

  /** The SELECTs, in a SQL that both Leat and DuckDB read. */
  static final class FlightQueries {
    static final String PER_AIRPORT =
        "SELECT origin, COUNT(*) AS flights, SUM(delay) AS delay, MAX(delay) AS worst, COUNT(DISTINCT"
            + " destination) AS destinations FROM flights GROUP BY origin";
    static final String PER_DAY =
        "SELECT CAST(date AS DATE) AS day, COUNT(*) AS flights, COUNT(*) FILTER (WHERE delay > 15) AS"
            + " late, SUM(distance) AS miles FROM flights GROUP BY CAST(date AS DATE)";
    static final String ROUTES =
        "SELECT origin, destination, COUNT(*) AS flights, MIN(distance) AS distance, SUM(delay) AS"
            + " delay FROM flights GROUP BY origin, destination";

    private FlightQueries() {}
  }

  static Project read(Path folder) {
    Reading reading = ProjectReader.read(folder, "laptop", _ -> Optional.empty());
    return reading.project().orElseThrow(() -> new LeatException(reading.problems()));
  }

  private static Path write(Map<String, String> files) throws IOException {
    Path folder = Files.createTempDirectory("leat-bench");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return folder;
  }

  static void delete(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + folder + " (" + e.getMessage() + ")");
    }
  }
}
