package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.lake.Lake;
import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.model.Durability;
import dev.leat.model.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk without room, below a mill in a process of its own: no file of that process may grow past
 * a size, until it may again.
 */
final class FullDiskTest {
  private static final Path SHELL = Path.of("/bin/bash");
  private static final Path LIMIT = Path.of("/usr/bin/prlimit");

  @TempDir static Path elsewhere;
  private static EmbeddedBroker cluster;

  @TempDir Path folder;

  @BeforeAll
  static void startACluster() {
    cluster = EmbeddedBroker.start(elsewhere, Durability.PROCESS);
  }

  @AfterAll
  static void stopIt() {
    cluster.close();
  }

  @BeforeEach
  void project() {
    assumeTrue(
        Files.isExecutable(SHELL) && Files.isExecutable(LIMIT),
        "skipped: needs bash and prlimit to limit the size of files");
    Folders.write(
        folder,
        "sources/lists.yaml",
        """
        kind: files
        path: inbox/*.csv
        tables:
          prices:
            columns: {item: bigint not null, price: bigint not null}
            every: 100ms
        """);
    Folders.write(
        folder,
        "sources/web.yaml",
        "kind: http\ntables:\n  events:\n    columns: {id: bigint not null, pad: varchar}\n");
    Folders.write(
        folder,
        "tables/marts/a/sold.sql",
        "SELECT p.item, p.price, COUNT(*) AS n FROM events e JOIN prices p ON e.id % 10 = p.item"
            + " GROUP BY p.item, p.price");
  }

  /** A mill that tells its troubles, and appends on demand. */
  public static void main(String[] args) throws Exception {
    Progress telling =
        new Progress() {
          @Override
          public void say(String what) {}

          @Override
          public void trouble(Problem problem) {
            tell(problem.toString());
          }
        };
    MillOptions options = MillOptions.DEFAULT.withProgress(telling);
    try (Workspace workspace = Workspace.open(Folders.read(Path.of(args[0])), options);
        Mill mill = workspace.mill(workspace.fillWhatIsNew());
        BufferedReader asked =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      mill.start();
      tell("READY");
      Random random = new Random(1);
      int id = 0;
      for (String line = asked.readLine(); "fill".equals(line); line = asked.readLine()) {
        while (workspace.logTrouble().isEmpty()) {
          byte[] pad = new byte[100_000];
          random.nextBytes(pad);
          String event =
              "{\"id\": %d, \"pad\": \"%s\"}"
                  .formatted(id, Base64.getEncoder().encodeToString(pad));
          workspace
              .log()
              .orElseThrow()
              .append("events", Entry.NO_KEY, event.getBytes(StandardCharsets.UTF_8))
              .thenRun(() -> tell("KEPT"));
          id++;
          Thread.sleep(5);
        }
      }
      Runtime.getRuntime().halt(0); // a broker that failed is not waited for
    }
  }

