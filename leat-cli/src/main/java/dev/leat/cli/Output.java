package dev.leat.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where an answer is written: standard output, or a file. */
record Output(Appendable appendable, Optional<Writer> file) implements AutoCloseable {

  static Output to(Optional<Path> path) {
    return path.map(Output::file)
        .orElseGet(() ->
            new Output(
                new PrintStream(
                    new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                Optional.empty()));
  }

  private static Output file(Path path) {
    try {
      Writer writer = Files.newBufferedWriter(path);
      return new Output(writer, Optional.of(writer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
