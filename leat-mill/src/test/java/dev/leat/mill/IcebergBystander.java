package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * A stranger who reads the {@link CrashProject} with nothing but Iceberg's own code, over and over,
 * while the mill lives, is killed and comes back. Every epoch seen must be whole, and none may be
 * behind one seen before.
 */
final class IcebergBystander implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Path lake;
  private final FutureTask<Integer> watching = new FutureTask<>(this::watch);
  private volatile boolean over;
  private long epoch;
  private long events;

  IcebergBystander(Path lake) {
    this.lake = lake;
    Thread.ofPlatform().name("iceberg-bystander").daemon().start(watching);
  }

  /** Ends the watch and tells how many epochs it looked at. */
  int looks() throws InterruptedException, ExecutionException {
    over = true;
    return watching.get();
  }

  @Override
  public void close() {
    over = true;
  }

  private int watch() throws Exception {
    int looks = 0;
    while (!over) {
      Optional<Path> newest = newest();
      if (newest.isPresent() && number(newest.get()) != epoch) {
        look(newest.get());
        looks++;
      }
      Thread.sleep(PAUSE);
    }
    return looks;
  }

  private void look(Path file) throws IOException {
    long number = number(file);
    JsonNode tables = new ObjectMapper().readTree(Files.readAllBytes(file)).get("tables");
    List<Long> ids = numbers(tables, "events", "id");
    long total = sum(numbers(tables, "total", "n"));
    assertThat(number).as("epochs go on").isGreaterThan(epoch);
    assertThat(new HashSet<>(ids)).as("epoch %d: no event twice", number).hasSize(ids.size());
    assertThat(total).as("epoch %d: total", number).isEqualTo(ids.size());
    assertThat(sum(numbers(tables, "per_kind", "n")))
        .as("epoch %d: groups", number)
        .isEqualTo(total);
    assertThat(total).as("epoch %d: nothing seen goes away", number).isGreaterThanOrEqualTo(events);
    epoch = number;
    events = total;
  }

  private Optional<Path> newest() throws IOException {
    Path epochs = lake.resolve("epochs");
    if (!Files.isDirectory(epochs)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(epochs)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d+\\.json"))
          .max(Comparator.comparingLong(IcebergBystander::number));
    }
  }

  private static long number(Path file) {
    return Long.parseLong(file.getFileName().toString().replace(".json", ""));
  }

  private List<Long> numbers(JsonNode tables, String name, String column) throws IOException {
    String metadata = lake.resolve(tables.get(name).get("metadata").asText()).toString();
    Table table = new BaseTable(new StaticTableOperations(metadata, new LocalFiles()), name);
    List<Long> numbers = new ArrayList<>();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).select(column).build()) {
      rows.forEach(row -> numbers.add((Long) row.getField(column)));
    }
    return numbers;
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }

  private record LocalFiles() implements FileIO {
    @Override
    public InputFile newInputFile(String location) {
      return org.apache.iceberg.Files.localInput(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
      throw new UnsupportedOperationException("a bystander only looks");
    }

    @Override
    public void deleteFile(String location) {
      throw new UnsupportedOperationException("a bystander only looks");
    }
  }
}
