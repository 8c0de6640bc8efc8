package dev.leat.mill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.log.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project runs, the columns of a source are changed, and it runs again: no row is lost. */
final class ContractChangeTest {
  private static final long LARGE = 3_000_000_000L;

  @TempDir Path folder;
  private SalesProject shop;

  @BeforeEach
  void project() {
    shop = new SalesProject(folder);
  }

  // ---- files

  private void ofFiles(String columns) {
    shop.contract("files\npath: inbox/*.csv", columns);
  }

  private void inbox(String name, String text) {
    Folders.drop(folder, "inbox/" + name, text);
  }

  @Test
  void rowsOfFilesAreKeptWhenATypeGrows() {
    ofFiles("columns: {id: integer, amount: integer}");
    inbox("a.csv", "id,amount\n1,5\n2,7\n3," + LARGE + "\n");
    shop.run();
    shop.totalIs(2, 12);

    ofFiles("columns: {id: integer, amount: bigint}");
    try (Workspace workspace = shop.open()) {
      new QuarantineDesk(workspace).replay(List.of(shop.quarantined()));
      workspace.fill();
    }
    shop.totalIs(3, 12 + LARGE);

    ofFiles("columns: {id: bigint, amount: 'decimal(18,2)'}");
    inbox("b.csv", "id,amount\n4,1\n");
    shop.run();
    shop.totalIs(4, 13 + LARGE);
  }

  /** Files that were staged under the contract of before, and are not in the lake yet. */
  @Test
  void whatWasStagedBeforeTheChangeIsReadAfterIt() {
    ofFiles("columns: {id: integer, amount: integer}");
    inbox("a.csv", "id,amount\n1,5\n");
    try (Workspace workspace = shop.open()) {
      workspace.pullAll();
    }
    ofFiles("columns: {amount: double, shop: varchar, id: bigint}");
    inbox("b.csv", "id,amount,shop\n2,7,Oslo\n");
    shop.run();
    shop.totalIs(2, 12);
    assertThat(shop.number("SELECT COUNT(*) FROM sales WHERE shop IS NULL")).isEqualTo(1);
  }

  @Test
  void columnsMayGoComeAndChangePlaces() {
    ofFiles("columns: {id: integer, amount: integer, shop: varchar}");
    inbox("a.csv", "id,amount,shop\n1,5,Oslo\n2,7,Rome\n");
    shop.run();
    ofFiles("columns: {amount: integer, id: integer, till: integer}");
    inbox("b.csv", "id,amount,till\n3,1,9\n");
    shop.run();
    shop.totalIs(3, 13);
    assertThat(shop.number("SELECT SUM(id) FROM sales WHERE till IS NULL")).isEqualTo(3);
  }

  // ---- streams

  @Test
  void aStreamThatRunsOnKeepsItsRowsWhenATypeGrows() throws Exception {
    shop.contract("http", "columns: {id: integer, amount: integer}");
    try (Running running = new Running(Folders.read(folder))) {
      running.append("sales", List.of(SalesProject.sale(1, 5), SalesProject.sale(2, 7)));
      running.awaitRows("sales", 2);
    }
    shop.contract("http", "columns: {id: integer, amount: bigint}");
    try (Running running = new Running(Folders.read(folder))) {
      assertThat(running.rows("sales")).isEqualTo(2);
      running.append("sales", List.of(SalesProject.sale(3, LARGE)));
      running.awaitRows("sales", 3);
    }
    shop.totalIs(3, 12 + LARGE);
  }

  @Test
  void aKeyedStreamKnowsItsKeysAfterAColumnCameAndItsKeyGrew() {
    shop.contract("http", "key: [id], columns: {id: integer not null, amount: integer}");
    shop.run(SalesProject.sale(1, 5), SalesProject.sale(2, 7));
    shop.contract(
        "http", "key: [id], columns: {shop: varchar, id: bigint not null, amount: bigint}");
    shop.run(
        SalesProject.sale(2, 100), SalesProject.sale(LARGE, LARGE), SalesProject.sale(LARGE, 100));
    shop.totalIs(3, 12 + LARGE);
  }