  private static void tell(String line) {
    PrintStream out = System.out;
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  private static final class Victim implements AutoCloseable {
    final Process process;
    final Queue<String> told = new ConcurrentLinkedQueue<>();

    Victim(Path folder, String before) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(SHELL.toString(), "-c", before + "exec \"$0\" \"$@\"");
      builder.command().addAll(Folders.javaCommand(FullDiskTest.class, folder.toString()));
      process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      Thread.ofVirtual()
          .start(() -> {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
              lines.lines().forEach(told::add);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      awaitTold("READY");
    }

    void limit(String bytes) throws Exception {
      Process limit =
          new ProcessBuilder(
                  LIMIT.toString(), "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":")
              .inheritIO()
              .start();
      assertThat(limit.waitFor()).isZero();
    }

    void awaitTold(String... parts) {
      await(() -> told.stream().anyMatch(line -> List.of(parts).stream().allMatch(line::contains)));
    }

    void await(BooleanSupplier condition) {
      long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (!condition.getAsBoolean()) {
        assertThat(System.nanoTime()).as("a minute; told: " + told).isLessThan(deadline);
        try {
          Thread.sleep(20);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }

    @Override
    public void close() throws Exception {
      process.outputWriter().close();
      assertThat(process.waitFor()).isZero();
    }
  }

  /** Lake and staging have no room; the log, elsewhere, has. */
  @Test
  void aFullDiskBelowLakeAndStaging() throws Exception {
    Folders.write(
        folder,
        "leat.yaml",
        "name: full\nepoch: {every: 50ms}\nprofiles:\n  laptop:\n    log: {kind: kafka, bootstrap:"
            + " \"%s\"}\n".formatted(cluster.address()));
    drop("a.csv", 0, 5);
    try (Victim victim = new Victim(folder, "ulimit -S -f unlimited; ");
        Log log = Log.connect(cluster.address())) {
      send(log, 0, 100);
      victim.await(() -> rows("events") == 100 && rows("prices") == 5);
      long before = epoch();

      victim.limit("0");
      send(log, 100, 200);
      drop("b.csv", 5, 10);
      victim.awaitTold("LEAT-5001", "cannot be staged");
      victim.awaitTold("LEAT-5001", "Failed writing", "File too large");
      assertThat(victim.told).as("each is told once").hasSize(3);
      assertThat(epoch()).isEqualTo(before);
      assertThat(rows("events")).isEqualTo(100);

      victim.limit("unlimited");
      victim.await(() -> rows("events") == 200 && rows("prices") == 10);
      send(log, 200, 250);
      victim.await(() -> rows("events") == 250);
    }
    assertThat(rows("leat_quarantine")).isZero();
    assertThat(Folders.query(Folders.read(folder), "SELECT SUM(n) FROM sold").longs(0).values()[0])
        .isEqualTo(250);
    Folders.proven(folder);
  }

  /** The embedded log has no room: that is told with what to do, and files go on. */
  @Test
  void aFullDiskBelowTheLog() throws Exception {
    Folders.write(folder, "leat.yaml", "name: full\nepoch: {every: 50ms}\n");
    drop("a.csv", 0, 5);
    long kept;
    try (Victim victim = new Victim(folder, "ulimit -S -f 15000; ")) {
      victim.process.outputWriter().write("fill\n");
      victim.process.outputWriter().flush();
      victim.awaitTold("LEAT-4001", "The broker stopped", "Make room below");
      drop("b.csv", 5, 10);
      victim.await(() -> rows("prices") == 10);
      kept = victim.told.stream().filter("KEPT"::equals).count();
      assertThat(kept).isPositive();
      assertThat(victim.told.stream().filter(line -> line.contains("LEAT-4001"))).hasSize(1);
    }
    try (Running running = new Running(Folders.read(folder))) {
      running.await(() ->
          running.rows("events") >= kept
              && running.source("events").lag().equals(OptionalLong.of(0)));
      assertThat(running.trouble("events")).isEmpty();
    }
    Folders.proven(folder);
  }

  private void drop(String name, int from, int to) throws IOException {
    Path beside = folder.resolve(name);
    String rows =
        IntStream.range(from, to)
            .mapToObj(i -> i + "," + i * 10 + "\n")
            .reduce("item,price\n", String::concat);
    Files.writeString(beside, rows);
    Files.setLastModifiedTime(beside, FileTime.fromMillis(1_000));
    Files.createDirectories(folder.resolve("inbox"));
    Files.move(beside, folder.resolve("inbox").resolve(name));
  }

  private static void send(Log log, int from, int to) {
    log.append(
            "events",
            IntStream.range(from, to)
                .mapToObj(i -> Entry.of(("{\"id\": " + i + "}").getBytes(StandardCharsets.UTF_8)))
                .toList())
        .join();
  }

  private long epoch() {
    try (Lake lake = Lake.open(Workspace.lakeFolder(Folders.read(folder)))) {
      return lake.newest().orElseThrow().number();
    }
  }

  private long rows(String relation) {
    try (Lake lake = Lake.open(Workspace.lakeFolder(Folders.read(folder)))) {
      return lake.newest()
          .flatMap(epoch -> epoch.table(relation))
          .map(table -> table.rows())
          .orElse(0L);
    }
  }
}
