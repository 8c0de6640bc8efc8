package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.Position;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The disk fails at any operation of a commit: there is the old epoch or the new one, whole. */
class LakeCrashTest {
  private static final Schema SCHEMA =
      Schema.of(Column.required("id", Type.BIGINT), Column.optional("text", Type.VARCHAR));
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final LakeOptions OPTIONS = LakeOptions.DEFAULT.withRewriteRows(3);

  @TempDir Path folder;

  private static Batch rows(int from, int to, long weight) {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    for (int i = from; i < to; i++) {
      builder.appendValues(weight, (long) i, "row " + i);
    }
    return builder.build();
  }

  /** A first epoch, and a second that touches tail, sealed files and a merge. */
  private static void first(Lake lake) {
    for (int i = 0; i < 8; i++) {
      try (EpochWriter writer = lake.begin()) {
        writer.apply("sealed", SCHEMA, rows(i * 5, i * 5 + 5, 1));
        writer.apply("tail", SCHEMA, rows(i, i + 1, i < 3 ? 1 : 2));
        writer.commit(NOON, Map.of("source", Position.of(i)));
      }
    }
  }

  private static Epoch second(Lake lake) {
    RowByRow.compact(lake);
    try (EpochWriter writer = lake.begin()) {
      writer.apply("sealed", SCHEMA, rows(3, 9, -1));
      writer.apply("sealed", SCHEMA, rows(100, 102, 1));
      writer.apply("tail", SCHEMA, rows(6, 8, -2));
      writer.apply("new", SCHEMA, rows(0, 2, 1));
      return writer.commit(NOON.plusSeconds(1), Map.of("source", Position.of(99)));
    }
  }

  private static Map<String, SortedMap<String, Long>> content(Lake lake, Epoch epoch) {
    Map<String, SortedMap<String, Long>> content = new HashMap<>();
    epoch.tables().keySet().forEach(r -> content.put(r, Bags.of(lake.files(epoch, r))));
    return content;
  }

  @ParameterizedTest
  @EnumSource
  void old_or_new_but_never_torn(FaultyDisk.Fault fault) throws Exception {
    FaultyDisk counting = new FaultyDisk(FaultyDisk.Fault.FULL, Long.MAX_VALUE);
    Path root = folder.resolve("lake");
    Path saved = folder.resolve("saved");
    Map<String, SortedMap<String, Long>> before;
    Map<String, SortedMap<String, Long>> after;
    try (Lake lake = Lake.open(root, OPTIONS)) {
      first(lake);
      before = content(lake, lake.newest().orElseThrow());
    }
    copy(root, saved);
    try (Lake lake = Lake.open(root, OPTIONS, counting)) {
      after = content(lake, second(lake));
    }
    int published = 0;
    for (long k : operationsToTry(counting.operations())) {
      delete(root);
      copy(saved, root);
      FaultyDisk disk = new FaultyDisk(fault, k);
      boolean told = attempt(root, disk, fault);
      try (Lake lake = Lake.open(root, OPTIONS)) {
        Epoch newest = lake.newest().orElseThrow();
        assertThat(newest.number()).as("operation %d", k).isIn(8L, 9L);
        assertThat(newest.number() == 9).as("told as it was, operation %d", k).isEqualTo(!told);
        assertThat(content(lake, newest)).isEqualTo(newest.number() == 8 ? before : after);
        published += newest.number() == 9 ? 1 : 0;
        if (newest.number() == 8) {
          assertThat(content(lake, second(lake))).isEqualTo(after);
        }
        lake.sweep(Duration.ZERO, Instant.now());
        assertThat(files(root)).containsExactlyInAnyOrderElementsOf(needed(lake));
      }
    }
    assertThat(published).as("the last operations come after the epoch").isPositive();
  }

  /** The last few, among which the epoch is published, and some of the others. */
  private static SortedSet<Long> operationsToTry(long operations) {
    SortedSet<Long> some = new TreeSet<>();
    new Random(7).longs(12, 1, operations).forEach(some::add);
    for (long k = operations - 6; k <= operations; k++) {
      some.add(k);
    }
    return some;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Whether the epoch was said to have failed. */
  private static boolean attempt(Path root, FaultyDisk disk, FaultyDisk.Fault fault) {
    try (Lake lake = Lake.open(root, OPTIONS, disk)) {
      try {
        second(lake);
        return false;
      } catch (LeatException e) {
        assertThat(e.problems().getFirst().code()).isEqualTo(ErrorCode.LAKE_FAILED);
        if (fault == FaultyDisk.Fault.FULL) {
          disk.mend();
          second(lake);
          return false;
        }
        return true;
      }
    }
  }

  private static Set<String> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> needed(Lake lake) {
    Set<String> needed = new HashSet<>();
    for (long number : lake.epochs()) {
      needed.add("epochs/%012d.json".formatted(number));
      for (TableVersion version : lake.epoch(number).orElseThrow().tables().values()) {
        needed.add(version.filesLocation());
        needed.addAll(lake.list(version).everything());
      }
    }
    return needed;
  }

  @Test
  void a_reader_beside_the_writer_sees_whole_epochs_in_order() throws Exception {
    int epochs = 20;
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try (Lake lake = Lake.open(folder, OPTIONS)) {
                for (int i = 1; i <= epochs; i++) {
                  try (EpochWriter next = lake.begin()) {
                    for (String relation : new String[] {"a", "b"}) {
                      next.apply(relation, SCHEMA, rows(i - 1, i, i == 1 ? 0 : -1));
                      next.apply(relation, SCHEMA, rows(i, i + 1, 1));
                    }
                    next.commit(NOON, Map.of());
                  }
                }
              }
            });
    long last = 0;
    try (Lake reader = Lake.open(folder)) {
      while (last < epochs && (writer.isAlive() || last < reader.epochs().size())) {
        Epoch epoch = reader.newest().orElse(Epoch.NONE);
        assertThat(epoch.number()).isGreaterThanOrEqualTo(last);
        last = epoch.number();
        Thread.sleep(5);
        if (last > 0) {
          SortedMap<String, Long> expected = Bags.of(rows((int) last, (int) last + 1, 1));
          assertThat(Bags.of(reader.files(epoch, "a"))).isEqualTo(expected);
          assertThat(Bags.of(reader.files(epoch, "b"))).isEqualTo(expected);
        }
      }
    }
    writer.join();
    assertThat(last).isEqualTo(epochs);
  }
}
