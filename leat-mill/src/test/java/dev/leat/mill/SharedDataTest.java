package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.duckdb.Proof;
import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Entry;
import dev.leat.log.Log;
import dev.leat.model.Project;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real data, live: files dropped in one by one, streams out of order. A clone without the data sets
 * beside it skips these; what they show is also shown on data that Maven artifacts carry.
 */
final class SharedDataTest {
  private static final Path DATA = Folders.repository("../shared/data").normalize();

  @TempDir Path folder;

  @Test
  void retailFilesDroppedInOneByOne() throws Exception {
    Project project = project("retail", "online_retail");
    List<Path> days = list(DATA.resolve("online_retail/by-day"));
    try (Workspace workspace = Workspace.open(project, MillOptions.DEFAULT);
        Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
      mill.start();
      for (Path day : days) {
        drop(day, folder.resolve("inbox"));
        Thread.sleep(20);
      }
      await(() -> rows(mill, "invoice_lines") == 541_909);
      await(() -> mill.status().rowsHeld() == 0);
    }
    equalsBatch(project);
    assertThat(Folders.query(project, "SELECT revenue FROM total").longs(0).values()[0])
        .as("the published total, 9,747,747.934")
        .isEqualTo(9_747_747_934L);
  }

  @Test
  void classicModelsInRandomOrder() throws Exception {
    Project project = project("classic", "classicmodels");
    List<Path> files =
        new ArrayList<>(
            Stream.of("customers", "orders", "orderdetails", "payments", "products")
                .map(name -> DATA.resolve("classicmodels").resolve(name + ".csv"))
                .toList());
    Collections.shuffle(files, new Random(7));
    try (Workspace workspace = Workspace.open(project, MillOptions.DEFAULT);
        Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
      mill.start();
      for (Path file : files) {
        drop(file, folder.resolve("inbox"));
        Thread.sleep(150);
      }
      await(() -> rows(mill, "orderdetails") == 2_996 && rows(mill, "customers") == 122);
      await(() -> rows(mill, "orders") == 326 && rows(mill, "payments") == 273);
      await(() -> mill.status().rowsHeld() == 0);
    }
    equalsBatch(project);
  }

  @Test
  void reviewsThatArriveOutOfOrder() throws Exception {
    Project project = project("reviews", "vendor_reviews");
    stream(project, "reviews", DATA.resolve("vendor_reviews/anonreviews.csv.gz"), 578_805);
    equalsBatch(project);
  }

  @Test
  void telemetryShuffled() throws Exception {
    Project project = project("telemetry", "iot_telemetry");
    stream(project, "readings", DATA.resolve("iot_telemetry/iot_telemetry_24h.jsonl.gz"), 50_270);
    equalsBatch(project);
  }

  private Project project(String name, String data) {
    assumeTrue(
        Files.isDirectory(DATA.resolve(data)),
        "skipped: the data set " + data + " is not beside this clone");
    Folders.copy(Path.of("src/test/projects").resolve(name).toAbsolutePath(), folder);
    return Folders.read(folder);
  }

  private static void stream(Project project, String table, Path file, int expected)
      throws Exception {
    try (Workspace workspace = Workspace.open(project, MillOptions.DEFAULT);
        Mill mill = workspace.mill(workspace.fillWhatIsNew())) {
      mill.start();
      String address = EmbeddedBroker.addressIn(project.stateFolder().resolve("log")).orElseThrow();
      try (Log log = Log.connect(address)) {
        List<Entry> events = events(file);
        for (int from = 0; from < events.size(); from += 1_000) {
          log.append(table, events.subList(from, Math.min(events.size(), from + 1_000))).join();
        }
      }
      await(() -> rows(mill, table) == expected);
      await(() -> mill.status().rowsHeld() == 0);
    }
  }

  /** Lines as events; a CSV's become JSON, JSON is shuffled. */
  private static List<Entry> events(Path file) throws IOException {
    List<Entry> events = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      boolean csv = file.toString().endsWith(".csv.gz");
      String[] names = csv ? in.readLine().split(",", -1) : new String[0];
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String event = csv ? json(names, line.split(",", -1)) : line;
        events.add(Entry.of(event.getBytes(StandardCharsets.UTF_8)));
      }
      if (!csv) {
        Collections.shuffle(events, new Random(11));
      }
    }
    return events;
  }

  private static String json(String[] names, String[] values) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < names.length; i++) {
      text.append(i > 0 ? "," : "").append('"').append(names[i]).append("\":");
      boolean number = values[i].matches("-?\\d+");
      text.append(number ? values[i] : '"' + values[i] + '"');
    }
    return text.append('}').toString();
  }

  private static void equalsBatch(Project project) {
    Map<String, Proof> proofs = Proofs.of(project, List.of());
    assertThat(proofs).isNotEmpty();
    proofs.forEach((table, proof) -> assertThat(proof.equal()).as(table + " " + proof).isTrue());
  }

  private static long rows(Mill mill, String table) {
    return mill.status().sources().stream()
        .filter(source -> source.table().equals(table))
        .mapToLong(MillStatus.SourceStatus::rows)
        .sum();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited two minutes").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  /** As a careful sender does: written beside, then renamed in. */
  private static void drop(Path file, Path inbox) throws IOException {
    Files.createDirectories(inbox);
    Path temporary = inbox.resolve("." + file.getFileName());
    Files.copy(file, temporary);
    Files.move(temporary, inbox.resolve(file.getFileName()));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".csv.gz")).sorted().toList();
    }
  }
}
