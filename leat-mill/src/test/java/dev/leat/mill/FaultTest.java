package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BytesVector;
import dev.leat.model.ErrorCode;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong outside: a database that goes away, files and records that are broken, a lake
 * that cannot be written. It is told, the rest goes on, and afterwards every table is right.
 */
final class FaultTest {
  @TempDir Path folder;

  @BeforeEach
  void project() throws IOException {
    file("leat.yaml", "name: fault\nepoch: {every: 50ms}\n");
    file(
        "sources/events.yaml",
        """
        kind: kafka
        tables:
          events:
            columns: {id: bigint not null, item: varchar not null, amount: integer not null}
            key: [id]
        """);
    file(
        "tables/marts/a/per_item.sql",
        "SELECT item, COUNT(*) AS n, SUM(amount) AS amount FROM events GROUP BY item");
    file(
        "tables/marts/a/ranked.sql",
        "SELECT item, n, RANK() OVER (ORDER BY n DESC) AS place FROM per_item");
  }

  // ---- a database that goes away

  @Test
  void aDatabaseThatGoesAwayAndComesBack() throws Exception {
    try (DatabaseServer database = new DatabaseServer(folder.resolve("upstream"))) {
      file(
          "sources/shop.yaml",
          """
          kind: jdbc
          url: %s
          user: SA
          tables:
            items:
              table: public.items
              columns: {item: varchar not null, price: integer not null}
              key: [item]
              every: 200ms
          """
              .formatted(database.url));
      file(
          "tables/marts/a/revenue.sql",
          "SELECT i.item, SUM(e.amount * i.price) AS revenue FROM events e JOIN items i ON e.item ="
              + " i.item GROUP BY i.item");
      try (Running running = new Running(read())) {
        // It is not there yet: that stops nothing.
        running.awaitTrouble("items", ErrorCode.SOURCE_UNREACHABLE);
        send(running, 0, 100);
        running.awaitRows("events", 100);

        database.start();
        database.run("CREATE TABLE items (item VARCHAR(20) PRIMARY KEY, price INTEGER)");
        database.run("INSERT INTO items VALUES ('item0', 10), ('item1', 20)");
        running.awaitRows("items", 2);
        running.await(() -> running.trouble("items").isEmpty());

        database.stop();
        Problem problem = running.awaitTrouble("items", ErrorCode.SOURCE_UNREACHABLE);
        assertThat(problem.message()).contains("shop").contains("items");
        assertThat(running.trouble("events")).isEmpty();
        send(running, 100, 200);
        running.awaitRows("events", 200);

        database.start();
        database.run("UPDATE items SET price = 30 WHERE item = 'item1'");
        database.run("INSERT INTO items VALUES ('item2', 40)");
        running.awaitRows("items", 3);
        running.await(() -> running.trouble("items").isEmpty());
      }
    }
    assertThat(number("SELECT SUM(price) FROM items")).isEqualTo(80);
    assertThat(number("SELECT SUM(revenue) FROM revenue"))
        .isEqualTo(
            number("SELECT SUM(e.amount * i.price) FROM events e JOIN items i USING (item)"));
    Folders.proven(folder);
  }

  // ---- broken files

  @Test
  void brokenFilesAmongGoodOnes() throws Exception {
    file(
        "sources/shop.yaml",
        """
        kind: files
        tables:
          prices:
            path: inbox/*
            columns: {item: varchar not null, price: integer not null}
            every: 200ms
        """);
    file(
        "tables/marts/a/cheapest.sql",
        "SELECT item, MIN(price) AS price, COUNT(*) AS n FROM prices GROUP BY item");
    byte[] noGzip = "this is no gzip".getBytes(StandardCharsets.UTF_8);
    byte[] whole = gzip("item,price\n" + "pear,9\n".repeat(5_000));
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    try (Running running = new Running(read())) {
      drop("1.csv", "item,price\napple,3\npear,4\n".getBytes(StandardCharsets.UTF_8));
      drop("2.csv.gz", noGzip);
      drop("3.csv.gz", half);
      drop(
          "4.csv",
          "item,price\nplum,5\nplum,cheap\n,6\ntoo,many,fields\nfig,7\n"
              .getBytes(StandardCharsets.UTF_8));
      drop("5.csv.gz", gzip("item,price\nlime,8\n"));
      send(running, 0, 50);
      running.awaitRows("prices", 5);
      running.awaitRows("leat_quarantine", 5);
      running.awaitRows("events", 50);
    }
    assertThat(number("SELECT SUM(price) FROM prices")).isEqualTo(3 + 4 + 5 + 7 + 8);
    Batch bad =
        Folders.query(read(), "SELECT raw, reason, field, source FROM leat_quarantine ORDER BY id");
    assertThat(raws(bad))
        .containsExactlyInAnyOrder(
            noGzip,
            half,
            "plum,cheap".getBytes(StandardCharsets.UTF_8),
            ",6".getBytes(StandardCharsets.UTF_8),
            "too,many,fields".getBytes(StandardCharsets.UTF_8));
    for (int row = 0; row < bad.size(); row++) {
      assertThat(bad.bytes(1).string(row)).isNotBlank();
      assertThat(bad.bytes(3).string(row)).isEqualTo("prices");
    }
    Folders.proven(folder);
  }