  /**
   * Here no table reads the stream, whose saved state would tell that it is of another contract.
   */
  @Test
  void keysSavedUnderTheContractOfBeforeAreNotUsedAfterIt() throws Exception {
    Files.delete(folder.resolve("tables/marts/a/total.sql"));
    Files.delete(folder.resolve("tables/marts/a/counted.sql"));
    shop.contract("http", "key: [id], columns: {id: integer not null, amount: integer}");
    try (Running running = new Running(Folders.read(folder))) {
      running.append("sales", List.of(SalesProject.sale(1, 5), SalesProject.sale(2, 7)));
      running.awaitRows("sales", 2);
    }
    shop.contract("http", "key: [id], columns: {id: bigint not null, amount: integer}");
    try (Workspace workspace = shop.open()) {
      workspace.fillWhatIsNew(); // and stops before state is saved
    }
    try (Running running = new Running(Folders.read(folder))) {
      assertThat(running.mill.recoveredBy()).isEqualTo(Recovery.Way.REBUILT);
      running.append("sales", List.of(SalesProject.sale(2, 100), SalesProject.sale(3, 1)));
      running.awaitRows("sales", 3);
    }
  }

  // ---- other origins

  private void streams(String tables) {
    Folders.write(folder, "sources/shop.yaml", "kind: kafka\ntables:\n" + tables);
  }

  @Test
  void anotherTopicIsRefusedForRowsThatWereReadFromOne() {
    String columns = "columns: {id: integer, amount: integer}";
    streams("  sales: {%s}\n  more: {%s}\n".formatted(columns, columns));
    try (Workspace workspace = shop.open()) {
      SalesProject.append(workspace, SalesProject.sale(1, 5));
      workspace.fill();
      Entry event = Entry.of(SalesProject.sale(2, 1).getBytes(StandardCharsets.UTF_8));
      workspace.log().orElseThrow().append("more", List.of(event, event)).join();
    }
    streams("  sales: {topic: more, %s}\n".formatted(columns));
    assertThatThrownBy(shop::run)
        .hasMessageContaining("sources/shop.yaml:3:3 LEAT-3002 Rows of sales were read from topic")
        .hasMessageContaining("topic more")
        .hasMessageContaining("another name");
    streams("  sales: {topic: sales, %s}\n".formatted(columns));
    shop.run(SalesProject.sale(4, 7));
    shop.totalIs(2, 12);
    streams("  sales: {%s}\n  other: {topic: more, %s}\n".formatted(columns, columns));
    shop.run();
    assertThat(shop.number("SELECT COUNT(*) FROM other")).isEqualTo(2);
  }

  @Test
  void aStreamIsNoOriginForRowsThatWereReadFromFiles() {
    ofFiles("columns: {id: integer, amount: integer}");
    inbox("a.csv", "id,amount\n1,5\n2,7\n");
    shop.run();
    shop.contract("http", "columns: {id: integer, amount: integer}");
    assertThatThrownBy(() -> shop.run(SalesProject.sale(3, 1)))
        .hasMessageContaining("sources/shop.yaml:3:3 LEAT-3002 Rows of sales were read from")
        .hasMessageContaining("extracts");
    ofFiles("columns: {id: integer, amount: integer}");
    shop.run();
    shop.totalIs(2, 12);
  }

