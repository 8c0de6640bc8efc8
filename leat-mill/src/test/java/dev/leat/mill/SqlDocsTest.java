package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.model.Location;
import dev.leat.model.TableDefinition;
import dev.leat.sql.Catalog;
import dev.leat.sql.CompiledTable;
import dev.leat.sql.Compiler;
import dev.leat.sql.DuckDbPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The SQL that docs/sql.md shows is asked. */
final class SqlDocsTest {
  private static final Path PAGE = Path.of("../docs/sql.md");
  private static final Pattern SHOWN = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  @Test
  void givesRows() throws IOException {
    Matcher shown = SHOWN.matcher(Files.readString(PAGE));
    Sources sources = new Sources(new SplittableRandom(1));
    for (int step = 0; step < 8; step++) {
      sources.change();
    }
    int count = 0;
    try (Oracle oracle = new Oracle()) {
      while (shown.find()) {
        CompiledTable table = compiled(shown.group(1));
        assertThat(oracle.lines(DuckDbPrinter.print(table.plan()), sources))
            .as(shown.group(1))
            .isNotEmpty();
        count++;
      }
    }
    assertThat(count).isPositive();
  }

  @Test
  void aRecursionWithoutEndIsGivenUp() {
    CompiledTable table =
        compiled(
            """
            WITH RECURSIVE up AS (SELECT 1 AS n UNION ALL SELECT n + 0 FROM up) SELECT n FROM up
            """);
    try (Oracle oracle = new Oracle()) {
      assertThatThrownBy(() ->
              oracle.lines(DuckDbPrinter.print(table.plan()), new Sources(new SplittableRandom(1))))
          .hasStackTraceContaining("WITH RECURSIVE up has not ended after 10000 rounds");
    }
  }

  private static CompiledTable compiled(String sql) {
    return new Compiler(Catalog.of(Sources.SCHEMAS))
        .compile(
            new TableDefinition(
                "shown",
                Location.start("docs/sql.md"),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                sql));
  }
}
