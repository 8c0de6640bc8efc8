package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Durability;
import dev.leat.model.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetInputTest {
  private static final int READERS = 4;
  private static final int READS = 250;
  private static final Schema SCHEMA = Bags.EVERY_TYPE;

  @TempDir Path folder;

  /** Tables are written side by side, and each may have to read its files for that. */
  @Test
  void many_threads_read_at_once() throws Exception {
    List<Integer> ids = IcebergSchemas.firstIds(SCHEMA);
    Path file = folder.resolve("rows.parquet");
    Batch rows = rows(100);
    LakeIO io = new LakeIO(new LocalDisk(Durability.PROCESS, folder));
    try (ParquetOutput out =
        new ParquetOutput(io, file, SCHEMA, ids, ParquetOutput.Storage.COMPRESSED)) {
      for (int row = 0; row < rows.size(); row++) {
        out.write(rows, row, 1);
      }
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        counts.add(threads.submit(() -> read(file, ids)));
      }
      for (Future<Long> count : counts) {
        assertThat(count.get()).isEqualTo((long) READS * rows.size());
      }
    }
  }

  private static long read(Path file, List<Integer> ids) throws Exception {
    AtomicLong count = new AtomicLong();
    for (int i = 0; i < READS; i++) {
      ParquetInput.read(file, SCHEMA, ids, (batch, _) -> count.addAndGet(batch.size()));
    }
    return count.get();
  }

  private static Batch rows(int size) {
    Random random = new Random(1);
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    for (int i = 0; i < size; i++) {
      Bags.appendRow(builder, random, 1);
    }
    return builder.build();
  }
}
