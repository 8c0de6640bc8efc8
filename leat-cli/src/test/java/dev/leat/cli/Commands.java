package dev.leat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line in processes of its own, as a shell starts it. */
final class Commands implements AutoCloseable {
  private final List<Process> processes = new ArrayList<>();

  /** Starts a command; what it says goes where its answers go. */
  Process start(Path folder, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Leat.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    processes.add(process);
    return process;
  }

  /** Runs a command that must succeed. */
  String output(Path folder, String... arguments) throws IOException, InterruptedException {
    Process process = start(folder, arguments);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", arguments) + "\n" + output).isZero();
    return output;
  }

  /** The address that {@code up} prints when it is ready. */
  static URI invitation(Process up) throws IOException {
    StringBuilder said = new StringBuilder();
    BufferedReader out = up.inputReader(UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      int at = line.indexOf("http://");
      if (at >= 0) {
        Thread.ofVirtual().start(() -> drain(out));
        return URI.create(line.substring(at).strip());
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("up ended without an address: " + said);
  }

  /** What nobody reads would fill its pipe and stop it. */
  private static void drain(BufferedReader out) {
    try {
      out.transferTo(Writer.nullWriter());
    } catch (IOException _) {
      // It has ended.
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
