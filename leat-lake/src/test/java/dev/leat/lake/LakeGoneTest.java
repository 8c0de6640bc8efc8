package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeGoneTest {
  private static final Schema SCHEMA = Schema.of(Column.required("id", Type.BIGINT));

  @TempDir Path folder;

  /** A disk that is taken away as soon as an epoch has its name. */
  private record LeavingDisk(Disk disk, Path root, Path away) implements Disk {
    @Override
    public OutputStream create(Path file) throws IOException {
      return disk.create(file);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
      disk.link(file, name);
      Files.move(root, away);
    }

    @Override
    public void delete(Path file) throws IOException {
      disk.delete(file);
    }

    @Override
    public void settle(Path file) throws IOException {
      disk.settle(file);
    }

    @Override
    public void settleNames() throws IOException {
      disk.settleNames();
    }
  }

  @Test
  void what_is_published_is_said_to_be() throws Exception {
    Path root = folder.resolve("lake");
    Path away = folder.resolve("away");
    Disk disk = new LeavingDisk(new LocalDisk(Durability.PROCESS, root), root, away);
    try (Lake lake = Lake.open(root, LakeOptions.DEFAULT, disk)) {
      try (EpochWriter writer = lake.begin()) {
        writer.apply("rows", SCHEMA, row(1));
        assertThat(writer.commit(Instant.EPOCH, Map.of()).number()).isEqualTo(1);
      }
      Files.move(away, root);
      try (EpochWriter writer = lake.begin()) {
        assertThat(writer.previous().number()).isEqualTo(1);
      }
    }
  }

  private static Batch row(long id) {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    builder.appendValues(1, id);
    return builder.build();
  }
}
