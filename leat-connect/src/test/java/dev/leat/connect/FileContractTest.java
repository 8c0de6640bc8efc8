package dev.leat.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Position;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.Session;
import dev.leat.model.Column;
import dev.leat.model.LeatException;
import dev.leat.model.Location;
import dev.leat.model.Schema;
import dev.leat.model.Source;
import dev.leat.model.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what their contract says, and files that cannot be had. */
class FileContractTest {
  private static final Schema PRICES =
      Schema.of(
          Column.optional("id", Type.BIGINT),
          Column.optional("price", Type.decimal(10, 2)),
          Column.optional("day", Type.DATE),
          Column.optional("at", Type.TIMESTAMP));

  @TempDir Path folder;
  private Path inbox;

  @BeforeEach
  void inbox() throws IOException {
    inbox = Files.createDirectories(folder.resolve("inbox"));
  }

  private BatchProject project(Optional<Schema> columns, String glob) {
    return new BatchProject(
        folder,
        new Source.Files(
            "prices",
            Location.start("sources/prices.yaml"),
            glob,
            List.of(BatchProject.table("prices", columns, List.of()))));
  }

  private static void rested(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
  }

  private void file(String name, String text) throws IOException {
    rested(Files.writeString(inbox.resolve(name), text));
  }

  private void parquet(String name, String select) throws IOException {
    try (DuckDb duckDb = DuckDb.open(DuckDb.Settings.reading(inbox));
        Session session = duckDb.session()) {
      session.execute("COPY (" + select + ") TO '" + inbox.resolve(name) + "' (FORMAT parquet)");
    }
    rested(inbox.resolve(name));
  }

  /** Nothing is rounded: as in files of text. */
  @Test
  void parquetValuesThatTheirTypeDoesNotHoldExactlyAreRejected() throws IOException {
    parquet(
        "1.parquet",
        "FROM (VALUES (1::DOUBLE, 0.1::DOUBLE), (2.5, 1), (3, 0.001), (4, NULL), (NULL, 5))"
            + " t(id, price)");
    parquet(
        "2.parquet",
        "FROM (VALUES ('11', '1.50'), ('12.5', '1'), ('13', '0.001'), (' 14', '1e1'))"
            + " t(id, price)");
    parquet(
        "3.parquet",
        "FROM (VALUES (21, DATE '2026-01-01', TIMESTAMP '2026-01-01 10:00:00'),"
            + " (22, 'infinity', NULL), (23, NULL, 'infinity'), (24, '12026-01-01', NULL))"
            + " t(id, day, \"at\")");
    parquet(
        "4.parquet",
        "FROM (VALUES (31, TIMESTAMP '2026-01-01 00:00:00'), (32, '2026-01-01 10:00:00'))"
            + " t(id, day)");
    try (BatchProject project = project(Optional.of(PRICES), "inbox/*")) {
      project.pull();
      project.read(1_000);
      assertThat(project.bag().keySet())
          .containsExactlyInAnyOrder(
              "1|0.10|NULL|NULL",
              "4|NULL|NULL|NULL",
              "NULL|5.00|NULL|NULL",
              "11|1.50|NULL|NULL",
              "14|10.00|NULL|NULL",
              "21|NULL|2026-01-01|2026-01-01T10:00:00",
              "31|NULL|2026-01-01|NULL");
      assertThat(project.rejected()).hasSize(8);
    }
  }

  /** A file without a header, or in UTF-16, must not become rows of nothing. */
  @Test
  void aFileThatHasNoneOfTheColumnsIsPutAside() throws IOException {
    file("1.csv", "1,2.50\n2,3.50\n");
    rested(
        Files.write(
            inbox.resolve("2.txt"), "\uFEFFid\tprice\n1\t2\n".getBytes(StandardCharsets.UTF_16LE)));
    parquet("3.parquet", "SELECT 1 AS other");
    file("4.csv", "id\n4\n");
    try (BatchProject project = project(Optional.of(PRICES), "inbox/*")) {
      assertThatThrownBy(project::pull)
          .hasMessageContaining("LEAT-3003")
          .hasMessageContaining("inbox/1.csv")
          .hasMessageContaining("inbox/2.txt")
          .hasMessageContaining("inbox/3.parquet");
      project.read(1_000);
      assertThat(project.bag()).isEqualTo(Map.of("4|NULL|NULL|NULL", 1L));
    }
  }

