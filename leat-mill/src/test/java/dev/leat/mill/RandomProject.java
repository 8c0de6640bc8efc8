package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.log.Log;
import dev.leat.model.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A project made up from a seed: its tables are queries of the corpus, some over files and values
 * that SQL may not take, and tables over those. What happens to its sources is left to chance, and
 * so is what happens to it while it rests: contracts change, tables come, a snapshot is damaged,
 * the log is lost, rows leave the quarantine.
 */
final class RandomProject implements AutoCloseable {
  private static final List<String> OVER_ITEMS =
      List.of(
          "SELECT SUM(CAST(amount AS BIGINT)) AS s, COUNT(*) AS n FROM items",
          "SELECT id, 100 / parts AS share FROM items",
          "SELECT parts, AVG(CAST(amount AS DECIMAL(10, 2))) AS a FROM items GROUP BY parts",
          "SELECT id, amount FROM items ORDER BY parts DESC, id LIMIT 4",
          "SELECT id, CAST(amount AS BIGINT) / (SELECT SUM(parts) FROM items) AS x FROM items");

  private final SplittableRandom random;
  private final Dice dice;
  private final Path folder;
  private final boolean ownLog;
  private final Map<String, RandomSource> sources = new LinkedHashMap<>();
  private final RandomEvents events;
  private final Set<String> tables = new HashSet<>();

  /**
   * @param cluster what three projects of four use as their log, under topics of their own, the
   *     others have one of their own; half of them also read a topic there as one of someone else
   */
  RandomProject(Path folder, long seed, String cluster) throws SQLException {
    this.folder = folder;
    this.random = new SplittableRandom(seed);
    this.dice = new Dice(random);
    this.ownLog = dice.onceIn(4);
    boolean stream = dice.coin();
    events = new RandomEvents(dice, seed);
    sources.put("shop", new RandomDatabase(dice, "project" + seed, !stream));
    sources.put("drop", new RandomFiles(dice, folder));
    sources.put("events", events);
    if (stream) {
      sources.put("orders", new RandomOrders(dice, seed));
    }
    boolean elsewhere = dice.coin();
    if (elsewhere) {
      Folders.write(folder, "reading.avsc", RandomReadings.SCHEMA);
      sources.put("readings", new RandomReadings(dice, seed, cluster));
    }
    sources.forEach(this::write);
    Folders.write(
        folder,
        "leat.yaml",
        "name: random\nepoch: {every: %dms}\n".formatted(20 + dice.below(100))
            + (ownLog
                ? ""
                : "profiles: {laptop: {log: {kind: kafka, bootstrap: \"" + cluster + "\"}}}\n"));
    for (int i = 2 + dice.below(5); i > 0; i--) {
      addTable();
    }
    add("files", dice.one(RandomFiles.QUERIES));
    add("items", dice.one(OVER_ITEMS));
    if (elsewhere) {
      add("readings", dice.one(RandomReadings.QUERIES));
    }
  }

  private void write(String name, RandomSource source) {
    Folders.write(folder, "sources/" + name + ".yaml", source.yaml());
  }

  private void addTable() {
    CorpusQuery query = dice.one(CorpusQuery.all());
    add(query.name(), query.sql());
  }

  private void add(String name, String sql) {
    if (tables.add(name)) {
      table("t_" + name, sql);
      if (dice.onceIn(3)) {
        table(
            "n_" + name, "SELECT COUNT(*) AS n FROM (SELECT DISTINCT * FROM t_" + name + ") AS q");
      }
      if (dice.onceIn(4)) {
        table("c_" + name, "SELECT * FROM t_" + name);
      }
    }
  }

  private void table(String name, String sql) {
    Folders.write(folder, "tables/marts/some/" + name + ".sql", sql);
  }

  Project read() {
    return Folders.read(folder);
  }

  SplittableRandom random() {
    return random;
  }

  // ---- what happens while it runs

  void happen(Log log) {
    dice.one(List.copyOf(sources.values())).happen(log);
  }

  // ---- what happens while it rests

  void rest() throws IOException {
    switch (dice.below(8)) {
      case 0 -> damageSnapshot();
      case 1 -> loseLog();
      case 2 -> emptyQuarantine();
      case 3 -> {
        calm();
        addTable();
      }
      case 4 -> changeContracts();
      case 5 -> {
        changeContracts();
        try (Workspace workspace = Workspace.open(read(), MillOptions.DEFAULT)) {
          workspace.fillWhatIsNew(); // and nothing is looked for before they change again
        }
        sources.values().forEach(RandomSource::changeContract);
        sources.forEach(this::write);
      }
      default -> {}
    }
  }

  /** Under other columns tables are written anew, and no value may break their SQL then. */
  private void changeContracts() {
    calm();
    sources.values().forEach(RandomSource::changeContract);
    sources.forEach(this::write);
  }

  /** All that is there has been read and published, and nothing breaks SQL. */
  private void calm() {
    sources.values().forEach(RandomSource::settle);
    try (Workspace workspace = Workspace.open(read(), MillOptions.DEFAULT)) {
      run(workspace);
    }
  }

  /** As {@code leat run} does. */
  static void run(Workspace workspace) {
    assertThat(workspace.pullAll()).isEmpty();
    assertThat(workspace.fill().failures()).isEmpty();
  }

  private void damageSnapshot() throws IOException {
    Path state = folder.resolve(".leat/state");
    if (Files.isDirectory(state)) {
      try (Stream<Path> tree = Files.walk(state)) {
        List<Path> files = tree.filter(Files::isRegularFile).sorted().toList();
        if (!files.isEmpty()) {
          damage(dice.one(files));
        }
      }
    }
  }

  private void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (dice.coin() || bytes.length == 0) {
      Files.delete(file);
    } else if (dice.coin()) {
      Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    } else {
      bytes[dice.below(bytes.length)] ^= (byte) (1 << dice.below(8));
      Files.write(file, bytes);
    }
  }

  private void loseLog() {
    if (ownLog) {
      calm();
      Folders.delete(folder.resolve(".leat/log"));
    }
  }

  private void emptyQuarantine() {
    calm();
    Batch held =
        Folders.query(read(), "SELECT id FROM leat_quarantine WHERE source = 'events' ORDER BY id");
    if (held.isEmpty()) {
      return;
    }
    String id = held.bytes(0).string(dice.below(held.size()));
    try (Workspace workspace = Workspace.open(read(), MillOptions.DEFAULT)) {
      QuarantineDesk desk = new QuarantineDesk(workspace);
      if (dice.coin()) {
        desk.drop(List.of(id));
        events.dropped();
      } else {
        desk.correct(id, events.correction().getBytes(StandardCharsets.UTF_8));
      }
      if (dice.coin()) {
        workspace.fill(); // else the next mill has it
      }
    }
  }

  // ---- what must be there in the end

  void settle() {
    sources.values().forEach(RandomSource::settle);
  }

  /** What the sources hold that is not in the lake, or the other way round; empty when all is. */
  List<String> missing() {
    Map<String, Long> expected = new TreeMap<>();
    sources.values().forEach(source -> expected.putAll(source.rows()));
    expected.put(
        "leat_quarantine", sources.values().stream().mapToLong(RandomSource::broken).sum());
    List<String> missing = new ArrayList<>();
    expected.forEach((table, rows) -> {
      long found = Folders.query(read(), "SELECT COUNT(*) AS n FROM " + table).longs(0).values()[0];
      if (found != rows) {
        missing.add(table + ": " + found + " rows, not " + rows);
      }
    });
    return missing;
  }

  @Override
  public void close() {
    sources.values().forEach(RandomSource::close);
  }
}
