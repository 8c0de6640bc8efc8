package dev.leat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every {@code ./leat …} that the README and the pages of docs show is run by a test: those of the
 * tutorial by {@link TutorialTest}, the others here.
 */
class DocumentedCommandsTest {
  private static final Pattern SHOWN = Pattern.compile("\\./leat ([a-z][^`\\n#]*)");

  @TempDir private Path folder;

  /** What is shown, with a word for each thing a reader puts in. */
  private static TreeSet<String> shown() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Sources.ROOT.resolve("README.md")));
    pages.add(Sources.ROOT.resolve("CONTRIBUTING.md"));
    try (Stream<Path> docs = Files.walk(Sources.ROOT.resolve("docs"))) {
      docs.filter(p -> p.toString().endsWith(".md"))
          .filter(p -> !p.endsWith("tutorial.md"))
          .forEach(pages::add);
    }
    TreeSet<String> found = new TreeSet<>();
    for (Path page : pages) {
      SHOWN.matcher(Files.readString(page)).results().forEach(r -> found.add(r.group(1).strip()));
    }
    return found;
  }

  @Test
  void areRun() throws Exception {
    TreeSet<String> left = shown();
    left.remove("test"); // which runs this
    left.remove("test --nightly"); // the same for hours: here only the option is looked for
    assertThat(Files.readString(Sources.ROOT.resolve("leat"))).contains("\"--nightly\"");
    left.removeIf(
        command -> command.matches("quarantine (replay|drop) .*")); // QuarantineCommandTest
    benchmarksAreKnown(left);
    assertThat(left).contains("up examples/wheels");
    left.removeIf(command -> command.matches("up( .*)?"));
    try (Commands leat = new Commands()) {
      up(leat);
    }
    onTheShop(left);
    assertThat(left).as("shown in README or docs, and run by no test").isEmpty();
  }

  /** Benchmarks take minutes: here only their names are checked. The test run compiles them. */
  private static void benchmarksAreKnown(TreeSet<String> left) throws IOException {
    String bench =
        Files.readString(
            Sources.ROOT.resolve("leat-bench/src/main/java/dev/leat/bench/Bench.java"));
    for (String command : List.copyOf(left)) {
      if (command.startsWith("bench ")) {
        String name = command.split(" ", -1)[1];
        assertThat(bench.contains("case \"" + name + "\"") || name.equals("…"))
            .as(command)
            .isTrue();
        left.remove(command);
      }
    }
  }

  /** The README's first command, and what machines are told by it. */
  private void up(Commands leat) throws Exception {
    Path wheels = folder.resolve("wheels");
    Folders.copy(Sources.ROOT.resolve("examples/wheels"), wheels);
    Process up = leat.start(folder, "up", "wheels", "--port", "0", "--json");
    BufferedReader said = up.inputReader(UTF_8);
    String line = said.readLine();
    while (line != null && !line.startsWith("{\"project\": \"wheels\"")) {
      line = said.readLine(); // what the JVM says of itself
    }
    assertThat(line).contains("\"address\": \"http://127.0.0.1:", "\"invitation\": \"http://");
    assertThat(leat.output(folder, "simulate", "wheels", "clicks", "--seconds", "1", "--json"))
        .containsPattern("\\{\"sent\": \\d+\\}");
    assertThat(leat.output(folder, "prove", "wheels")).contains("equal").doesNotContain("DIFFERS");
    assertThat(leat.output(folder, "status", "wheels"))
        .contains("; up", "Objective budget 50 USD a month: not measured yet");
    Process second = leat.start(folder, "run", "wheels", "--json");
    assertThat(new String(second.getInputStream().readAllBytes(), UTF_8)).contains("LEAT-6001");
    assertThat(second.waitFor()).isEqualTo(Leat.FAILED);
    up.destroy();
    assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(up.exitValue()).isEqualTo(Leat.DONE);
  }

  private void onTheShop(TreeSet<String> left) {
    String shop = folder.resolve("shop").toString();
    succeeds("init", shop);
    succeeds("run", shop);
    left.removeIf(command -> Leat.commandLine().getSubcommands().containsKey(command)); // its name
    for (String command : List.copyOf(left)) {
      String[] words = command.split(" ", -1);
      switch (words[0]) {
        case "init" -> succeeds("init", folder.resolve("another " + left.size()).toString());
        case "query" -> succeeds("query", shop, "SELECT * FROM pages_by_day");
        case "run", "validate", "explain", "prove", "status", "quarantine" ->
            succeeds(
                Stream.of(words)
                    .map(word -> word.matches("shop|DIR") ? shop : word)
                    .map(word -> word.equals("TABLE") ? "pages_by_day" : word)
                    .toArray(String[]::new));
        default -> {
          continue;
        }
      }
      left.remove(command);
    }
  }

  private static void succeeds(String... arguments) {
    assertThat(Leat.commandLine().execute(arguments))
        .as(String.join(" ", arguments))
        .isEqualTo(Leat.DONE);
  }
}
