package dev.leat.mill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The project that is killed: a stream with a key and files, tables live and recomputed over them.
 */
final class CrashProject {
  private CrashProject() {}

  static void write(Path folder) throws IOException {
    file(folder, "leat.yaml", "name: crash\nepoch: {every: 50ms}\n");
    file(
        folder,
        "sources/events.yaml",
        """
        kind: kafka
        tables:
          events:
            columns: {id: bigint not null, kind: varchar not null, amount: bigint not null}
            key: [id]
        """);
    file(
        folder,
        "sources/drop.yaml",
        """
        kind: files
        path: drop/*.csv
        tables:
          lines:
            every: 50ms
            columns: {id: bigint not null}
        """);
    file(folder, "tables/marts/a/lined.sql", "SELECT COUNT(*) AS n, MAX(id) AS newest FROM lines");
    file(
        folder,
        "tables/marts/a/per_kind.sql",
        "SELECT kind, COUNT(*) AS n, SUM(amount) AS amount, MAX(id) AS newest FROM events GROUP BY kind");
    file(
        folder,
        "tables/marts/a/total.sql",
        "SELECT COUNT(*) AS n, SUM(amount) AS amount, AVG(amount * 0.1e0) AS tenth FROM events");
    file(
        folder,
        "tables/marts/a/newest.sql",
        "SELECT kind, id FROM events QUALIFY ROW_NUMBER() OVER (PARTITION BY kind ORDER BY id DESC) <= 3");
    file(
        folder,
        "tables/marts/a/ranked.sql",
        "SELECT kind, n, RANK() OVER (ORDER BY n DESC) AS place FROM per_kind");
  }

  private static void file(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
