package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Folders in which much is wrong: all of it is told, in the words of the file beside the folder.
 */
class ValidateCommandTest {
  private static final Path FAULTS = Path.of("src/test/resources/dev/leat/cli/faults");

  @TempDir private Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"folder", "sources", "sql", "views"})
  void tellsEveryFaultAtOnce(String name) throws IOException {
    Path folder = temporary.resolve(name);
    Folders.copy(FAULTS.resolve(name), folder);
    var err = new StringWriter();
    int status =
        Leat.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute("validate", folder.toString());
    assertThat(status).isEqualTo(Leat.NO);
    Path expected = FAULTS.resolve(name + ".txt");
    if (Boolean.getBoolean("leat.accept")) {
      Files.writeString(expected, err.toString());
    }
    assertThat(expected).as("write it anew with -Dleat.accept=true").hasContent(err.toString());
  }
}
