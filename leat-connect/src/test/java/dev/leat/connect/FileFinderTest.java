package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFinderTest {
  @TempDir Path outer;

  @Test
  void aFolderMayHaveTheSignsOfGlobsInItsName() throws IOException {
    Path folder = Files.createDirectory(outer.resolve("it's [v2] {a,b} *? #1 %20"));
    Path inbox = Files.createDirectory(folder.resolve("inbox"));
    Path file = Files.createFile(inbox.resolve("1.csv"));
    Files.createFile(inbox.resolve("1.txt"));
    assertThat(new FileFinder(folder, "inbox/*.csv").look())
        .extracting(FileFinder.Seen::path)
        .containsExactly(file);
    assertThat(new FileFinder(folder, "./in*/*.{csv,json}").look()).hasSize(1);
  }
}
