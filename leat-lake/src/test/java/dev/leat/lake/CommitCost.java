package dev.leat.lake;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.Durability;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What an epoch costs: {@code CommitCost FOLDER DURABILITY TABLES ROWS CHANGES EPOCHS}. Each epoch
 * updates CHANGES rows of each of TABLES tables of ROWS rows.
 */
final class CommitCost {
  private static final Schema SCHEMA =
      Schema.of(
          Column.required("id", Type.BIGINT),
          Column.required("name", Type.VARCHAR),
          Column.required("count", Type.BIGINT),
          Column.required("total", Type.decimal(18, 2)),
          Column.required("at", Type.TIMESTAMP));

  private CommitCost() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(args[0]), "lake");
    int tables = Integer.parseInt(args[2]);
    int rows = Integer.parseInt(args[3]);
    int changes = Integer.parseInt(args[4]);
    int epochs = Integer.parseInt(args[5]);
    LakeOptions options = LakeOptions.DEFAULT.withDurability(Durability.valueOf(args[1]));
    long[][] values = new long[tables][rows];
    Random random = new Random(1);
    double[] millis = new double[epochs];
    double[] cpu = new double[epochs];
    try (Lake lake = Lake.open(folder, options)) {
      try (EpochWriter writer = lake.begin()) {
        for (int t = 0; t < tables; t++) {
          BatchBuilder batch = new BatchBuilder(SCHEMA);
          for (int r = 0; r < rows; r++) {
            append(batch, r, 0, 1);
          }
          writer.apply("t" + t, SCHEMA, batch.build());
        }
        writer.commit(Instant.now(), Map.of());
      }
      for (int e = 0; e < epochs; e++) {
        Batch[] batches = new Batch[tables];
        for (int t = 0; t < tables; t++) {
          BatchBuilder batch = new BatchBuilder(SCHEMA);
          for (int c = 0; c < changes; c++) {
            int row = random.nextInt(rows);
            append(batch, row, values[t][row]++, -1);
            append(batch, row, values[t][row], 1);
          }
          batches[t] = batch.build();
        }
        long start = System.nanoTime();
        long used = cpu();
        try (EpochWriter writer = lake.begin()) {
          for (int t = 0; t < tables; t++) {
            writer.apply("t" + t, SCHEMA, batches[t]);
          }
          writer.commit(Instant.now(), Map.of());
        }
        millis[e] = (System.nanoTime() - start) / 1e6;
        cpu[e] = (cpu() - used) / 1e6;
        if (e % 10 == 9) {
          RowByRow.compact(lake);
          lake.expire(new Retention(Duration.ofHours(1), 20, 50), Instant.now());
        }
      }
    }
    int from = epochs / 2;
    double[] late = Arrays.copyOfRange(millis, from, epochs);
    Arrays.sort(late);
    System.out.printf(
        Locale.ROOT,
        "%s: epoch p50 %.1f p95 %.1f max %.1f ms; %.2f ms wall and %.2f ms CPU a table%n",
        String.join(" ", args),
        late[late.length / 2],
        late[late.length * 95 / 100],
        late[late.length - 1],
        late[late.length / 2] / tables,
        Arrays.stream(cpu, from, epochs).average().orElse(0) / tables);
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void append(BatchBuilder batch, long id, long count, long weight) {
    batch.column(0).append(id);
    batch.column(1).append("customer " + id);
    batch.column(2).append(count);
    batch.column(3).append(count * 1999);
    batch.column(4).append(1_700_000_000_000_000L + id * 1_000_000);
    batch.endRow(weight);
  }
}