  /** What a query gave under a name is nothing that a source has read. */
  @Test
  void aSourceWithTheNameOfATableThatWasDoesNotKeepItsRows() throws IOException {
    Folders.write(
        folder,
        "sources/shop.yaml",
        "kind: files\npath: inbox/*.csv\n"
            + "tables:\n  raw: {columns: {id: integer, amount: integer}}\n");
    Folders.write(folder, "tables/core/sales.sql", "SELECT id, amount FROM raw");
    inbox("a.csv", "id,amount\n1,5\n2,7\n");
    shop.run();
    shop.totalIs(2, 12);
    Files.delete(folder.resolve("tables/core/sales.sql"));
    ofFiles("columns: {id: integer, amount: integer}");
    shop.run();
    shop.totalIs(2, 12);
    shop.run();
    shop.totalIs(2, 12);
  }

  @Test
  void aTableThatIsTakenOutLeavesTheLakeAndItsNameIsFree() throws IOException {
    ofFiles("columns: {id: integer, amount: integer}");
    Folders.write(folder, "tables/core/more.sql", "SELECT id FROM sales");
    inbox("a.csv", "id,amount\n1,5\n2,7\n");
    shop.run();
    Files.delete(folder.resolve("tables/core/more.sql"));
    shop.run();
    try (Workspace workspace = shop.open()) {
      assertThat(workspace.lake().newest().orElseThrow().tables())
          .containsKeys("sales", "total")
          .doesNotContainKey("more");
    }
    inbox("b.csv", "id,amount\n3,1\n");
    shop.run();
    Folders.write(
        folder,
        "sources/more.yaml",
        "kind: files\npath: more/*.csv\ntables: {more: {columns: {id: integer}}}\n");
    shop.run();
    assertThat(shop.number("SELECT COUNT(*) FROM more")).isZero();
    shop.totalIs(3, 13);
  }

  @Test
  void anotherKeyIsKnownOfTheRowsThatAreThere() throws Exception {
    String columns = "columns: {id: integer not null, amount: integer not null}";
    shop.contract("http", "key: [id], " + columns);
    try (Running running = new Running(Folders.read(folder))) {
      running.append("sales", List.of(SalesProject.sale(1, 5), SalesProject.sale(2, 7)));
      running.awaitRows("sales", 2);
    }
    shop.contract("http", "key: [amount], " + columns);
    try (Running running = new Running(Folders.read(folder))) {
      running.append(
          "sales",
          List.of(SalesProject.sale(3, 5), SalesProject.sale(1, 9), SalesProject.sale(4, 1)));
      running.awaitRows("sales", 4);
    }
    shop.totalIs(4, 22);
  }

  // ---- refused

  @Test
  void aValueThatDoesNotFitItsNewTypeRefusesTheChangeAndNothingIsTouched() {
    ofFiles("columns: {id: integer, amount: bigint}");
    inbox("a.csv", "id,amount\n1,5\n2," + LARGE + "\n");
    shop.run();
    for (String type : List.of("integer", "decimal(4,2)", "boolean", "date", "varbinary")) {
      ofFiles("columns: {id: integer, amount: '" + type + "'}");
      assertThatThrownBy(shop::run)
          .as(type)
          .hasMessageContaining("sources/shop.yaml:4:3 LEAT-3002 Column amount of sales was BIGINT")
          .hasMessageContaining("such as ");
    }
    ofFiles("columns: {id: integer, amount: bigint}");
    shop.run();
    shop.totalIs(2, 5 + LARGE);
  }

  @Test
  void aColumnThatMustHaveAValueNowIsRefusedWhereRowsHaveNone() {
    ofFiles("columns: {id: integer, amount: integer}");
    inbox("a.csv", "id,amount\n1,5\n2,\n");
    shop.run();
    ofFiles("columns: {id: integer not null, amount: integer not null}");
    inbox("b.csv", "id,amount\n3,1\n");
    try (Workspace workspace = shop.open()) {
      workspace.pullAll();
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(workspace::fill)
            .hasMessageContaining("sources/shop.yaml:4:3 LEAT-3002 Column amount of sales is `not")
            .hasMessageContaining("no value there: 1 of them");
      }
    }
    ofFiles("columns: {id: integer not null, amount: integer}");
    shop.run();
    shop.totalIs(3, 6);
  }
}
