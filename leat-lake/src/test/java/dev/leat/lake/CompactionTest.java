package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which files are written as one. */
class CompactionTest {
  private static FileList.Entry worn(String path, long megabytes) {
    FileList.Deletions half = new FileList.Deletions(path + ".puffin", 1, 0, 1, 500);
    return new FileList.Entry(path, 1_000, megabytes << 20, false, Optional.of(half));
  }

  @Test
  void worn_files_are_not_merged_into_one_without_an_end() {
    List<FileList.Entry> worn = List.of(worn("a", 300), worn("b", 200), worn("c", 300));
    assertThat(Compaction.inputs(worn)).isEqualTo(worn.subList(0, 2));
  }

  @Test
  void a_worn_file_of_any_size_is_written_anew() {
    List<FileList.Entry> worn = List.of(worn("a", 900), worn("b", 1));
    assertThat(Compaction.inputs(worn)).isEqualTo(worn.subList(0, 1));
  }
}
