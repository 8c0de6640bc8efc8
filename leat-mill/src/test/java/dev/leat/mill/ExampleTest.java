package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code examples/wheels} through anything that can happen to a shop: after each of several lives,
 * some of them ended by something unforeseen, every table equals its batch query and every source
 * has what was sent. {@code -Dleat.example.lives} says how many, {@code -Dleat.seed} from which
 * seed.
 */
final class ExampleTest {
  private static final int LIVES = Integer.getInteger("leat.example.lives", 3);
  private static final long SEED = Long.getLong("leat.seed", 20_261_126L);

  @TempDir Path folder;

  @Test
  void everyTableOfTheExampleEqualsItsBatchQuery() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    try (LivingShop shop = new LivingShop(folder, random)) {
      for (int life = 0; life < LIVES; life++) {
        live(shop, random);
        Folders.proven(folder);
      }
      try (Workspace workspace = Workspace.open(Folders.read(folder), MillOptions.DEFAULT)) {
        assertThat(workspace.pullAll()).isEmpty();
        workspace.fill();
        assertThat(rows(workspace.lake())).containsAllEntriesOf(shop.rows());
      }
      Folders.proven(folder);
    }
  }

  private void live(LivingShop shop, SplittableRandom random) throws Exception {
    MillOptions options =
        MillOptions.DEFAULT
            .withSnapshotEvery(Duration.ofMillis(random.nextInt(3) * 200L))
            .withWatch(Accident.sometimes(random, () -> {}));
    try (Workspace workspace = Workspace.open(Folders.read(folder), options)) {
      assertThat(workspace.pullAll()).isEmpty();
      try (Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
        mill.start();
        for (int i = 20 + random.nextInt(40); i > 0; i--) {
          shop.happen(workspace.log().orElseThrow());
          Thread.sleep(random.nextInt(80));
        }
      }
    }
  }

  private static Map<String, Long> rows(Lake lake) {
    Epoch epoch = lake.newest().orElseThrow();
    Map<String, Long> rows = new TreeMap<>();
    epoch.tables().forEach((name, version) -> rows.put(name, version.rows()));
    return rows;
  }
}
