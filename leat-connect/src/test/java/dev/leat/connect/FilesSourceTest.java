package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Position;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.Session;
import dev.leat.model.Column;
import dev.leat.model.Location;
import dev.leat.model.Schema;
import dev.leat.model.Source;
import dev.leat.model.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesSourceTest {
  private static final Schema LINES =
      Schema.of(
          Column.required("Id", Type.BIGINT),
          Column.optional("name", Type.VARCHAR),
          Column.optional("price", Type.decimal(10, 2)));

  @TempDir Path folder;
  private Path inbox;

  @BeforeEach
  void inbox() throws IOException {
    inbox = Files.createDirectories(folder.resolve("inbox"));
  }

  private BatchProject project(Optional<Schema> columns) {
    return new BatchProject(
        folder,
        new Source.Files(
            "lines",
            Location.start("sources/lines.yaml"),
            "inbox/*",
            List.of(BatchProject.table("lines", columns, List.of()))));
  }

  /** A file that has rested. */
  private void file(String name, String text) throws IOException {
    rested(Files.writeString(inbox.resolve(name), text));
  }

  private void gzip(String name, String text) throws IOException {
    rested(Files.write(inbox.resolve(name), packed(text)));
  }

  private static void rested(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
  }

  @Test
  void everyFormatGivesTheSameRows() throws Exception {
    file("1.csv", "id,NAME,extra,price\n1,a,x,1.5\n2,\"b, \"\"c\"\"\",y,\n");
    gzip("2.csv.gz", "\uFEFFprice;Id;name\r\n0.10;3;\"\"\r\n;4;\r\n");
    file("3.ndjson", "{\"Id\":5,\"name\":\"e\"}\n{\"Id\":6,\"price\":2}\n");
    file("4.json", "[ {\"Id\": 7, \"name\": \"{[\\\"\"},\n {\"Id\": 8} ]");
    try (DuckDb duckDb = DuckDb.open(DuckDb.Settings.reading(inbox));
        Session session = duckDb.session()) {
      session.execute(
          "COPY (SELECT 9::INTEGER AS ID, 'n' AS name, 1.25::DOUBLE AS price) TO '"
              + inbox.resolve("5.parquet")
              + "' (FORMAT parquet)");
    }
    rested(inbox.resolve("5.parquet"));
    try (BatchProject project = project(Optional.of(LINES))) {
      project.pull();
      project.read(1_000);
      assertThat(project.bag().keySet())
          .containsExactlyInAnyOrder(
              "1|a|1.50",
              "2|b, \"c\"|NULL",
              "3||0.10",
              "4|NULL|NULL",
              "5|e|NULL",
              "6|NULL|2.00",
              "7|{[\"|NULL",
              "8|NULL|NULL",
              "9|n|1.25");
      assertThat(project.rejected()).isEmpty();
      assertThat(project.position()).isEqualTo(Position.of(5));
    }
  }

  @Test
  void badRowsAreKeptWithTheirBytesAndTheRestGoesOn() throws IOException {
    file("1.csv", "Id,name,price\n1,a,1\nx,b,2\n,c,3\n4,d,0.001\n5,e\n6,f,6\n");
    try (BatchProject project = project(Optional.of(LINES))) {
      project.pull();
      project.read(1_000);
      assertThat(project.bag()).isEqualTo(Map.of("1|a|1.00", 1L, "6|f|6.00", 1L));
      assertThat(project.rejected())
          .containsExactly(
              "Id|expected BIGINT, found x|x,b,2",
              "Id|expected BIGINT, found nothing|,c,3",
              "price|expected DECIMAL(10,2), found 0.001|4,d,0.001",
              "|expected 3 fields, found 2|5,e");
    }
  }

  @Test
  void aFileThatCannotBeReadIsPutAsideAndTheOthersAreTaken() throws IOException {
    gzip("1.csv.gz", "Id,name,price\n" + "1,a,1\n".repeat(10_000));
    byte[] whole = Files.readAllBytes(inbox.resolve("1.csv.gz"));
    Files.write(inbox.resolve("1.csv.gz"), Arrays.copyOf(whole, whole.length / 2));
    rested(inbox.resolve("1.csv.gz"));
    file("2.parquet", "this is no parquet");
    file("3.csv", "name,price\na,1\n");
    file("4.csv", "Id,name,price\n4,d,4\n");
    try (BatchProject project = project(Optional.of(LINES))) {
      assertThatThrownBy(project::pull)
          .hasMessageContaining("LEAT-3003")
          .hasMessageContaining("inbox/1.csv.gz")
          .hasMessageContaining("inbox/2.parquet")
          .hasMessageContaining("no column Id");
      project.pull(); // told once
      project.read(1_000);
      assertThat(project.bag()).isEqualTo(Map.of("4|d|4.00", 1L));
      assertThat(project.rejected()).hasSize(3).anyMatch(row -> row.endsWith("|name,price\na,1\n"));
    }
  }

  @Test
  void parquetRowsThatBreakTheContractAreRejected() throws IOException {
    try (DuckDb duckDb = DuckDb.open(DuckDb.Settings.reading(inbox));
        Session session = duckDb.session()) {
      session.execute(
          "COPY (SELECT CASE WHEN r = 3 THEN NULL ELSE r END AS Id, 'n' || r AS name,"
              + " CASE WHEN r = 5 THEN 'cheap' ELSE r || '.5' END AS price FROM range(10) t(r))"
              + " TO '"
              + inbox.resolve("1.parquet")
              + "' (FORMAT parquet)");
    }
    rested(inbox.resolve("1.parquet"));
    try (BatchProject project = project(Optional.of(LINES))) {
      project.pull();
      project.read(1_000);
      assertThat(project.bag()).hasSize(8).containsKey("4|n4|4.50");
      assertThat(project.rejected()).hasSize(2);
      assertThat(project.rejected().get(0)).startsWith("Id|").contains("\"name\":\"n3\"");
      assertThat(project.rejected().get(1)).startsWith("price|").contains("cheap");
    }
  }

  @Test
  void aFileIsTakenOnceAlsoAfterARestart() throws IOException {
    file("1.csv", "Id,name,price\n1,a,1\n");
    try (BatchProject project = project(Optional.of(LINES))) {
      project.pull();
      project.pull();
      project.restart();
      project.pull();
      project.read(1_000);
      assertThat(project.bag()).isEqualTo(Map.of("1|a|1.00", 1L));
      file("1.csv", "Id,name,price\n1,a,1\n2,b,2\n");
      assertThatThrownBy(project::pull)
          .hasMessageContaining("inbox/1.csv")
          .hasMessageContaining("changed");
      project.read(1_000);
      assertThat(project.bag()).hasSize(1);
    }
  }

  @Test
  void halfWrittenFilesAreLeftAlone() throws IOException {
    file(".hidden.csv", "Id\n1\n");
    file("2.csv.part", "Id\n2\n");
    file("_3.csv", "Id\n3\n");
    try (BatchProject project = project(Optional.of(LINES))) {
      project.pull();
      assertThat(project.intake().end()).isEqualTo(Position.of(0));
    }
  }

  /** Lines never say that they are the last: they are waited for. */
  @Test
  void aFileThatIsStillBeingWrittenIsTakenWhenItIsDone() throws Exception {
    try (BatchProject project = project(Optional.of(LINES))) {
      Path csv = Files.writeString(inbox.resolve("slow.csv"), "Id,name,price\n");
      Path ndjson = Files.writeString(inbox.resolve("slow.ndjson"), "");
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < 4; i++) {
                    Files.writeString(csv, i + ",n,1\n", StandardOpenOption.APPEND);
                    Files.writeString(
                        ndjson, "{\"Id\":1%d}\n".formatted(i), StandardOpenOption.APPEND);
                    Thread.sleep(600);
                  }
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      project.pull();
      writer.join();
      project.pull();
      project.read(1_000);
      assertThat(project.bag()).hasSize(8);
    }
  }

  /** Each of three rows; the key is the file's name. */
  private Map<String, byte[]> formatsThatTellTheirEnd() throws IOException {
    String csv = "Id,name,price\n1,a,1\n2,b,2\n3,c,3\n";
    String ndjson = "{\"Id\":1}\n{\"Id\":2}\n{\"Id\":3}\n";
    String json = "[{\"Id\":1},\n{\"Id\":2},\n{\"Id\":3}]\n";
    Path parquet = folder.resolve("whole.parquet");
    try (DuckDb duckDb = DuckDb.open(DuckDb.Settings.reading(folder));
        Session session = duckDb.session()) {
      session.execute(
          "COPY (SELECT r AS Id FROM range(1, 4) t(r)) TO '" + parquet + "' (FORMAT parquet)");
    }
    return new TreeMap<>(
        Map.of(
            "1.csv.gz", packed(csv),
            "2.ndjson.gz", packed(ndjson),
            "3.json", json.getBytes(StandardCharsets.UTF_8),
            "4.json.gz", packed(json),
            "5.parquet", Files.readAllBytes(parquet)));
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private void begin(Map<String, byte[]> files, int restedSeconds) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      // The array's first object is whole.
      int half = file.getKey().equals("3.json") ? 11 : file.getValue().length / 2;
      Path path = inbox.resolve(file.getKey());
      Files.write(path, Arrays.copyOf(file.getValue(), half));
      Files.setLastModifiedTime(
          path, FileTime.fromMillis(System.currentTimeMillis() - restedSeconds * 1_000L));
    }
  }

  private void renameIn(Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path beside = folder.resolve(file.getKey());
      rested(Files.write(beside, file.getValue()));
      Files.move(beside, inbox.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void halfAFileIsWaitedForHoweverLongItRests() throws IOException {
    Map<String, byte[]> files = formatsThatTellTheirEnd();
    try (BatchProject project = project(Optional.of(LINES))) {
      begin(files, 0);
      project.pull();
      assertThat(project.intake().end()).isEqualTo(Position.of(0));
      renameIn(files);
      project.pull();
      project.read(1_000);
      assertThat(project.rejected()).isEmpty();
      assertThat(project.bag().values().stream().mapToLong(n -> n).sum()).isEqualTo(15);
    }
  }

  /** One that rested too long is put aside, told, and taken all the same when the rest comes. */
  @Test
  void aFileThatWasPutAsideIsTakenOnceWhenItIsWhole() throws IOException {
    Map<String, byte[]> files = formatsThatTellTheirEnd();
    try (BatchProject project = project(Optional.of(LINES))) {
      begin(files, 60);
      assertThatThrownBy(project::pull)
          .hasMessageContaining("LEAT-3003")
          .hasMessageContaining("inbox/1.csv.gz")
          .hasMessageContaining("inbox/5.parquet");
      project.restart();
      renameIn(files);
      project.pull();
      project.restart();
      project.pull();
      project.read(1_000);
      assertThat(project.rejected()).isEmpty();
      assertThat(project.bag().values().stream().mapToLong(n -> n).sum()).isEqualTo(15);
      assertThat(project.position()).isEqualTo(Position.of(10));
    }
  }

  /** Killed before any of the extracts that a corrected file gives, the next start goes on. */
  @Test
  void aCorrectedFileIsTakenWholeWhereverItWasKilled() throws IOException {
    file("1.csv", "name,price\na,1\n");
    try (BatchProject project = project(Optional.of(LINES))) {
      assertThatThrownBy(project::pull).hasMessageContaining("no column Id");
    }
    file("1.csv", "Id,name,price\n1,a,1\nx,b,2\n3,c,3\n");
    long end = Long.MAX_VALUE;
    for (long kept = 1; kept < end; kept++) {
      killedAfter(kept);
      try (BatchProject project = project(Optional.of(LINES))) {
        project.pull();
        project.read(1_000);
        assertThat(project.bag()).isEqualTo(Map.of("1|a|1.00", 1L, "3|c|3.00", 1L));
        assertThat(project.rejected()).containsExactly("Id|expected BIGINT, found x|x,b,2");
        end = project.position().offset(0);
      }
    }
  }

  /** Takes away every extract from this number on. */
  private void killedAfter(long extracts) throws IOException {
    Path staging = folder.resolve(".leat/staging/lines");
    for (long n = extracts; Files.deleteIfExists(staging.resolve("%08d.json".formatted(n))); n++) {}
  }

  @Test
  void aLargeExtractCanBeReadInStretches() throws IOException {
    StringBuilder text = new StringBuilder("Id,name,price\n");
    for (int i = 0; i < 100_000; i++) {
      text.append(i).append(",n,1\n");
    }
    file("1.csv", text.toString());
    try (BatchProject project = project(Optional.of(LINES))) {
      project.pull();
      Position until = project.intake().end();
      Intake.Slice first = project.intake().read(Position.START, until, 10_000);
      assertThat(first.rows().size()).isBetween(10_000, 50_000);
      assertThat(until.since(first.next())).isPositive();
      project.restart();
      Intake.Slice second = project.intake().read(first.next(), until, 10_000);
      assertThat(second.rows().longs(0).values()[0]).isEqualTo(first.rows().size());
      project.read(10_000);
      assertThat(project.bag()).hasSize(100_000);
      assertThat(((ExtractIntake) project.intake()).bulk(Position.START, until))
          .hasValueSatisfying(files -> assertThat(files.getFirst().rows()).isEqualTo(100_000));
    }
  }

  @Test
  void withoutColumnsTheSchemaIsInferredAndWritten() throws IOException {
    file("1.csv", "id,day,price,ok\n1,2026-01-02,1.5,true\n2,2026-01-03,,false\n");
    try (BatchProject project = project(Optional.empty())) {
      assertThat(project.intake().schema())
          .isEqualTo(
              Schema.of(
                  Column.optional("id", Type.BIGINT),
                  Column.optional("day", Type.DATE),
                  Column.optional("price", Type.DOUBLE),
                  Column.optional("ok", Type.BOOLEAN)));
      assertThat(folder.resolve("sources/lines.schema.yaml"))
          .content()
          .contains("\"day\": \"date\"");
    }
  }

  @Test
  void withoutColumnsAndWithoutAFileItSaysWhatToDo() {
    assertThatThrownBy(() -> project(Optional.empty())).hasMessageContaining("LEAT-3002");
  }

  /** A shell makes the file of {@code query > rows.csv} before the query has its first row. */
  @Test
  void aFileWithNothingInItIsWaitedForHoweverLongItRests() throws IOException {
    Schema columns = Schema.of(Column.optional("Id", Type.BIGINT));
    Map<String, String> files =
        Map.of("1.csv", "Id\n1\n", "2.ndjson", "{\"Id\": 2}\n", "3.json", "[{\"Id\": 3}]");
    for (String name : files.keySet()) {
      file(name, "");
    }
    try (BatchProject project = project(Optional.of(columns))) {
      project.pull();
      for (Map.Entry<String, String> file : files.entrySet()) {
        file(file.getKey(), file.getValue());
      }
      project.pull();
      project.read(100);
      assertThat(project.bag().keySet()).containsExactlyInAnyOrder("1", "2", "3");
      assertThat(project.rejected()).isEmpty();
    }
  }
}
