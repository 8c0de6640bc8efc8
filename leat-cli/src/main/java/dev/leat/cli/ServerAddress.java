package dev.leat.cli;

import dev.leat.model.Project;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the server of a project that is up listens, in {@code .leat/address}: its address, and
 * which process it is. A process that was killed leaves the file behind, and whoever listens there
 * by then must not be sent the project's token.
 */
final class ServerAddress {
  private final Path file;

  private ServerAddress(Path file) {
    this.file = file;
  }

  static ServerAddress of(Project project) {
    return new ServerAddress(project.stateFolder().resolve("address"));
  }

  /** Notes that this process listens there. */
  void write(URI address) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Files.write(file, List.of(address.toString(), Long.toString(self.pid()), program(self)));
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** The address, if the process that noted it still runs. */
  Optional<URI> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 3) {
      return Optional.empty(); // it is being written, or a power cut left it empty
    }
    return ProcessHandle.of(Long.parseLong(lines.get(1)))
        .filter(process -> process.isAlive() && program(process).equals(lines.get(2)))
        .map(_ -> URI.create(lines.getFirst()));
  }

  /**
   * A process's id is given again when it has ended, hardly to the same program; that of another
   * user's process is not told. When it was started would say more, but moves as clocks are set.
   */
  private static String program(ProcessHandle process) {
    return process.info().command().orElse("unknown");
  }
}
