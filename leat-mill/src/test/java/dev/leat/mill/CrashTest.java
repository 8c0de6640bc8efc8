package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.duckdb.DuckDb;
import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Log;
import dev.leat.model.Project;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 at every boundary: nothing that was acknowledged is lost, nothing is counted twice, no
 * epoch is ever seen half.
 */
final class CrashTest {
  /** Kills a boundary; the nightly profile sets 30. */
  private static final int KILLS = Integer.getInteger("leat.crash.kills", 3);

  private static final String SUMS =
      "SELECT t.n, k.n, e.n, e.ids, d.n, l.n, l.ids"
          + " FROM (SELECT SUM(n) AS n FROM total) AS t"
          + " CROSS JOIN (SELECT SUM(n) AS n FROM per_kind) AS k"
          + " CROSS JOIN (SELECT COUNT(*) AS n, COUNT(DISTINCT id) AS ids FROM events) AS e"
          + " CROSS JOIN (SELECT SUM(n) AS n FROM lined) AS d"
          + " CROSS JOIN (SELECT COUNT(*) AS n, COUNT(DISTINCT id) AS ids FROM lines) AS l";

  /** Starts cost most of the time: a first process leaves its classes to the others. */
  @TempDir static Path archive;

  private static List<String> java;

  @TempDir Path folder;