  /** As a careful sender does: written beside, then renamed in; and it has rested. */
  private void drop(String name, byte[] bytes) throws IOException {
    Path inbox = Files.createDirectories(folder.resolve("inbox"));
    Path beside = folder.resolve(name + ".part");
    Files.write(beside, bytes);
    Files.setLastModifiedTime(beside, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Files.move(beside, inbox.resolve(name));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static List<byte[]> raws(Batch bad) {
    return IntStream.range(0, bad.size()).mapToObj(row -> raw(bad.bytes(0), row)).toList();
  }

  private static byte[] raw(BytesVector values, int row) {
    int start = values.start(row);
    return Arrays.copyOfRange(values.data(), start, start + values.length(row));
  }

  // ---- poison in a topic

  @Test
  void poisonInATopic() throws Exception {
    List<Poison> poison =
        List.of(
            new Poison("no JSON at all", ""),
            new Poison("", ""),
            new Poison("[1, 2]", ""),
            new Poison("{\"id\": 1, \"item\": \"a\", ", ""),
            new Poison("{\"id\": \"many\", \"item\": \"a\", \"amount\": 1}", "id"),
            new Poison("{\"id\": 2, \"item\": \"a\", \"amount\": 3000000000}", "amount"),
            new Poison("{\"id\": 3, \"amount\": 1}", "item"),
            new Poison("{\"id\": 4, \"item\": null, \"amount\": 1}", "item"));
    try (Running running = new Running(read())) {
      for (int i = 0; i < poison.size(); i++) {
        send(running, i * 10L, i * 10L + 10);
        running.append("events", List.of(poison.get(i).record()));
      }
      send(running, 0, 30); // again: counted once
      running.awaitRows("leat_quarantine", poison.size());
      running.awaitRows("events", poison.size() * 10);
      running.await(() -> running.source("events").duplicates() == 30);
      assertThat(running.source("events").rejected()).isEqualTo(poison.size());
    }
    Batch bad =
        Folders.query(
            read(), "SELECT raw, field, reason FROM leat_quarantine ORDER BY time, position");
    for (Poison one : poison) {
      int row = rowOf(bad, one.record());
      assertThat(bad.bytes(1).string(row)).as(one.record()).isEqualTo(one.field());
      assertThat(bad.bytes(2).string(row)).as(one.record()).isNotBlank();
    }
    Folders.proven(folder);
  }

  private record Poison(String record, String field) {}

  private static int rowOf(Batch bad, String raw) {
    for (int row = 0; row < bad.size(); row++) {
      if (bad.bytes(0).string(row).equals(raw)) {
        return row;
      }
    }
    throw new AssertionError("not in quarantine: " + raw);
  }

  // ---- a lake that cannot be written

  @Test
  void aLakeThatCannotBeWrittenForAWhile() throws Exception {
    interrupted(folder.resolve(".leat/lake/epochs"), Instead.FILE);
  }

  @Test
  void aLakeThatIsGoneForAWhile() throws Exception {
    interrupted(folder.resolve(".leat/lake"), Instead.FILE);
  }

  /** As when a disk is not mounted: its place is there, and empty. */
  @Test
  void aLakeThatIsEmptyForAWhile() throws Exception {
    interrupted(folder.resolve(".leat/lake"), Instead.EMPTY_FOLDER);
  }

  private enum Instead {
    FILE,
    EMPTY_FOLDER
  }

  private void interrupted(Path place, Instead instead) throws Exception {
    Path away = folder.resolve("away");
    try (Running running = new Running(read())) {
      send(running, 0, 100);
      running.awaitRows("events", 100);
      long before = running.workspace.lake().newest().orElseThrow().number();

      Files.move(place, away);
      switch (instead) {
        case FILE -> Files.writeString(place, "");
        case EMPTY_FOLDER -> Files.createDirectory(place);
      }
      send(running, 100, 200);
      running.awaitTrouble("events", ErrorCode.LAKE_FAILED);
      send(running, 200, 300);
      running.await(() -> running.source("events").rows() == 300);
      assertThat(running.mill.status().epoch()).isEqualTo(before);

      remove(place);
      Files.move(away, place);
      running.awaitRows("events", 300);
      running.await(() -> running.trouble("events").isEmpty());
      send(running, 300, 400);
      running.awaitRows("events", 400);
      assertThat(running.mill.status().tables())
          .allSatisfy(table -> assertThat(table.trouble()).isEmpty());
    }
    assertThat(number("SELECT COUNT(DISTINCT id) FROM events")).isEqualTo(400);
    Folders.proven(folder);
  }

  private static void remove(Path place) throws IOException {
    try (Stream<Path> tree = Files.walk(place)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  // ---- all of them

  private static void send(Running running, long from, long to) {
    running.append(
        "events",
        LongStream.range(from, to)
            .mapToObj(id ->
                "{\"id\": %d, \"item\": \"item%d\", \"amount\": %d}".formatted(id, id % 5, id))
            .toList());
  }

  private Project read() {
    return Folders.read(folder);
  }

  private long number(String sql) {
    return Folders.query(read(), sql).longs(0).values()[0];
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
