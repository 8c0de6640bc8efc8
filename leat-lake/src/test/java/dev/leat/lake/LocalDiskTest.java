package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.leat.model.Durability;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second name for a file, also where there can be no link. */
class LocalDiskTest {
  private static final Path ELSEWHERE = Path.of("/dev/shm");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void a_file_of_another_file_system_is_copied_whole(Durability durability) throws Exception {
    assumeThat(ELSEWHERE).isDirectory().isWritable();
    assumeThat(Files.getFileStore(ELSEWHERE)).isNotEqualTo(Files.getFileStore(folder));
    Path file = Files.createTempFile(ELSEWHERE, "leat", ".parquet");
    try {
      Files.writeString(file, "rows");
      LocalDisk disk = new LocalDisk(durability, folder);
      disk.link(file, folder.resolve("a.parquet"));
      assertThat(folder.resolve("a.parquet")).hasContent("rows");
      assertThatThrownBy(() -> disk.link(file, folder.resolve("a.parquet")))
          .isInstanceOf(FileAlreadyExistsException.class);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(folder.resolve("a.parquet"));
      }
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void a_name_that_is_taken_is_told() throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "mine");
    Path name = Files.writeString(folder.resolve("b"), "another's");
    LocalDisk disk = new LocalDisk(Durability.PROCESS, folder);
    assertThatThrownBy(() -> disk.link(file, name)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(name).hasContent("another's");
    assertThatThrownBy(() -> disk.link(folder.resolve("none"), folder.resolve("c")))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("c")).doesNotExist();
  }
}
