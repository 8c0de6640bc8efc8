package dev.leat.bench;

import java.util.Map;

/**
 * The maintenance runtime beside Flink, in one process, on the same events in memory: CPU-µs an
 * event, medians, and the ratio.
 */
final class NexmarkBench {
  private static final int STEP_EVENTS = 10_000;

  private NexmarkBench() {}

  /**
   * @param events how many; the figures in docs/benchmarks.md use 5,000,000
   * @param runs of each, after one to warm up; the median counts
   */
  static void run(int events, int runs, String only) {
    System.out.printf(
        "Nexmark, %,d events in memory, steps of %,d for Leat; CPU-µs an event, median of %d%n%n",
        events, STEP_EVENTS, runs);
    System.out.println("| query | Flink 2.3 | Leat | ratio | Leat M events/s, one thread |");
    System.out.println("|---|---|---|---|---|");
    NexmarkEvents data = new NexmarkEvents(events);
    LeatPeer leat = new LeatPeer(data, STEP_EVENTS);
    for (Map.Entry<String, String> query : NexmarkQueries.all().entrySet()) {
      if (!query.getKey().matches(only)) {
        continue;
      }
      Measured ours = Measured.median(runs, () -> leat.run(query.getValue()));
      Measured theirs = Measured.median(runs, () -> FlinkPeer.run(query.getValue(), data));
      System.out.printf(
          "| %s | %.3f | %.3f | %.1f | %.1f |%n",
          query.getKey(),
          theirs.cpuMicrosPer(events),
          ours.cpuMicrosPer(events),
          theirs.cpuSeconds() / ours.cpuSeconds(),
          events / ours.seconds() / 1e6);
    }
  }
}
