package dev.leat.bench;

import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.mill.Mill;
import dev.leat.mill.MillOptions;
import dev.leat.mill.MillStatus;
import dev.leat.mill.Workspace;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From a topic to published marts, everything in this process on these cores: producer, broker,
 * mill and lake. Says the rate held, the freshness from acceptance by the broker to the epoch that
 * can be queried, and where the CPU went.
 */
final class StreamBench {
  private static final int REQUEST = 500;

  private StreamBench() {}

  /**
   * @param eventsPerSecond what is sent, evenly
   * @param seconds how long is measured, after ten to warm up
   */
  static void run(int eventsPerSecond, int seconds) throws Exception {
    Path folder = BenchProjects.stream();
    try (Workspace workspace = Workspace.open(BenchProjects.read(folder), MillOptions.DEFAULT);
        Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
      mill.start();
      String address = EmbeddedBroker.addressIn(folder.resolve(".leat/log")).orElseThrow();
      try (Log log = Log.connect(address)) {
        send(log, eventsPerSecond, 10);
        Instant from = Instant.now();
        Map<String, Long> cpu = cpuByThread();
        Measured.Start start = Measured.start();
        long sent = send(log, eventsPerSecond, seconds);
        Measured sending = Measured.since(start);
        while (lag(mill) > 0) {
          Thread.sleep(20);
        }
        Thread.sleep(500);
        report(mill, from, sent, sending, Measured.since(start), cpu);
      }
    }
  }

  private static long send(Log log, int eventsPerSecond, int seconds) throws InterruptedException {
    NexmarkGenerator generator = new NexmarkGenerator();
    long total = (long) eventsPerSecond * seconds;
    long start = System.nanoTime();
    long n = 0;
    long sent = 0;
    while (sent < total) {
      List<Entry> entries = new ArrayList<>(REQUEST);
      while (entries.size() < REQUEST) {
        generator.generate(n++);
        if (generator.kind == NexmarkGenerator.Kind.BID) {
          byte[] value = json(generator).getBytes(StandardCharsets.UTF_8);
          entries.add(new Entry(new byte[0], value));
        }
      }
      log.append("bids", entries);
      sent += entries.size();
      long due = start + sent * 1_000_000_000L / eventsPerSecond;
      long wait = due - System.nanoTime();
      if (wait > 1_000_000) {
        Thread.sleep(Duration.ofNanos(wait));
      }
    }
    return sent;
  }

  private static String json(NexmarkGenerator bid) {
    return "{\"auction\":"
        + bid.auction
        + ",\"bidder\":"
        + bid.bidder
        + ",\"price\":"
        + bid.price
        + ",\"channel\":\""
        + bid.channel()
        + "\",\"url\":\""
        + bid.urls[bid.url]
        + "\",\"date_time\":\""
        + java.time.LocalDateTime.ofEpochSecond(
            bid.millis / 1000, (int) (bid.millis % 1000) * 1_000_000, ZoneOffset.UTC)
        + "\",\"extra\":\""
        + bid.texts[bid.text]
        + "\"}";
  }

  private static long lag(Mill mill) {
    MillStatus status = mill.status();
    return status.rowsHeld()
        + status.sources().stream().mapToLong(MillStatus.SourceStatus::lag).sum();
  }

  private static void report(
      Mill mill,
      Instant from,
      long sent,
      Measured sending,
      Measured all,
      Map<String, Long> before) {
    List<MillStatus.Published> epochs =
        mill.status().recent().stream()
            .filter(e -> e.time().isAfter(from) && e.rows() > 0)
            .sorted(Comparator.comparing(MillStatus.Published::freshness))
            .toList();
    System.out.printf(
        "%,d events in %.1f s (sent in %.1f s): %,.0f events/s published; %d epochs%n",
        sent, all.seconds(), sending.seconds(), sent / all.seconds(), epochs.size());
    System.out.printf(
        "freshness of an epoch's oldest event: p50 %d ms, p99 %d ms; publishing an epoch: p50 %d"
            + " ms%n",
        quantile(epochs, 0.5), quantile(epochs, 0.99), took(epochs));
    System.out.printf(
        "CPU: %.2f cores, %.2f µs an event; by thread:%n",
        all.cpuSeconds() / all.seconds(), all.cpuMicrosPer(sent));
    Map<String, Long> after = cpuByThread();
    after.entrySet().stream()
        .map(e -> Map.entry(e.getKey(), e.getValue() - before.getOrDefault(e.getKey(), 0L)))
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(12)
        .forEach(e ->
            System.out.printf(
                "  %-40s %5.2f µs an event%n", e.getKey(), e.getValue() / 1e3 / sent));
  }

  private static long quantile(List<MillStatus.Published> epochs, double q) {
    return epochs.get((int) Math.min(epochs.size() - 1, epochs.size() * q)).freshness().toMillis();
  }

  private static long took(List<MillStatus.Published> epochs) {
    return epochs.stream()
        .map(MillStatus.Published::took)
        .sorted()
        .skip(epochs.size() / 2)
        .findFirst()
        .orElseThrow()
        .toMillis();
  }

  /** CPU nanoseconds by thread, threads of a pool together; the rest (GC, compiler) is not here. */
  private static Map<String, Long> cpuByThread() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Long> cpu = new TreeMap<>();
    for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null) {
        String name = info.getThreadName().replaceAll("\\d+", "#");
        cpu.merge(name, Math.max(0, threads.getThreadCpuTime(info.getThreadId())), Long::sum);
      }
    }
    return cpu;
  }
}
