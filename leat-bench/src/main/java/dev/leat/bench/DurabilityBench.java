package dev.leat.bench;

import dev.leat.data.BatchBuilder;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import dev.leat.lake.LakeOptions;
import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.model.Column;
import dev.leat.model.Durability;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What surviving a power cut costs: the same work with and without, back to back. */
final class DurabilityBench {
  private static final int APPENDS = 1_000;
  private static final int REQUEST = 500;
  private static final int EPOCHS = 100;
  private static final int TABLES = 5;
  private static final int ROWS = 1_000;
  private static final Entry EVENT =
      Entry.of(
          "{\"id\": 12345678, \"text\": \"%0180d\"}".formatted(1).getBytes(StandardCharsets.UTF_8));
  private static final Schema SCHEMA =
      Schema.of(Column.required("id", Type.BIGINT), Column.required("total", Type.BIGINT));

  private DurabilityBench() {}

  /**
   * @param folder on the disk that is to be measured
   */
  static void run(Path folder, int runs) throws Exception {
    System.out.printf(
        "median of %d runs, each 1,000 appends of one event, 1,000 of %d, %d epochs of %d tables%n%n",
        runs, REQUEST, EPOCHS, TABLES);
    System.out.println("| | process | power |");
    System.out.println("|---|---|---|");
    double[][][] all = new double[2][runs][];
    for (int run = 0; run < runs; run++) {
      for (Durability durability : Durability.values()) {
        all[durability.ordinal()][run] = measure(folder, durability);
      }
    }
    row("acknowledging one event, median ms", all, 0);
    row("the same, 99th percentile ms", all, 1);
    row("events/s in requests of " + REQUEST, all, 2);
    row("publishing an epoch, median ms", all, 3);
    row("the same, 99th percentile ms", all, 4);
  }

  private static void row(String what, double[][][] all, int figure) {
    System.out.printf(
        "| %s | %,.1f | %,.1f |%n", what, median(all[0], figure), median(all[1], figure));
  }

  private static double median(double[][] runs, int figure) {
    return Arrays.stream(runs).mapToDouble(r -> r[figure]).sorted().toArray()[runs.length / 2];
  }

  private static double[] measure(Path folder, Durability durability) throws Exception {
    Path place = Files.createTempDirectory(folder, "leat-durability");
    try {
      double[] one;
      double[] many;
      try (EmbeddedBroker broker = EmbeddedBroker.start(place.resolve("log"), durability);
          Log log = Log.connect(broker.address())) {
        log.create("events", Duration.ofDays(1));
        append(log, 1);
        one = append(log, 1);
        many = append(log, REQUEST);
      }
      double[] epochs = epochs(place.resolve("lake"), durability);
      return new double[] {
        quantile(one, 0.5),
        quantile(one, 0.99),
        REQUEST * 1_000.0 * many.length / Arrays.stream(many).sum(),
        quantile(epochs, 0.5),
        quantile(epochs, 0.99)
      };
    } finally {
      BenchProjects.delete(place);
    }
  }

  /** Milliseconds until each append is acknowledged. */
  private static double[] append(Log log, int events) {
    List<Entry> entries = Collections.nCopies(events, EVENT);
    double[] millis = new double[APPENDS];
    for (int i = 0; i < APPENDS; i++) {
      long start = System.nanoTime();
      log.append("events", entries).join();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return millis;
  }

  /** Milliseconds to publish each epoch, the later half of them. */
  private static double[] epochs(Path folder, Durability durability) throws IOException {
    double[] millis = new double[EPOCHS];
    Random random = new Random(1);
    long[] totals = new long[ROWS];
    try (Lake lake = Lake.open(folder, LakeOptions.DEFAULT.withDurability(durability))) {
      for (int epoch = -1; epoch < EPOCHS; epoch++) {
        BatchBuilder batch = new BatchBuilder(SCHEMA);
        for (int i = 0; i < (epoch < 0 ? ROWS : 10); i++) {
          int id = epoch < 0 ? i : random.nextInt(ROWS);
          if (epoch >= 0) {
            batch.appendValues(-1, (long) id, totals[id]++);
          }
          batch.appendValues(1, (long) id, totals[id]);
        }
        long start = System.nanoTime();
        try (EpochWriter writer = lake.begin()) {
          for (int table = 0; table < TABLES; table++) {
            writer.apply("t" + table, SCHEMA, batch.build());
          }
          writer.commit(Instant.now(), Map.of());
        }
        if (epoch >= 0) {
          millis[epoch] = (System.nanoTime() - start) / 1e6;
        }
      }
    }
    return Arrays.copyOfRange(millis, EPOCHS / 2, EPOCHS);
  }

  private static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * q)];
  }
}