  @BeforeAll
  static void archive(@TempDir Path first) throws Exception {
    java = Folders.archivedJava(archive);
    CrashProject.write(first);
    Process process =
        new ProcessBuilder(victim(first, "NONE", 0)).redirectOutput(Redirect.DISCARD).start();
    process.outputWriter().close(); // it ends in good order as soon as it works
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private static List<String> victim(Path folder, String boundary, int passes) {
    List<String> command = new ArrayList<>(java);
    command.addAll(
        List.of(
            CrashVictim.class.getName(), folder.toString(), boundary, Integer.toString(passes)));
    return command;
  }

  private final Set<Long> acknowledged = new HashSet<>();
  private final List<String> recoveries = new ArrayList<>();
  private long next;
  private long lines;
  private int files;
  private long looked; // the newest epoch that was

  @ParameterizedTest
  @EnumSource
  void nothingIsLostOrCountedTwice(Boundary boundary) throws Exception {
    CrashProject.write(folder);
    drop(5);
    SplittableRandom random = new SplittableRandom(boundary.ordinal());
    Duration firstRightAnswer;
    int looks;
    try (IcebergBystander bystander = new IcebergBystander(folder.resolve(".leat/lake"))) {
      for (int kill = 0; kill < KILLS; kill++) {
        try (Victim victim = new Victim(folder, boundary.name(), 1 + random.nextInt(6))) {
          recoveries.add(victim.awaitReady());
          drop(random.nextInt(3) * random.nextInt(30_000));
          victim.sendUntilStopped(random);
          victim.kill();
        }
        wholeEpochsSince(looked);
      }
      try (Victim last = new Victim(folder, "NONE", 0)) {
        recoveries.add(last.awaitReady());
        firstRightAnswer = last.awaitRightAnswer();
        last.send(random.nextInt(50));
        last.endInGoodOrder();
      }
      looks = bystander.looks();
    }
    Project project = Folders.read(folder);
    try (Lake lake = Lake.open(Workspace.lakeFolder(project))) {
      Set<Long> counted = ids(project);
      assertThat(counted).as("acknowledged").containsAll(acknowledged);
      Proofs.of(project, lake, lake.newest().orElseThrow(), List.of())
          .forEach((table, proof) -> assertThat(proof.equal()).as(table + " " + proof).isTrue());
    }
    wholeEpochsSince(0);
    assertThat(looks).as("epochs a plain Iceberg reader looked at").isPositive();
    System.out.println(
        "recoveries at %s: %s; first right answer %.1f s after the restart; Iceberg saw %d epochs"
            .formatted(boundary, recoveries, firstRightAnswer.toMillis() / 1e3, looks));
  }

  /** Drops a file: one without rows, or one that is read in slices. */
  private void drop(int rows) {
    StringBuilder text = new StringBuilder("id\n");
    for (int i = 0; i < rows; i++) {
      text.append(lines++).append('\n');
    }
    Folders.drop(folder, "drop/" + files++ + ".csv", text.toString());
  }

  /**
   * In every epoch that is kept, the total is the sum of the groups, and no event is there twice.
   *
   * @param before epochs that have been looked at: they never change
   */
  private void wholeEpochsSince(long before) {
    try (Lake lake = Lake.open(folder.resolve(".leat/lake"));
        DuckDb duck = Folders.duck(Folders.read(folder))) {
      for (long number : lake.epochs().stream().filter(n -> n > before).toList()) {
        looked = number;
        Epoch epoch = lake.epoch(number).orElseThrow();
        Batch sums = Folders.answer(duck, lake, epoch, SUMS);
        assertThat(List.of(value(sums, 1), value(sums, 2), value(sums, 3)))
            .as("events by kind, as rows, of different ids")
            .containsOnly(value(sums, 0));
        assertThat(List.of(value(sums, 5), value(sums, 6)))
            .as("lines as rows, of different ids")
            .containsOnly(value(sums, 4));
      }
    }
  }

  private static long number(DuckDb duck, Lake lake, Epoch epoch, String sql) {
    return value(Folders.answer(duck, lake, epoch, sql), 0);
  }

  private static long value(Batch answer, int column) {
    return answer.column(column).isNull(0) ? 0 : answer.longs(column).values()[0];
  }

  private static Set<Long> ids(Project project) {
    Set<Long> ids = new HashSet<>();
    Batch events = Folders.query(project, "SELECT id FROM events");
    for (int row = 0; row < events.size(); row++) {
      assertThat(ids.add(events.longs(0).values()[row])).as("counted once").isTrue();
    }
    return ids;
  }

  /** The process that is killed, and the events it is sent while it lives. */
  private final class Victim implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final long started = System.nanoTime();

    Victim(Path folder, String boundary, int passes) throws IOException {
      process =
          new ProcessBuilder(victim(folder, boundary, passes))
              .redirectError(Redirect.INHERIT)
              .start();
      out = process.inputReader(StandardCharsets.UTF_8);
    }

    String awaitLine(String start) throws Exception {
      return CompletableFuture.supplyAsync(
              () -> {
                try {
                  for (String line = out.readLine(); line != null; line = out.readLine()) {
                    if (line.startsWith(start)) {
                      return line;
                    }
                  }
                } catch (IOException e) {
                  return "ended: " + e;
                }
                return "ended";
              })
          .get(120, TimeUnit.SECONDS);
    }

    /** How it came back, and how long after its process was started. */
    String awaitReady() throws Exception {
      String line = awaitLine("READY ");
      assertThat(line).startsWith("READY ");
      return "%s %.1f s".formatted(line.substring("READY ".length()), age().toMillis() / 1e3);
    }

    private Duration age() {
      return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Until a query sees all that was acknowledged or dropped before the restart. */
    Duration awaitRightAnswer() throws Exception {
      try (Lake lake = Lake.open(folder.resolve(".leat/lake"));
          DuckDb duck = Folders.duck(Folders.read(folder))) {
        while (now(duck, lake, "total") < acknowledged.size() || now(duck, lake, "lined") < lines) {
          assertThat(age()).isLessThan(Duration.ofMinutes(2));
          Thread.sleep(20);
        }
      }
      return age();
    }

    private long now(DuckDb duck, Lake lake, String table) {
      return number(duck, lake, lake.newest().orElseThrow(), "SELECT SUM(n) FROM " + table);
    }

    /** Sends events until the victim says where it stands. */
    void sendUntilStopped(SplittableRandom random) throws Exception {
      CompletableFuture<String> stopped =
          CompletableFuture.supplyAsync(() -> {
            try {
              return awaitLine("AT");
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
      for (int burst = 0; burst < 2_000 && !stopped.isDone(); burst++) {
        send(1 + random.nextInt(20));
        Thread.sleep(random.nextInt(20));
      }
      assertThat(stopped.get(120, TimeUnit.SECONDS)).startsWith("AT");
    }

    /** Sends events; those the log acknowledges must be counted, some of them are sent twice. */
    void send(int count) throws Exception {
      Optional<String> address = EmbeddedBroker.addressIn(folder.resolve(".leat/log"));
      try (Log log = Log.connect(address.orElseThrow())) {
        for (int i = 0; i < count; i++) {
          long id = next++;
          append(log, id);
          if (id % 7 == 0) {
            append(log, id);
          }
        }
      }
    }

    private void append(Log log, long id) throws Exception {
      String event =
          "{\"id\": %d, \"kind\": \"k%d\", \"amount\": %d}".formatted(id, id % 5, id % 11);
      byte[] key = Long.toString(id).getBytes(StandardCharsets.UTF_8);
      try {
        log.append("events", key, event.getBytes(StandardCharsets.UTF_8)).get(5, TimeUnit.SECONDS);
        acknowledged.add(id);
      } catch (ExecutionException | TimeoutException _) {
        // not acknowledged: it may be counted or not, but at most once
      }
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    void endInGoodOrder() throws Exception {
      Thread.sleep(Duration.ofMillis(500));
      process.outputWriter().close();
      assertThat(awaitLine("DONE")).isEqualTo("DONE");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
