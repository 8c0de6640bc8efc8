package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Position;
import dev.leat.duckdb.Proof;
import dev.leat.log.EmbeddedBroker;
import dev.leat.model.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole projects through the whole mill: made up from a seed, started and stopped, some of the time
 * by something unforeseen at a boundary, and in the end every table equals its batch query and
 * nothing that was accepted is missing.
 *
 * <p>{@code -Dleat.projects.runs} says how many, else as many as fit into five minutes; {@code
 * -Dleat.seed} says which one, or from which one on.
 */
final class AnyProjectTest {
  private static final Duration TIME = Duration.ofMinutes(5);
  private static final long FIRST_SEED = 20_261_123L;

  @TempDir Path folder;
  private final Set<Recovery.Way> ways = EnumSet.noneOf(Recovery.Way.class);
  private Optional<EmbeddedBroker> cluster = Optional.empty();
  private int accidents;

  @AfterEach
  void stop() {
    cluster.ifPresent(EmbeddedBroker::close);
  }

  /** The address of a cluster that most projects share: starting one takes longer than the rest. */
  private String cluster() {
    EmbeddedBroker broker =
        cluster.orElseGet(
            () -> EmbeddedBroker.start(folder.resolve("cluster"), Durability.PROCESS));
    cluster = Optional.of(broker);
    return broker.address();
  }

  @Test
  void everyTableOfEveryProjectEqualsItsBatchQuery() throws Exception {
    boolean one = Long.getLong("leat.seed") != null;
    long seed = Long.getLong("leat.seed", FIRST_SEED);
    int runs = Integer.getInteger("leat.projects.runs", one ? 1 : 0);
    long end = System.nanoTime() + TIME.toNanos();
    int run = 0;
    while (runs > 0 ? run < runs : run < 5 || System.nanoTime() < end) {
      check(seed + run++);
    }
    System.out.printf(
        "projects: %d seeded runs equal, %d accidents, recoveries %s%n", run, accidents, ways);
    assertThat(one || accidents > 0).isTrue();
  }

  private void check(long seed) throws Exception {
    Path place = Files.createDirectory(folder.resolve("seed" + seed));
    try (RandomProject project = new RandomProject(place, seed, cluster())) {
      check(project);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("-Dleat.seed=" + seed, e);
    } finally {
      Folders.delete(place);
    }
  }

  private void check(RandomProject project) throws Exception {
    SplittableRandom random = project.random();
    for (int session = 1 + random.nextInt(4); session > 0; session--) {
      live(project, random);
      project.rest();
    }
    project.settle();
    try (Workspace workspace = Workspace.open(project.read(), MillOptions.DEFAULT)) {
      if (random.nextBoolean()) {
        RandomProject.run(workspace);
      } else {
        assertThat(workspace.pullAll()).isEmpty();
        Map<String, Position> ends = ends(workspace);
        try (Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
          mill.start();
          awaitRead(workspace, ends);
          assertCircuitsKnowTheirTables(mill);
        } // which publishes it
      }
    }
    Map<String, Proof> proofs = Proofs.of(project.read(), List.of());
    assertThat(proofs).isNotEmpty();
    assertThat(proofs.values()).as("%s", proofs).allMatch(proof -> proof.equal());
    assertThat(project.missing()).isEmpty();
  }

  private void live(RandomProject project, SplittableRandom random) throws Exception {
    MillOptions options =
        MillOptions.DEFAULT
            .withSnapshotEvery(Duration.ofMillis(random.nextInt(3) * 60L))
            .withWatch(Accident.sometimes(random, () -> accidents++));
    try (Workspace workspace = Workspace.open(project.read(), options)) {
      if (random.nextInt(3) > 0) {
        assertThat(workspace.pullAll()).isEmpty();
      }
      try (Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
        ways.add(mill.recoveredBy());
        mill.start();
        for (int i = 2 + random.nextInt(8); i > 0; i--) {
          project.happen(workspace.log().orElseThrow());
          Thread.sleep(random.nextInt(60));
        }
        assertCircuitsKnowTheirTables(mill);
      }
    }
  }

  /** That a table which lacks a row goes on by being recomputed is a net, not the way. */
  private static void assertCircuitsKnowTheirTables(Mill mill) {
    assertThat(mill.status().tables())
        .noneMatch(table -> table.upkeep().toString().contains("LEAT-5004"));
  }

  /** What the sources have now. */
  private static Map<String, Position> ends(Workspace workspace) {
    return workspace.inputs().stream()
        .collect(Collectors.toMap(Input::name, input -> input.intake().end()));
  }

  private static void awaitRead(Workspace workspace, Map<String, Position> ends)
      throws InterruptedException {
    for (Input input : workspace.inputs()) {
      while (!input.hasReached(Objects.requireNonNull(ends.get(input.name())))) {
        Thread.sleep(10);
      }
    }
  }
}
