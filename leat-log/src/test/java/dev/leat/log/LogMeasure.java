package dev.leat.log;

import dev.leat.model.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Measures start, append, read and stop of the embedded broker. Not a test: run it by hand. */
final class LogMeasure {
  private LogMeasure() {}

  public static void main(String[] args) throws Exception {
    Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("leat-log");
    Durability durability = args.length > 1 ? Durability.valueOf(args[1]) : Durability.PROCESS;
    int records = args.length > 2 ? Integer.parseInt(args[2]) : 2_000_000;
    long began = System.nanoTime();
    EmbeddedBroker broker = EmbeddedBroker.start(folder, durability);
    say("start", began);
    began = System.nanoTime();
    Log log = Log.connect(broker.address());
    log.create("t", Duration.ofDays(1));
    say("create topic", began);
    long from;
    try (LogReader reader = log.reader("t")) {
      from = reader.end().getOrDefault(0, 0L);
    }
    say("first end offset", began);
    append(log, records);
    for (int run = 0; run < 3; run++) {
      read(log, from, from + records);
    }
    waits(log);
    log.close();
    began = System.nanoTime();
    broker.close();
    say("stop", began);
    System.out.println("threads " + Thread.activeCount());
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(l -> l.startsWith("VmHWM") || l.startsWith("VmRSS"))
        .forEach(System.out::println);
  }

  private static void append(Log log, int records) {
    byte[] value = new byte[150];
    new Random(1).nextBytes(value);
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) ('a' + (value[i] & 15));
    }
    List<Entry> batch = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      batch.add(Entry.of(value));
    }
    long began = System.nanoTime();
    List<CompletableFuture<Long>> open = new ArrayList<>();
    for (int i = 0; i < records; i += 500) {
      open.add(log.append("t", batch));
      if (open.size() == 100) {
        open.removeFirst().join();
      }
    }
    open.forEach(CompletableFuture::join);
    rate("append", records, began);
  }

  private static void read(Log log, long from, long until) {
    long began = System.nanoTime();
    long bytes = 0;
    try (LogReader reader = log.reader("t")) {
      for (long at = from; at < until; ) {
        Records records = reader.read(0, at, until, 10_000);
        bytes += records.size();
        at = records.next();
      }
    }
    rate("read", bytes, began);
  }

  private static void waits(Log log) {
    byte[] value = new byte[150];
    long[] nanos = new long[300];
    for (int i = 0; i < nanos.length; i++) {
      long began = System.nanoTime();
      log.append("t", Entry.NO_KEY, value).join();
      nanos[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    System.out.printf("one append p50 %.2f ms p99 %.2f ms%n", nanos[150] / 1e6, nanos[297] / 1e6);
  }

  private static void rate(String what, long records, long began) {
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf("%s %d in %.2f s: %.0f/s%n", what, records, seconds, records / seconds);
  }

  private static void say(String what, long began) {
    System.out.printf("%s %d ms%n", what, (System.nanoTime() - began) / 1_000_000);
  }
}
