package dev.leat.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The maintenance runtime beside Flink, back to back, on the same events in memory: CPU-µs an
 * event, medians, and the ratio.
 */
final class NexmarkBench {
  private static final int STEP_EVENTS = 10_000;
  private static final int COMPARED_EVENTS = 500_000;
  private static final String OURS_ONLY =
      ".*(/leat-|calcite|avatica|janino|commons-compiler|kafka|iceberg|helidon).*";

  private static final File FLINK_LOG = new File("target/flink.log");

  private NexmarkBench() {}

  /**
   * @param events how many; the figures in docs/benchmarks.md use 5,000,000
   * @param runs of each, after one to warm up; the median counts
   */
  static void run(int events, int runs, String only) {
    System.out.printf(
        "Nexmark, %,d events in memory, steps of %,d for Leat; CPU-µs an event, median of %d%n%n",
        events, STEP_EVENTS, runs);
    System.out.println(
        "| query | Flink 2.3 | Leat | ratio | Leat M events/s, one thread | rows, of %,d events |"
            .formatted(COMPARED_EVENTS));
    System.out.println("|---|---|---|---|---|---|");
    NexmarkEvents data = new NexmarkEvents(events);
    LeatPeer leat = new LeatPeer(data, STEP_EVENTS);
    LeatPeer few = new LeatPeer(new NexmarkEvents(COMPARED_EVENTS), STEP_EVENTS);
    for (Map.Entry<String, String> query : NexmarkQueries.all().entrySet()) {
      if (!query.getKey().matches(only)) {
        continue;
      }
      Measured ours = Measured.median(runs, () -> leat.run(query.getValue()));
      Peer theirs = flink(query.getKey(), events, runs);
      NexmarkAnswer answer = few.answer(query.getValue(), NexmarkAnswer.compared(query.getKey()));
      System.out.printf(
          "| %s | %.3f | %.3f | %.1f | %.1f | %,d, %s |%n",
          query.getKey(),
          theirs.cost().cpuMicrosPer(events),
          ours.cpuMicrosPer(events),
          theirs.cost().cpuSeconds() / ours.cpuSeconds(),
          events / ours.seconds() / 1e6,
          answer.rows(),
          answer.equals(theirs.answer()) ? "equal" : "NOT EQUAL: Flink " + theirs.answer().rows());
    }
  }

  /** What Flink said: what it cost, and what its changes add up to. */
  private record Peer(Measured cost, NexmarkAnswer answer) {}

  /**
   * Flink runs in a process of its own, right after: its planner and ours bring different versions
   * of the same library.
   */
  private static Peer flink(String query, int events, int runs) {
    String path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("leat-bench") || !entry.matches(OURS_ONLY))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx8g",
            "-XX:+UseG1GC",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-cp",
            path,
            Bench.class.getName(),
            "flink",
            query,
            Integer.toString(events),
            Integer.toString(runs)));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(FLINK_LOG))
              .start();
      String line =
          process
              .inputReader()
              .lines()
              .filter(l -> l.startsWith("MEASURED "))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("Flink failed: see " + FLINK_LOG));
      process.waitFor();
      String[] figures = line.split(" ");
      return new Peer(
          new Measured(Double.parseDouble(figures[1]), Double.parseDouble(figures[2])),
          new NexmarkAnswer(Long.parseLong(figures[3]), Long.parseLong(figures[4])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The peer's side of a query, in its own process. */
  static void flinkAlone(String query, int events, int runs) {
    NexmarkEvents data = new NexmarkEvents(events);
    String sql = Objects.requireNonNull(NexmarkQueries.all().get(query));
    Measured measured = Measured.median(runs, () -> FlinkPeer.run(sql, data));
    NexmarkAnswer answer =
        FlinkPeer.answer(sql, new NexmarkEvents(COMPARED_EVENTS), NexmarkAnswer.compared(query));
    System.out.println(
        "MEASURED %s %s %d %d"
            .formatted(measured.seconds(), measured.cpuSeconds(), answer.rows(), answer.digest()));
  }
}
