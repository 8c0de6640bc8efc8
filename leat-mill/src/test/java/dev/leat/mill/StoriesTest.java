package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.engine.Circuit;
import dev.leat.engine.Engine;
import dev.leat.engine.Explanation;
import dev.leat.engine.Rule;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.runtime.MaintenanceEngine;
import dev.leat.sql.CompiledTable;
import dev.leat.sql.CompilerPass;
import dev.leat.sql.DuckDbPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A SELECT, what the passes did to it, its operators with their rules, the SQL it is for DuckDB,
 * its rows and how they change, in one file each; or why it is refused. Everything after the SELECT
 * is written by {@code -Dleat.accept=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StoriesTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/leat/mill/stories");
  private static final String SECTION = "-- ";

  private final Engine engine = new MaintenanceEngine();
  private Oracle oracle;

  @BeforeAll
  void open() {
    oracle = new Oracle();
  }

  @AfterAll
  void close() {
    oracle.close();
  }

  static List<String> stories() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("stories")
  void isAsItWasAccepted(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    String text = Files.readString(file);
    int end = text.indexOf("\n" + SECTION);
    String sql = (end < 0 ? text : text.substring(0, end)).strip();
    String told = sql + "\n" + told(name.replace(".sql", ""), sql);
    if (Boolean.getBoolean("leat.accept")) {
      Files.writeString(file, told);
    }
    assertThat(told)
        .as("%s; accept with -Dleat.accept=true", name)
        .isEqualTo(Files.readString(file));
  }

  /** Each kind of rule, and each pass, is told of by some story. */
  @Test
  void everyRuleAndPassHasItsStory() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : stories()) {
      all.append(Files.readString(FOLDER.resolve(name)));
    }
    for (Rule.Kind kind : Rule.Kind.values()) {
      assertThat(all).contains("  " + kind.label() + ": ");
    }
    passes(Sources.table("any", "SELECT id FROM orders"))
        .lines()
        .map(pass -> pass.substring(2))
        .forEach(pass -> assertThat(all).contains("\n+ " + pass, "\n  " + pass));
  }

  private String told(String name, String sql) {
    CompiledTable table;
    try {
      table = Sources.table(name, sql);
    } catch (LeatException refused) {
      return section(
          "refused",
          refused.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    Explanation explanation = Explanation.of(table.plan(), engine);
    String duckDb = DuckDbPrinter.print(table.plan());
    Story story = new Story();
    List<String> before = oracle.lines(duckDb, story.sources);
    Bag live = new Bag(table.schema());
    Optional<Circuit> circuit =
        engine.refusal(table.plan()).isPresent()
            ? Optional.empty()
            : Optional.of(engine.open(table.plan()));
    circuit.ifPresent(c -> {
      live.add(c.start());
      live.add(c.step(story.begun));
    });
    Map<String, Batch> change = story.change();
    List<String> after = oracle.lines(duckDb, story.sources);
    circuit.ifPresent(c -> {
      live.add(c.step(change));
      assertThat(live).as(name).isEqualTo(oracle.answer(duckDb, table.schema(), story.sources));
      c.close();
    });
    return section("passes", passes(table))
        + section("plan: " + explanation.verdict(), explanation.text(Rule.Kind::label))
        + section("DuckDB", SqlLayout.of(duckDb))
        + section("rows", String.join("\n", before))
        + section("then", Story.difference(before, after));
  }

  /** Those between the first tree and the last, with a + before those that changed something. */
  private static String passes(CompiledTable table) {
    List<CompilerPass> between = table.passes().subList(1, table.passes().size() - 1);
    return between.stream()
        .map(pass -> (pass.tree().isPresent() ? "+ " : "  ") + pass.name())
        .collect(Collectors.joining("\n"));
  }

  private static String section(String name, String text) {
    return "\n" + SECTION + name + "\n" + text.stripTrailing() + "\n";
  }
}
