package dev.leat.mill;

import dev.leat.connect.Intake;
import dev.leat.data.Batch;
import dev.leat.data.Position;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.lake.EpochWriter;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all that inputs have now into an epoch in the making, in bulk where it can be. */
final class CatchUp {
  private static final int READ_ROWS = 100_000;

  private final DuckDb duck;
  private final Progress progress;

  CatchUp(DuckDb duck, Progress progress) {
    this.duck = duck;
    this.progress = progress;
  }

  /**
   * Reads an input as {@link #readAll} does. A cluster elsewhere may be away, or a log have lost
   * records: that stops nothing else.
   *
   * @param ownLog whether the input reads the log of this process
   * @return how many rows were read
   */
  long readWhatCanBe(
      Input input, boolean ownLog, EpochWriter writer, List<LeatException> failures) {
    long before = input.counts().read();
    try {
      readAll(input, writer);
    } catch (LeatException e) {
      ErrorCode code = e.problems().getFirst().code();
      boolean away = code == ErrorCode.LOG_FAILED && !ownLog;
      boolean lost = code == ErrorCode.LOG_GAP || code == ErrorCode.INPUT_SHORT;
      if (!away && !(lost && input.isStream())) {
        throw e;
      }
      failures.add(e);
    }
    return input.counts().read() - before;
  }

  /**
   * Reads an input on from where it stands, behind the rows its table has, to the end it has now.
   *
   * @throws LeatException when it cannot be; it stands where it has been read to
   */
  private void readAll(Input input, EpochWriter writer) {
    try (EpochView view = EpochView.of(duck, writer::files, Map.of())) {
      input.rememberKeys(view);
    }
    Position end = input.end();
    Optional<List<Intake.BulkFile>> files = input.bulk(end);
    if (files.isPresent() && takesAsItIs(input, writer)) {
      takeOver(input, end, files.get(), writer);
      return;
    }
    long rows = 0;
    while (!input.hasReached(end)) {
      EpochChanges slice = new EpochChanges(Map.of());
      int read = input.read(end, READ_ROWS, new HashMap<>(), slice);
      for (String relation : slice.relations()) {
        Batch batch = slice.drain(relation);
        writer.apply(relation, batch.schema(), batch);
      }
      rows += read;
      if (read > 0) {
        progress.say("reading " + input.name() + ": " + rows + " rows");
      }
    }
  }

  /** Whether the lake's table has the field ids that staged files carry: it was not evolved. */
  private static boolean takesAsItIs(Input input, EpochWriter writer) {
    Schema schema = input.intake().schema();
    int id = 1;
    for (int given : writer.fieldIds(input.name(), schema).values()) {
      if (given != id++) {
        return false;
      }
    }
    return true;
  }

  /** Staged files become files of the lake, as links where the file system has them. */
  private void takeOver(
      Input input, Position end, List<Intake.BulkFile> files, EpochWriter writer) {
    Schema schema = input.intake().schema();
    List<Path> taken = new ArrayList<>();
    long rows = 0;
    for (Intake.BulkFile file : files) {
      if (file.rows() > 0) {
        taken.add(writer.takeOver(input.name(), schema, file.path()));
        rows += file.rows();
      }
    }
    writer.append(input.name(), schema, taken);
    input.took(end, rows);
    progress.say("took over " + input.name() + ": " + rows + " rows");
  }
}
