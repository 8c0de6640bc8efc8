package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.Session;
import dev.leat.sql.CompiledTable;
import dev.leat.sql.DuckDbPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        CompiledTable table = Sources.table("shown", shown.group(1));
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
        Sources.table(
            "up",
            """
            WITH RECURSIVE up AS (SELECT 1 AS n UNION ALL SELECT n + 0 FROM up) SELECT n FROM up
            """);
    try (DuckDb duckDb = DuckDb.open(DuckDb.Settings.reading());
        Session session = duckDb.session()) {
      String rows = "SELECT count(*) FROM (" + DuckDbPrinter.print(table.plan()) + ") AS t";
      assertThatThrownBy(() -> session.number(rows))
          .hasMessageContaining("LEAT-6008 WITH RECURSIVE up has not ended after 10000 rounds.");
    }
  }
}
