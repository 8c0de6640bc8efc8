package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.Consolidation;
import dev.leat.model.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to a lake, every kept epoch holds the rows it held in the model. */
class LakePropertyTest {
  private static final int EPOCHS = 40;
  private static final List<String> RELATIONS = List.of("a", "b", "c with blank");
  private static final Schema SCHEMA = Bags.EVERY_TYPE;

  @TempDir Path folder;

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    long first = Long.getLong("leat.seed", 20_261_122L);
    for (long i = 0; i < Integer.getInteger("leat.runs", 6); i++) {
      seeds.add(first + i);
    }
    return seeds;
  }

  @ParameterizedTest(name = "-Dleat.seed={0}")
  @MethodSource("seeds")
  void equals_the_bag_model(long seed) throws Exception {
    Random random = new Random(seed);
    LakeOptions options =
        LakeOptions.DEFAULT.withRewriteRows(List.of(0, 1, 7, 50, 100_000).get(random.nextInt(5)));
    Retention retention = new Retention(Duration.ofSeconds(10), 5, 12);
    Map<String, Batch> model = new HashMap<>();
    Map<Long, Map<String, SortedMap<String, Long>>> history = new TreeMap<>();
    Instant time = Instant.parse("2026-11-22T12:00:00Z");
    Lake lake = Lake.open(folder, options);
    try {
      for (int step = 0; step < EPOCHS; step++) {
        time = time.plusSeconds(1);
        Map<String, Batch> next = new HashMap<>(model);
        EpochWriter writer = lake.begin();
        for (String relation : RELATIONS) {
          for (int i = random.nextInt(3); i > 0; i--) {
            Batch change = change(random, next.getOrDefault(relation, Batch.empty(SCHEMA)));
            writer.apply(relation, SCHEMA, change);
            next.merge(relation, change, LakePropertyTest::plus);
          }
          if (random.nextInt(6) == 0 && next.containsKey(relation)) {
            assertThat(Bags.of(writer.files(relation))).isEqualTo(Bags.of(next.get(relation)));
          }
        }
        if (random.nextInt(8) == 0) {
          writer.abort();
        } else {
          Epoch epoch = writer.commit(time, Map.of());
          model = next;
          Map<String, SortedMap<String, Long>> bags = new HashMap<>();
          model.forEach((name, batch) -> bags.put(name, Bags.of(batch)));
          history.put(epoch.number(), bags);
        }
        if (random.nextInt(3) == 0) {
          RowByRow.compact(lake);
        }
        if (random.nextInt(4) == 0) {
          lake.expire(retention, time);
        }
        if (random.nextInt(10) == 0) {
          lake.close();
          lake = Lake.open(folder, options);
          lake.sweep(Duration.ZERO, Instant.now());
        }
      }
      check(lake, history);
    } finally {
      lake.close();
    }
  }

  private void check(Lake lake, Map<Long, Map<String, SortedMap<String, Long>>> history)
      throws Exception {
    assertThat(lake.epochs()).hasSizeGreaterThanOrEqualTo(5);
    for (long number : lake.epochs()) {
      Epoch epoch = lake.epoch(number).orElseThrow();
      Map<String, SortedMap<String, Long>> expected = Objects.requireNonNull(history.get(number));
      assertThat(epoch.tables().keySet()).isEqualTo(expected.keySet());
      for (String relation : expected.keySet()) {
        assertThat(Bags.of(lake.files(epoch, relation)))
            .as("%s at %d", relation, number)
            .isEqualTo(expected.get(relation));
        assertThat(epoch.table(relation).orElseThrow().rows())
            .isEqualTo(Bags.rows(expected.get(relation)));
      }
    }
    Epoch newest = lake.newest().orElseThrow();
    for (String relation : newest.tables().keySet()) {
      assertThat(count(IcebergReader.rows(folder, newest, relation)))
          .as("%s read by Iceberg", relation)
          .isEqualTo(Objects.requireNonNull(history.get(newest.number())).get(relation));
      assertThat(
              IcebergReader.table(folder, newest, relation)
                  .currentSnapshot()
                  .summary()
                  .get("leat.epoch"))
          .isEqualTo(Long.toString(newest.table(relation).orElseThrow().changed()));
    }
  }

  private static SortedMap<String, Long> count(List<String> rows) {
    SortedMap<String, Long> bag = new TreeMap<>();
    rows.forEach(row -> bag.merge(row, 1L, Long::sum));
    return bag;
  }

  /** New rows, rows put again, and some of those that are there taken away. */
  private static Batch change(Random random, Batch present) {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    for (int i = random.nextInt(20); i > 0; i--) {
      Bags.appendRow(builder, random, 1 + random.nextInt(3));
    }
    int deleteOneIn = 1 + random.nextInt(10);
    for (int row = 0; row < present.size(); row++) {
      if (random.nextInt(deleteOneIn) == 0) {
        builder.appendRow(present, row, -1 - random.nextLong(present.weights()[row]));
      } else if (random.nextInt(20) == 0) {
        builder.appendRow(present, row, 1);
      }
    }
    return builder.build();
  }

  private static Batch plus(Batch left, Batch right) {
    return Consolidation.of(Consolidation.concat(SCHEMA, List.of(left, right)));
  }
}
