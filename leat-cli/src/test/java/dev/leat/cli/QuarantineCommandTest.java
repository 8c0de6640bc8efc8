package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.log.Entry;
import dev.leat.mill.MillOptions;
import dev.leat.mill.Proofs;
import dev.leat.mill.Workspace;
import dev.leat.model.Project;
import dev.leat.model.ProjectReader;
import dev.leat.model.Variables;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineCommandTest {
  private static final String BAD = "{\"id\": 7, \"amount\": \"many\"}";

  @TempDir private Path folder;

  @BeforeEach
  void aProjectWithABadEvent() throws IOException {
    file(
        "leat.yaml",
        """
        name: shop
        objectives: {freshness: 2s, availability: 99.9%, rto: 30s, rpo: 0s, budget: 50 USD/month}
        """);
    file(
        "sources/web.yaml",
        """
        kind: http
        tables:
          clicks:
            columns: {id: bigint not null, amount: bigint not null}
            key: [id]
        """);
    file("tables/marts/a/total.sql", "SELECT COUNT(*) AS n, SUM(amount) AS amount FROM clicks");
    try (Workspace workspace = Workspace.open(project(), MillOptions.DEFAULT)) {
      Entry bad = Entry.of(BAD.getBytes(StandardCharsets.UTF_8));
      workspace.log().orElseThrow().append("clicks", List.of(bad)).join();
      workspace.fill();
    }
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Project project() {
    return ProjectReader.read(folder, ProjectReader.DEFAULT_PROFILE, Variables.of(Map.of()))
        .orThrow();
  }

  private record Ran(int status, String out, String err) {}

  private static Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        Leat.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }

  @Test
  void listsCorrectsAndReplays() throws IOException {
    String dir = folder.toString();
    assertThat(run("quarantine", "list", dir).out())
        .contains("clicks:0:0", "amount: ", BAD)
        .hasLineCount(2);
    Ran machine = run("quarantine", "list", dir, "--json", "--source", "CLICKS");
    assertThat(machine.out()).hasLineCount(1).contains("\"raw\": \"{\\\"id\\\": 7,");
    assertThat(run("quarantine", "list", dir, "--source", "it's").out()).isEmpty();

    Ran still = run("quarantine", "replay", dir, "clicks:0:0", "--json");
    assertThat(still.status()).as("still bad").isEqualTo(Leat.NO);
    assertThat(still.err()).contains("{\"code\": \"LEAT-3002\"").hasLineCount(1);
    String corrected = file("corrected.json", "{\"id\": 7, \"amount\": 3}\n").toString();
    assertThat(run("quarantine", "replay", dir, "a", "b", "--with", corrected).status())
        .as("one file for two rows")
        .isEqualTo(Leat.WRONG_USE);
    assertThat(run("quarantine", "drop", dir, "clicks:0:9").status())
        .as("no such row")
        .isEqualTo(Leat.WRONG_USE);
    assertThat(run("quarantine", "list", dir).out()).contains("clicks:0:0");

    Ran done = run("quarantine", "replay", dir, "clicks:0:0", "--with", corrected, "--json");
    assertThat(done.status()).isEqualTo(Leat.DONE);
    assertThat(done.out()).isEqualToIgnoringNewLines("{\"rows\": 1, \"epoch\": 2}");
    assertThat(run("quarantine", "list", dir).out()).isEmpty();
    assertThat(Proofs.of(project(), List.of()).values())
        .hasSize(1)
        .allMatch(proof -> proof.equal() && proof.rows() == 1);
  }

  @Test
  void drops() {
    String dir = folder.toString();
    assertThat(run("quarantine", "drop", dir, "clicks:0:0").status()).isEqualTo(Leat.DONE);
    assertThat(run("quarantine", "list", dir).out()).isEmpty();
  }

  @Test
  void refusesWhileAnotherProcessHasTheProjectAndDoesNotAnswer() {
    try (var _ = Workspace.open(project(), MillOptions.DEFAULT)) {
      assertThat(run("quarantine", "replay", folder.toString(), "clicks:0:0").status())
          .isEqualTo(Leat.FAILED);
    }
    assertThat(run("quarantine", "list", folder.toString()).out()).contains("clicks:0:0");
  }

  @Test
  void isDoneByTheProcessThatIsUp() throws Exception {
    try (Commands leat = new Commands()) {
      Process up = leat.start(folder, "up", folder.toString(), "--port", "0");
      Commands.invitation(up);
      String dir = folder.toString();
      assertThat(run("quarantine", "replay", dir, "clicks:0:0").status()).isEqualTo(Leat.NO);
      String corrected = file("corrected.json", "{\"id\": 7, \"amount\": 3}\n").toString();
      assertThat(run("quarantine", "replay", dir, "clicks:0:0", "--with", corrected).status())
          .isEqualTo(Leat.DONE);
      assertThat(run("quarantine", "list", dir).out()).isEmpty();
      Ran status = run("status", dir, "--json");
      assertThat(status.out())
          .contains("\"up\": true", "\"lag\": 0", "\"position\": \"replays:1, 0:1\"")
          .contains("\"name\": \"freshness\"", "\"met\": \"not_measured_yet\"");
      up.destroy();
      assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(run("status", dir).out())
          .contains("; not up", " –          –  replays:1, 0:1")
          .containsPattern("Objective freshness 2.0 s: (not )?met \\(met \\d")
          .contains("Objective availability 99.9 %: not measured yet")
          .contains("Objective rto 30.0 s: not measured yet")
          .contains("Objective rpo 0 ms: not measured yet")
          .contains("Objective budget 50 USD a month: not measured yet");
    }
    assertThat(Proofs.of(project(), List.of()).values())
        .hasSize(1)
        .allMatch(proof -> proof.equal() && proof.rows() == 1);
  }
}
