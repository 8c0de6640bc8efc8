package dev.leat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the repository that is generated: a test fails when it is stale. */
record GeneratedFile(String path) {

  /** Compares, or with {@code -Dleat.accept=true} writes. */
  void mustBe(String text) throws IOException {
    Path file = file();
    if (Boolean.getBoolean("leat.accept")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(file)
        .as("%s is generated; write it anew with -Dleat.accept=true", path)
        .exists()
        .hasContent(text);
  }

  Path file() {
    return Path.of("..").resolve(path);
  }
}
