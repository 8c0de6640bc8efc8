package dev.leat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what docs/tutorial.md says, command by command, and compares what it shows. */
class TutorialTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern NUMBER = Pattern.compile("[0-9][0-9,.:-]*");
  private static final String SELECT = "tables/marts/web/pages_by_day.sql";

  @TempDir private Path folder;
  private final Commands leat = new Commands();
  private final StringBuilder functions = new StringBuilder();
  private String port = "";

  @AfterEach
  void stop() {
    leat.close();
  }

  @Test
  void isTrue() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      port = Integer.toString(free.getLocalPort());
    }
    List<Process> up = new ArrayList<>();
    List<MatchResult> blocks =
        BLOCK
            .matcher(Files.readString(Sources.ROOT.resolve("docs/tutorial.md")))
            .results()
            .toList();
    assertThat(blocks).hasSizeGreaterThan(8);
    for (MatchResult block : blocks) {
      String text = block.group(2).replace("localhost:8080", "localhost:" + port);
      if (text.startsWith("$ ./leat up ")) {
        up.add(leat.start(folder, "up", "shop", "--port", port));
        Commands.invitation(up.getLast());
      } else if (block.group(1).equals("sql")) {
        up.getLast().destroy();
        assertThat(up.getLast().waitFor(60, TimeUnit.SECONDS)).isTrue();
        change(text);
      } else if (block.group(1).equals("sh")) {
        shell(text);
      } else if (text.startsWith("$ ")) {
        type(text);
      }
    }
  }

  /** Puts the columns shown in the place of those the table has. */
  private void change(String columns) throws IOException {
    Path file = folder.resolve("shop").resolve(SELECT);
    String sql = Files.readString(file);
    int from = sql.indexOf("SELECT");
    Files.writeString(
        file, sql.substring(0, from) + columns + sql.substring(sql.indexOf("FROM", from)));
  }

  /** Functions defined in one block are there in the next. */
  private void shell(String text) throws Exception {
    text.lines()
        .filter(l -> l.matches("\\w+\\(\\) \\{.*"))
        .forEach(l -> functions.append(l + "\n"));
    Process bash =
        new ProcessBuilder("bash", "-ec", functions + text)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    assertThat(output).contains("{\"accepted\":1}");
    assertThat(output.contains("LEAT-3002")).as(output).isEqualTo(text.contains("yesterday"));
  }

  /** Commands with what they print below them. */
  private void type(String block) throws Exception {
    for (String part : block.split("(?m)^\\$ ")) {
      if (!part.isBlank()) {
        List<String> lines = part.lines().toList();
        assertThat(lines.getFirst()).startsWith("./leat ");
        shows(
            arguments(lines.getFirst().substring("./leat ".length())),
            lines.subList(1, lines.size()));
      }
    }
  }

  /** Events take a moment from the log to the tables: a command may need to be asked again. */
  private void shows(String[] arguments, List<String> shown) throws Exception {
    List<String> expected =
        shown.stream()
            .map(TutorialTest::masked)
            .filter(l -> !l.isBlank() && !l.equals("…"))
            .toList();
    for (int attempt = 0; ; attempt++) {
      String output = leat.output(folder, arguments);
      List<String> lines = output.lines().map(TutorialTest::masked).toList();
      if (attempt == 5 || lines.containsAll(expected)) {
        assertThat(lines).as(String.join(" ", arguments)).containsAll(expected);
        return;
      }
    }
  }

  private static String[] arguments(String line) {
    List<String> arguments = new ArrayList<>();
    ARGUMENT
        .matcher(line)
        .results()
        .forEach(r -> arguments.add(r.group(1) == null ? r.group(2) : r.group(1)));
    return arguments.toArray(String[]::new);
  }

  /** Numbers differ from run to run, and so do the widths of columns. */
  private static String masked(String line) {
    return String.join(
        " ",
        Arrays.asList(
            NUMBER
                .matcher(line.replaceAll("─+", "─"))
                .replaceAll("#")
                .replace("# ms", "# s")
                .strip()
                .split("\\s+")));
  }
}
