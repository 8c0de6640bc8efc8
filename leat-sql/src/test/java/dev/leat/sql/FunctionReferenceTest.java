package dev.leat.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FunctionReferenceTest {
  private static final Path PAGE = Path.of("../docs/functions.md");

  /** To accept a change: -Dleat.accept=true. */
  @Test
  void thePageIsWhatTheListSays() throws IOException {
    String page = FunctionReference.markdown();
    if (Boolean.getBoolean("leat.accept")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void everyFunctionHasANameOrAnOperator() {
    for (Function function : Function.values()) {
      assertThat(function.meaning()).as(function.name()).endsWith(".");
      function.signature().ifPresent(s -> assertThat(Functions.named(s.name())).contains(function));
    }
  }
}
