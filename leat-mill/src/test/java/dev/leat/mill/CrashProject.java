package dev.leat.mill;

import java.nio.file.Path;

/**
 * The project that is killed: a stream with a key and files, tables live and recomputed over them.
 */
final class CrashProject {
  private CrashProject() {}

  static void write(Path folder) {
    Folders.write(
        folder,
        "sources/events.yaml",
        """
        kind: kafka
        tables:
          events:
            columns: {id: bigint not null, kind: varchar not null, amount: bigint not null}
            key: [id]
        """);
    Folders.linesProject(folder, "id: bigint not null");
    Folders.table(folder, "lined", "SELECT COUNT(*) AS n, MAX(id) AS newest FROM lines");
    Folders.table(
        folder,
        "per_kind",
        "SELECT kind, COUNT(*) AS n, SUM(amount) AS amount, MAX(id) AS newest FROM events GROUP BY kind");
    Folders.table(
        folder,
        "total",
        "SELECT COUNT(*) AS n, SUM(amount) AS amount, AVG(amount * 0.1e0) AS tenth FROM events");
    Folders.table(
        folder,
        "newest",
        "SELECT kind, id FROM events QUALIFY ROW_NUMBER() OVER (PARTITION BY kind ORDER BY id DESC) <= 3");
    Folders.table(
        folder, "ranked", "SELECT kind, n, RANK() OVER (ORDER BY n DESC) AS place FROM per_kind");
  }
}
