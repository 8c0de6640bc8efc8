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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineCommandTest {
  private static final String BAD = "{\"id\": 7, \"amount\": \"many\"}";

  @TempDir private Path folder;

  @BeforeEach
  void aProjectWithABadEvent() throws IOException {
    file("leat.yaml", "name: shop\n");
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

  private record Ran(int status, String out) {}

  private static Ran run(String... arguments) {
    var out = new StringWriter();
    int status = Leat.commandLine().setOut(new PrintWriter(out, true)).execute(arguments);
    return new Ran(status, out.toString());
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

    assertThat(run("quarantine", "replay", dir, "clicks:0:0").status())
        .as("still bad")
        .isEqualTo(Leat.NO);
    String corrected = file("corrected.json", "{\"id\": 7, \"amount\": 3}\n").toString();
    assertThat(run("quarantine", "replay", dir, "a", "b", "--with", corrected).status())
        .as("one file for two rows")
        .isEqualTo(Leat.FAILED);
    assertThat(run("quarantine", "list", dir).out()).contains("clicks:0:0");

    assertThat(run("quarantine", "replay", dir, "clicks:0:0", "--with", corrected).status())
        .isEqualTo(Leat.DONE);
    assertThat(run("quarantine", "list", dir).out()).isEmpty();
    assertThat(Proofs.of(project(), List.of()).values())
        .hasSize(1)
        .allMatch(proof -> proof.equal() && proof.rows() == 1);
  }

  @Test
  void refusesWhileAnotherProcessHasTheProject() {
    try (var _ = Workspace.open(project(), MillOptions.DEFAULT)) {
      assertThat(run("quarantine", "replay", folder.toString(), "clicks:0:0").status())
          .isEqualTo(Leat.FAILED);
    }
    assertThat(run("quarantine", "list", folder.toString()).out()).contains("clicks:0:0");
  }
}
