package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.model.Column;
import dev.leat.model.Durability;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When one table cannot be written, the others have ended before what they wrote is deleted. */
class WorkersTest {
  private static final Schema SCHEMA = Schema.of(Column.required("id", Type.BIGINT));

  @TempDir Path folder;

  /** The table "bad" fails as soon as "slow" is being written, which then waits for a deletion. */
  private static final class UnevenDisk implements Disk {
    private final Disk disk;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch deleted = new CountDownLatch(1);
    private final AtomicBoolean deletedTooEarly = new AtomicBoolean();

    UnevenDisk(Disk disk) {
      this.disk = disk;
    }

    @Override
    public OutputStream create(Path file) throws IOException {
      try {
        if (file.toString().contains("bad-1")) {
          begun.await();
          throw new StackOverflowError("too deep");
        }
        if (begun.getCount() > 0) {
          OutputStream out = disk.create(file);
          begun.countDown();
          deletedTooEarly.set(deleted.await(500, TimeUnit.MILLISECONDS));
          return out;
        }
        return disk.create(file);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void link(Path file, Path name) throws IOException {
      disk.link(file, name);
    }

    @Override
    public void delete(Path file) throws IOException {
      disk.delete(file);
      deleted.countDown();
    }

    @Override
    public void settle(Path file) {}

    @Override
    public void settleNames() {}
  }

  @Test
  void an_error_waits_for_those_that_still_write() throws Exception {
    UnevenDisk disk = new UnevenDisk(new LocalDisk(Durability.PROCESS, folder));
    try (Lake lake = Lake.open(folder, LakeOptions.DEFAULT, disk)) {
      assertThatThrownBy(() -> publish(lake)).isInstanceOf(StackOverflowError.class);
      assertThat(disk.deletedTooEarly).isFalse();
      try (Stream<Path> files = Files.walk(folder)) {
        assertThat(files.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  private static void publish(Lake lake) {
    try (EpochWriter writer = lake.begin()) {
      writer.apply("bad", SCHEMA, row());
      writer.apply("slow", SCHEMA, row());
      writer.commit(Instant.EPOCH, Map.of());
    }
  }

  private static Batch row() {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    builder.appendValues(1, 1L);
    return builder.build();
  }
}