  @Test
  void aFileThatCannotBeHadIsTold() throws IOException {
    file("1.csv", "id\n1,2\n\"");
    file("2.parquet", "no parquet");
    Path staging = Files.createDirectories(folder.resolve(".leat/staging/prices"));
    Path inTheWay = Files.writeString(staging.resolve("aside"), "");
    try (BatchProject project = project(Optional.of(PRICES), "inbox/*.parquet")) {
      assertThatThrownBy(project::pull)
          .hasMessageContaining("LEAT-3001")
          .hasMessageContaining("inbox/2.parquet");
      Files.delete(inTheWay);
      assertThatThrownBy(project::pull).hasMessageContaining("LEAT-3003");
    }
  }

  @Test
  void linesThatEndInCarriageReturnsAloneAreToldNotSkipped() throws IOException {
    file("1.csv", "id,price\r1,2\r2,3\r");
    try (BatchProject project = project(Optional.of(PRICES), "inbox/*")) {
      assertThatThrownBy(project::pull)
          .hasMessageContaining("LEAT-3003")
          .hasMessageContaining("carriage return");
    }
  }

  @Test
  void aByteOrderMarkIsNoObject() throws IOException {
    file("1.json", "\uFEFF[{\"id\":1},{\"id\":2}]");
    file("2.json", "\uFEFF{\"id\":3}");
    file("3.ndjson", "\uFEFF{\"id\":4}\n{\"id\":5}\n");
    try (BatchProject project = project(Optional.of(PRICES), "inbox/*")) {
      project.pull();
      project.read(1_000);
      assertThat(project.rejected()).isEmpty();
      assertThat(project.bag()).hasSize(5);
    }
  }

  /** A disk that fails in the middle of an extract: when it is back, no row is passed over. */
  @Test
  void anExtractThatCouldNotBeReadIsReadFromWhereItWas() throws IOException {
    StringBuilder text = new StringBuilder("id\n");
    for (int i = 0; i < 400_000; i++) {
      text.append(i).append('\n');
    }
    file("1.csv", text.toString());
    try (BatchProject project = project(Optional.of(PRICES), "inbox/*")) {
      project.pull();
      Path rows = folder.resolve(".leat/staging/prices/00000000.parquet");
      byte[] whole = Files.readAllBytes(rows);
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, whole.length * 7 / 10, whole.length * 8 / 10, (byte) 0x55);
      Files.write(rows, damaged);
      assertThatThrownBy(() -> project.read(1 << 20)).isInstanceOf(LeatException.class);
      Files.write(rows, whole);
      project.read(1 << 20);
      assertThat(project.bag()).hasSize(400_000);
    }
  }

  @Test
  void aFolderThatLeadsIntoItselfIsTold() throws IOException {
    file("1.csv", "id\n1\n");
    Files.createSymbolicLink(inbox.resolve("loop"), inbox);
    try (BatchProject project = project(Optional.of(PRICES), "inbox/**")) {
      assertThatThrownBy(project::pull)
          .hasMessageContaining("LEAT-3001")
          .hasMessageContaining("loop");
      assertThat(project.intake().end()).isEqualTo(Position.of(0));
    }
  }

  @Test
  void aSchemaThatCannotBeInferredNamesTheFile() throws IOException {
    file("1.parquet", "no parquet");
    assertThatThrownBy(() -> project(Optional.empty(), "inbox/*"))
        .hasMessageContaining("LEAT-3003")
        .hasMessageContaining("sources/prices.yaml")
        .hasMessageContaining("inbox/1.parquet");
  }

  /** DuckDB takes more for a date or a truth than a contract does. */
  @Test
  void whatIsInferredCanBeRead() throws IOException {
    file("1.csv", "id,day,us,ok,n,hex\n1,26.11.2026,11/26/2026,yes,1.5,0x1F\n2,,,no,,\n");
    try (BatchProject project = project(Optional.empty(), "inbox/*")) {
      project.pull();
      project.read(100);
      assertThat(project.rejected()).isEmpty();
      assertThat(project.bag().keySet())
          .containsExactlyInAnyOrder(
              "1|26.11.2026|11/26/2026|yes|1.5|0x1F", "2|NULL|NULL|no|NULL|NULL");
      assertThat(project.intake().schema().column(0).type()).isEqualTo(Type.BIGINT);
      assertThat(project.intake().schema().column(4).type()).isEqualTo(Type.DOUBLE);
    }
  }

  @Test
  void namesThatAreTakenAreTold() {
    for (String name : List.of("_weight", "File_Row_Number")) {
      assertThatThrownBy(
              () -> project(Optional.of(Schema.of(Column.optional(name, Type.BIGINT))), "inbox/*"))
          .hasMessageContaining("sources/prices.yaml:1:1 LEAT-3002")
          .hasMessageContaining(name);
    }
  }
}
