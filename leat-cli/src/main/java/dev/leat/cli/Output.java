package dev.leat.cli;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an answer is written: standard output, or a file. Standard output is not the stream of the
 * JVM, which goes on as if nothing was lost when a disk is full.
 *
 * @param isFile whether it ends with the answer; standard output is the process's, and stays open
 */
record Output(Writer writer, boolean isFile) implements AutoCloseable {
  /** What the system says. */
  private static final String READER_GONE = "Broken pipe";

  /**
   * @throws LeatException LEAT-8003 when the file cannot be written
   */
  static Output to(Optional<Path> path) {
    path.ifPresent(Output::requirePlace);
    try {
      return path.isPresent()
          ? new Output(Files.newBufferedWriter(path.get()), true)
          : new Output(
              new BufferedWriter(
                  new OutputStreamWriter(
                      new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8)),
              false);
    } catch (IOException e) {
      throw unwritten(path, e.toString());
    }
  }

  /** Writes a file's bytes to standard output. */
  @SuppressWarnings("resource") // standard output is the process's
  static void send(Path file) throws IOException {
    Files.copy(file, new FileOutputStream(FileDescriptor.out));
  }

  /** Asks whether a file can stand there, before anything is worked out. */
  static void requirePlace(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw unwritten(Optional.of(path), "there is no such folder");
    }
    if (Files.isDirectory(path)) {
      throw unwritten(Optional.of(path), "it is a folder");
    }
  }

  /** Whether who reads an answer, such as {@code head}, has seen enough. */
  static boolean isReaderGone(IOException e) {
    return READER_GONE.equals(e.getMessage());
  }

  /**
   * Whether it is for that reason that the stream of the JVM has failed. It keeps the reason to
   * itself; who writes one more line end is told.
   */
  @SuppressWarnings("resource") // standard output is the process's
  static boolean isReaderGone() {
    try {
      new FileOutputStream(FileDescriptor.out).write('\n');
      return false;
    } catch (IOException e) {
      return isReaderGone(e);
    }
  }

  static LeatException unwritten(Optional<Path> path, String why) {
    return new LeatException(
        Problem.of(
            ErrorCode.OUTPUT_UNWRITTEN,
            path.map(file -> "File " + file).orElse("Standard output")
                + " cannot be written: "
                + why
                + ".",
            path.isPresent() ? "Name a file that can be." : "Make room there, and ask again."));
  }

  @Override
  public void close() throws IOException {
    if (isFile) {
      writer.close();
    } else {
      writer.flush();
    }
  }
}
