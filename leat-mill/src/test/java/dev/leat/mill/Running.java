package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.lake.Epoch;
import dev.leat.lake.TableVersion;
import dev.leat.log.Entry;
import dev.leat.model.ErrorCode;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A mill at work on a project, and what tests wait for. */
final class Running implements AutoCloseable {
  final Workspace workspace;
  final Mill mill;

  Running(Project project) {
    this(project, MillOptions.DEFAULT);
  }

  Running(Project project, MillOptions options) {
    workspace = Workspace.open(project, options);
    mill = workspace.mill(workspace.fillWhatIsNew());
    mill.start();
  }

  void append(String topic, List<String> events) {
    List<Entry> entries =
        events.stream().map(e -> Entry.of(e.getBytes(StandardCharsets.UTF_8))).toList();
    workspace.log().orElseThrow().append(topic, entries).join();
  }

  MillStatus.SourceStatus source(String table) {
    return mill.status().sources().stream()
        .filter(source -> source.table().equals(table))
        .findFirst()
        .orElseThrow();
  }

  Optional<Problem> trouble(String table) {
    return source(table).trouble();
  }

  Problem awaitTrouble(String table, ErrorCode code) throws InterruptedException {
    await(() -> trouble(table).isPresent());
    Problem problem = trouble(table).orElseThrow();
    assertThat(problem.code()).as(problem.toString()).isEqualTo(code);
    return problem;
  }

  long rows(String relation) {
    return workspace
        .lake()
        .newest()
        .flatMap((Epoch epoch) -> epoch.table(relation))
        .map(TableVersion::rows)
        .orElse(0L);
  }

  void awaitRows(String relation, long rows) throws InterruptedException {
    await(() -> rows(relation) == rows, relation + " has no " + rows + " rows");
  }

  void await(BooleanSupplier condition) throws InterruptedException {
    await(condition, "in vain");
  }

  private void await(BooleanSupplier condition, String what) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("a minute, %s: %s %s", what, mill.status(), workspace.lake().newest())
          .isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    mill.close();
    workspace.close();
  }
}
