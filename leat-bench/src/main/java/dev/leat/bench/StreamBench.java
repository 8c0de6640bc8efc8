package dev.leat.bench;

import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.mill.Mill;
import dev.leat.mill.MillOptions;
import dev.leat.mill.MillStatus;
import dev.leat.mill.Workspace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From a topic to published marts, everything in this process on these cores: producer, broker,
 * mill and lake. Says the rate held, the freshness from acceptance by the broker to the epoch that
 * can be queried, and where the CPU went.
 */
final class StreamBench {
  private static final int REQUEST = 500;
  private static final byte[] NO_KEY = new byte[0];
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final String[] MILLIS =
      IntStream.range(0, 1000).mapToObj(".%03d"::formatted).toArray(String[]::new);
  private static final long TICK_NANOS = 10_000_000; // of /proc

  private StreamBench() {}

  /**
   * @param eventsPerSecond what is sent, evenly
   * @param warmUpSeconds sent before measuring: the JVM compiles meanwhile
   * @param seconds how long is measured
   */
  static void run(int eventsPerSecond, int warmUpSeconds, int seconds) throws Exception {
    Path folder = BenchProjects.stream();
    try (Workspace workspace = Workspace.open(BenchProjects.read(folder), MillOptions.DEFAULT);
        Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
      mill.start();
      String address = EmbeddedBroker.addressIn(folder.resolve(".leat/log")).orElseThrow();
      try (Log log = Log.connect(address);
          FreshnessWatch freshness = new FreshnessWatch(workspace.lake(), "bids")) {
        Sender sender = new Sender(log, freshness);
        sender.send(eventsPerSecond, warmUpSeconds);
        freshness.startOver();
        Instant from = Instant.now();
        Map<String, Long> cpu = cpuByThread();
        Measured.Start start = Measured.start();
        long sent = sender.send(eventsPerSecond, seconds);
        System.out.printf(
            "%,d events sent, %,d refused (LEAT-3004)%n",
            (long) eventsPerSecond * seconds, sender.refused.sum());
        Measured sending = Measured.since(start);
        freshness.awaitAll();
        report(mill, freshness, from, sent, sending, Measured.since(start), cpu);
      }
    }
  }

  /** Sends bids at an even rate; what the log refuses is counted and not sent again. */
  private static final class Sender {
    private final Bids bids = new Bids();
    private final LongAdder refused = new LongAdder();
    private final Log log;
    private final FreshnessWatch freshness;

    Sender(Log log, FreshnessWatch freshness) {
      this.log = log;
      this.freshness = freshness;
    }

    /** Returns how many the log took. */
    long send(int eventsPerSecond, int seconds) throws InterruptedException {
      long total = (long) eventsPerSecond * seconds;
      long start = System.nanoTime();
      refused.reset();
      List<CompletableFuture<Long>> requests = new ArrayList<>();
      for (long sent = 0; sent < total; sent += REQUEST) {
        List<Entry> entries = new ArrayList<>(REQUEST);
        while (entries.size() < REQUEST) {
          entries.add(new Entry(NO_KEY, bids.next()));
        }
        requests.add(log.append("bids", entries).whenComplete(this::answered));
        long due = start + (sent + REQUEST) * 1_000_000_000L / eventsPerSecond;
        long wait = due - System.nanoTime();
        if (wait > 1_000_000) {
          Thread.sleep(Duration.ofNanos(wait));
        }
      }
      CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new))
          .handle((_, _) -> "")
          .join();
      return total - refused.sum();
    }

    private void answered(@Nullable Long highestOffset, @Nullable Throwable failure) {
      if (highestOffset == null || failure != null) {
        refused.add(REQUEST);
      } else {
        freshness.acknowledged(highestOffset + 1);
      }
    }
  }

  /** Bids as JSON, one after the other. */
  private static final class Bids {
    private final NexmarkGenerator generator = new NexmarkGenerator();
    private long n;
    private long second = -1;
    private String time = "";

    byte[] next() {
      do {
        generator.generate(n++);
      } while (generator.kind != NexmarkGenerator.Kind.BID);
      if (generator.millis / 1000 != second) {
        second = generator.millis / 1000;
        time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).format(SECONDS);
      }
      return ("{\"auction\":"
              + generator.auction
              + ",\"bidder\":"
              + generator.bidder
              + ",\"price\":"
              + generator.price
              + ",\"channel\":\""
              + generator.channel()
              + "\",\"url\":\""
              + generator.urls[generator.url]
              + "\",\"date_time\":\""
              + time
              + MILLIS[(int) (generator.millis % 1000)]
              + "\",\"extra\":\""
              + generator.texts[generator.text]
              + "\"}")
          .getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private static void report(
      Mill mill,
      FreshnessWatch freshness,
      Instant from,
      long sent,
      Measured sending,
      Measured all,
      Map<String, Long> before)
      throws IOException {
    List<MillStatus.Published> epochs =
        mill.status().recent().stream()
            .filter(e -> e.time().isAfter(from) && e.rows() > 0)
            .sorted(Comparator.comparing(MillStatus.Published::freshness))
            .toList();
    System.out.printf(
        "%,d events taken in %.1f s (sent in %.1f s): %,.0f events/s published; %d epochs%n",
        sent, all.seconds(), sending.seconds(), sent / all.seconds(), epochs.size());
    long[] millis = freshness.millis(0.5, 0.99, 1);
    System.out.printf(
        "freshness, event acknowledged to visible: p50 %d ms, p99 %d ms, worst %d ms%n",
        millis[0], millis[1], millis[2]);
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

  /**
   * CPU nanoseconds by thread, threads of a pool together; those of the JVM itself on Linux only.
   */
  private static Map<String, Long> cpuByThread() throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Long> cpu = new TreeMap<>(nativeThreads());
    for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null) {
        String name = info.getThreadName().replaceAll("\\d+", "#");
        cpu.merge(name, Math.max(0, threads.getThreadCpuTime(info.getThreadId())), Long::sum);
      }
    }
    return cpu;
  }

  /** The compiler's and the collector's threads, which no bean tells of. */
  private static Map<String, Long> nativeThreads() throws IOException {
    Path tasks = Path.of("/proc/self/task");
    Map<String, Long> cpu = new TreeMap<>();
    if (Files.isDirectory(tasks)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
        for (Path task : all) {
          String stat = Files.readString(task.resolve("stat"));
          String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
          String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
          long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
          if (name.matches("(C1|C2) Comp.*")) {
            cpu.merge("(compiling)", ticks * TICK_NANOS, Long::sum);
          } else if (name.matches("(GC|G1|VM) .*")) {
            cpu.merge("(collecting garbage)", ticks * TICK_NANOS, Long::sum);
          }
        }
      }
    }
    return cpu;
  }
}
