package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.model.LeatException;
import dev.leat.model.Project;
import dev.leat.model.ProjectReader;
import dev.leat.model.Variables;
import dev.leat.sql.Compiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InitCommandTest {
  @TempDir private Path folder;

  @Test
  void writesAProjectThatIsValid() {
    var out = new StringWriter();
    int status =
        new CommandLine(new InitCommand())
            .setOut(new PrintWriter(out, true))
            .execute(folder.resolve("my shop").toString());
    assertThat(status).isZero();
    assertThat(out.toString()).contains("sources/web.yaml", "./leat up");
    Project project = read(folder.resolve("my shop"));
    assertThat(project.name()).isEqualTo("my shop");
    assertThat(project.simulations()).hasSize(1);
    var schemas =
        Map.of("visits", project.sources().getFirst().tables().getFirst().columns().orElseThrow());
    assertThat(Compiler.compile(project, schemas).tables()).hasSize(2);
  }

  private static Project read(Path path) {
    return ProjectReader.read(path, ProjectReader.DEFAULT_PROFILE, Variables.of(Map.of()))
        .orThrow();
  }

  @Test
  void leavesWhatIsThereAlone() throws IOException {
    Files.writeString(folder.resolve("precious.txt"), "x");
    assertThatThrownBy(() -> ProjectTemplate.write(folder))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("LEAT-8001");
    assertThat(folder).isDirectoryContaining(p -> p.endsWith("precious.txt"));
    assertThat(folder.resolve("leat.yaml")).doesNotExist();
  }
}
