package dev.leat.duckdb;

import static dev.leat.data.BatchBuilder.NULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.lake.DataFile;
import dev.leat.lake.TableFiles;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochViewTest {
  private static final Schema OLD =
      Schema.of(Column.required("Id", Type.BIGINT), Column.optional("name", Type.VARCHAR));
  private static final Schema NEW =
      Schema.of(
          Column.required("Id", Type.BIGINT),
          Column.optional("name", Type.VARCHAR),
          Column.optional("score", Type.DOUBLE));

  @TempDir Path folder;
  private DuckDb duckDb;
  private int files;

  @BeforeEach
  void open() {
    duckDb = DuckDb.open(DuckDb.Settings.reading(folder).withThreads(2));
  }

  @AfterEach
  void close() {
    duckDb.close();
  }

  /** A file of rows from the numbers given. */
  private DataFile file(Schema schema, long from, long to, long... deleted) {
    String score = schema.size() == 3 ? ", range / 4.0::DOUBLE AS score" : "";
    Select select =
        new Select(
            schema,
            _ ->
                "SELECT range AS Id, 'n' || range AS name"
                    + score
                    + " FROM range("
                    + from
                    + ", "
                    + to
                    + ")");
    try (EpochView view = view(Map.of(), Map.of())) {
      Map<String, Integer> ids = Map.of("Id", 1, "name", 2, "score", 3);
      BulkWriter.Written written =
          view.write(select, ids, () -> folder.resolve("f" + files++ + ".parquet"));
      assertThat(written.rows()).isEqualTo(to - from);
      Path path = written.files().getFirst();
      return new DataFile(path, written.rows(), path.toFile().length(), deleted);
    }
  }

  private static TableFiles table(Schema schema, DataFile... files) {
    long rows = List.of(files).stream().mapToLong(DataFile::liveRows).sum();
    List<Integer> ids = IntStream.rangeClosed(1, schema.size()).boxed().toList();
    return new TableFiles(schema, ids, List.of(files), rows);
  }

  private EpochView view(Map<String, TableFiles> tables, Map<String, List<Batch>> pending) {
    return EpochView.of(duckDb, tables::get, pending);
  }

  private static Select all(Schema schema) {
    return new Select(schema, relations -> "SELECT * FROM " + relations.apply("t"));
  }

  private static Map<String, Long> bag(Batch batch) {
    Map<String, Long> bag = new TreeMap<>();
    for (int row = 0; row < batch.size(); row++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < batch.columns().size(); column++) {
        cells.add(batch.column(column).isNull(row) ? "NULL" : Values.text(batch, column, row));
      }
      bag.merge(String.join("|", cells), batch.weights()[row], Long::sum);
    }
    return bag;
  }

  @Test
  void deletedRowsAreLeftOutAndOlderFilesLackTheColumn() {
    TableFiles table =
        table(
            NEW,
            file(OLD, 0, 3),
            file(NEW, 10, 14, 0, 2),
            file(OLD, 20, 22, 0, 1),
            file(NEW, 30, 32, 1));
    try (EpochView view = view(Map.of("t", table), Map.of());
        Answer answer = view.query(all(NEW))) {
      assertThat(bag(answer.rest()).keySet())
          .containsExactlyInAnyOrder(
              "0|n0|NULL", "1|n1|NULL", "11|n11|2.75", "13|n13|3.25", "2|n2|NULL", "30|n30|7.5");
    }
  }

  @Test
  void manyDeletedRowsGoThroughATable() {
    long[] odd = LongStream.range(0, 5_000).map(i -> i * 2 + 1).toArray();
    TableFiles table = table(OLD, file(OLD, 0, 10_000, odd), file(OLD, 0, 10_000));
    try (EpochView view = view(Map.of("t", table), Map.of());
        Answer answer = view.query(all(OLD))) {
      Batch rows = answer.rest();
      assertThat(rows.size()).isEqualTo(15_000);
      long sum = LongStream.of(rows.longs(0).values()).limit(rows.size()).sum();
      assertThat(sum).isEqualTo(49_995_000L + 24_995_000L);
    }
  }

  @Test
  void aTableWithoutFilesHasColumnsButNoRows() {
    try (EpochView view = view(Map.of("t", table(NEW)), Map.of());
        Answer answer = view.query(all(NEW))) {
      assertThat(answer.rest().size()).isZero();
    }
  }

  @Test
  void pendingChangesAreThere() {
    BatchBuilder changes = new BatchBuilder(OLD);
    changes.appendValues(2, 7L, NULL);
    changes.appendValues(-1, 1L, "n1");
    TableFiles table = table(OLD, file(OLD, 0, 3));
    try (EpochView view = view(Map.of("t", table), Map.of("t", List.of(changes.build())));
        Answer answer = view.query(all(OLD))) {
      assertThat(bag(answer.rest())).isEqualTo(Map.of("0|n0", 1L, "2|n2", 1L, "7|NULL", 2L));
    }
  }

  @Test
  void theChangeOfATableIsWhatItLacksAndHasTooMuch() {
    TableFiles table = table(OLD, file(OLD, 0, 3), file(OLD, 0, 1));
    TableFiles current = table(OLD, file(OLD, 0, 2), file(OLD, 9, 10));
    try (EpochView view = view(Map.of("t", table), Map.of())) {
      assertThat(bag(view.change(all(OLD), current)))
          .isEqualTo(Map.of("0|n0", 1L, "2|n2", 1L, "9|n9", -1L));
      assertThat(view.change(all(OLD), table).size()).isZero();
    }
  }

  @Test
  void aProofShowsTheRowsOfBothSidesThatDiffer() {
    TableFiles table = table(OLD, file(OLD, 0, 100));
    TableFiles wrong = table(OLD, file(OLD, 0, 90), file(OLD, 0, 5), file(OLD, 200, 201));
    try (EpochView view = view(Map.of("t", table), Map.of())) {
      Proof proof = view.prove(all(OLD), wrong, 3, 0);
      assertThat(proof.equal()).isFalse();
      assertThat(proof.missingRows()).isEqualTo(10);
      assertThat(proof.surplusRows()).isEqualTo(6);
      assertThat(proof.missing().size()).isEqualTo(3);
      assertThat(view.prove(all(OLD), table, 3, 0).equal()).isTrue();
    }
  }

  @Test
  void doublesAreEqualWithinTheTolerance() {
    TableFiles table = table(NEW, file(NEW, 0, 5_000));
    try (EpochView view = view(Map.of("t", table), Map.of())) {
      assertThat(view.prove(scored("score * (1 + 1e-12)"), table, 3, 0).equal()).isTrue();
      Proof off = view.prove(scored("score * (1 + 1e-6)"), table, 3, 0);
      assertThat(off.missingRows()).isEqualTo(4_999); // the score 0 stays 0
      assertThat(off.surplusRows()).isEqualTo(4_999);
      Proof infinite = view.prove(scored("'infinity'::DOUBLE"), table, 3, 0);
      assertThat(infinite.missingRows()).isEqualTo(5_000);
    }
  }

  @Test
  void sumsThatCancelAreEqualWithinWhatWasRounded() {
    TableFiles table = table(NEW, file(NEW, 0, 5_000));
    try (EpochView view = view(Map.of("t", table), Map.of())) {
      Select rounded = scored("score + 1e-12");
      assertThat(view.prove(rounded, table, 3, 0).missingRows()).isEqualTo(1); // instead of 0
      assertThat(view.prove(rounded, table, 3, 1).equal()).isTrue();
      assertThat(view.prove(scored("score + 2e-12"), table, 3, 1).missingRows()).isEqualTo(1);
    }
  }

  private static Select scored(String score) {
    return new Select(
        NEW, relations -> "SELECT Id, name, " + score + " AS score FROM " + relations.apply("t"));
  }

  @Test
  void anAnswerWithoutRowsNeedsNoFile() {
    try (EpochView view = view(Map.of("t", table(OLD)), Map.of())) {
      BulkWriter.Written written =
          view.write(all(OLD), Map.of("Id", 1, "name", 2), () -> folder.resolve("none.parquet"));
      assertThat(written.files()).isEmpty();
      assertThat(folder).isEmptyDirectory();
    }
  }
}
