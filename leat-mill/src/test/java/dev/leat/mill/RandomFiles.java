package dev.leat.mill;

import dev.leat.log.Log;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Files with few rows, none, or so many that they are read in slices, and rows that are broken. */
final class RandomFiles implements RandomSource {
  static final List<String> QUERIES =
      List.of(
          "SELECT COUNT(*) AS n, SUM(amount) AS s FROM lines",
          "SELECT kind, COUNT(*) AS n, MIN(id) AS low, MAX(amount) AS high, COUNT(DISTINCT amount)"
              + " AS d FROM lines GROUP BY kind",
          "SELECT kind, id, amount FROM (SELECT kind, id, amount, ROW_NUMBER() OVER (PARTITION BY"
              + " kind ORDER BY amount DESC, id) AS r FROM lines) AS t WHERE r <= 3",
          "SELECT DISTINCT kind, amount FROM lines",
          "SELECT l.id, c.name, c.credit FROM lines l JOIN customers c ON c.customer = l.amount"
              + " WHERE MOD(l.id, 50) = 0",
          "SELECT c.customer, c.name, l.n FROM customers c LEFT JOIN (SELECT amount, COUNT(*) AS n"
              + " FROM lines GROUP BY amount) AS l ON l.amount = c.customer");

  /** Contracts; values of any fit all. */
  private static final List<String> COLUMNS =
      List.of(
          "id: bigint not null, kind: varchar, amount: integer, note: varchar",
          "kind: varchar, id: bigint not null, amount: bigint",
          "note: varchar, id: bigint not null, amount: 'decimal(12,2)', kind: varchar",
          "id: integer not null, amount: double, kind: varchar, more: date");

  private final Dice dice;
  private final Path folder;
  private String columns = COLUMNS.getFirst();
  private int files;
  private long rows;
  private long broken;

  /**
   * @param folder of the project
   */
  RandomFiles(Dice dice, Path folder) {
    this.dice = dice;
    this.folder = folder;
  }

  @Override
  public String yaml() {
    return "kind: files\npath: 'drop/*.{csv,ndjson,gz}'\ntables:\n  lines: {every: 50ms, columns: {"
        + columns
        + "}}\n";
  }

  @Override
  public void changeContract() {
    columns = dice.one(COLUMNS);
  }

  @Override
  public void happen(Log log) {
    int count = dice.onceIn(4) ? 0 : dice.onceIn(10) ? dice.between(33_000, 90_000) : dice.below(9);
    boolean json = dice.coin();
    StringBuilder text = new StringBuilder(json ? "" : "id,kind,amount,note\n");
    for (int i = 0; i < count; i++) {
      boolean good = count > 9 || !dice.onceIn(12);
      if (good) {
        rows++;
      } else {
        broken++;
      }
      text.append(
          (json
                  ? "{\"id\": %s, \"kind\": \"k%d\", \"amount\": %d, \"note\": \"n%d\"}\n"
                  : "%s,k%d,%d,n%d\n")
              .formatted(
                  good ? "" + rows : json ? "\"none\"" : "none",
                  dice.below(5),
                  dice.below(100),
                  dice.below(3)));
    }
    files++;
    String name = "drop/%05d.%s".formatted(files, json ? "ndjson" : "csv");
    if (dice.onceIn(3)) {
      Folders.dropGzip(folder, name + ".gz", text.toString());
    } else {
      Folders.drop(folder, name, text.toString());
    }
  }

  @Override
  public void settle() {}

  @Override
  public Map<String, Long> rows() {
    return Map.of("lines", rows);
  }

  @Override
  public long broken() {
    return broken;
  }

  @Override
  public void close() {}
}
