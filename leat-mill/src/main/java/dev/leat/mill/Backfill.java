package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.duckdb.BulkWriter;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.lake.EpochWriter;
import dev.leat.model.LeatException;
import dev.leat.sql.CompiledTable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Fills tables by the batch query, inside an epoch: the first time, after a change of definition,
 * and whenever more has come in than is worth pushing through circuits.
 */
final class Backfill {
  private final DuckDb duck;
  private final Progress progress;

  Backfill(DuckDb duck, Progress progress) {
    this.duck = duck;
    this.progress = progress;
  }

  /**
   * @param tables those that were filled
   * @param failures why others could not be: they stay as they are
   */
  record Filled(Set<String> tables, Map<String, LeatException> failures) {}

  /**
   * Fills each table that must be, each that is to be tried again, and each that reads one of those
   * or a changed source.
   *
   * @param tables in dependency order
   * @param changed sources whose rows this epoch changes
   * @throws LeatException LEAT-6002 when the data breaks the SQL of a table that must be filled
   */
  Filled fill(
      EpochWriter writer,
      List<CompiledTable> tables,
      Set<String> changed,
      Predicate<CompiledTable> must,
      Predicate<CompiledTable> again) {
    Set<String> moved = new HashSet<>(changed);
    Set<String> filled = new HashSet<>();
    Map<String, LeatException> failures = new LinkedHashMap<>();
    for (CompiledTable table : tables) {
      boolean reads = table.dependencies().stream().anyMatch(moved::contains);
      if (reads || must.test(table) || again.test(table)) {
        progress.say("filling " + table.name());
        writer.apply(table.name(), table.schema(), Batch.empty(table.schema()));
        try {
          fill(writer, table);
          moved.add(table.name());
          filled.add(table.name());
        } catch (LeatException e) {
          LeatException failure = in(table, e);
          if (must.test(table) || !isItsOwn(e)) {
            throw failure;
          }
          failures.put(table.name(), failure);
        }
      }
    }
    return new Filled(filled, failures);
  }

  /** Whether the table alone has the trouble, by its rows or by what it needs for them. */
  static boolean isItsOwn(LeatException e) {
    return switch (e.problems().getFirst().code()) {
      case MILL_ARITHMETIC, ENGINE_RECURSION, ENGINE_MEMORY -> true;
      default -> false;
    };
  }

  private static LeatException in(CompiledTable table, LeatException e) {
    return new LeatException(
        e.problems().stream().map(problem -> problem.in(table.definition().at())).toList());
  }

  private void fill(EpochWriter writer, CompiledTable table) {
    try (EpochView view = EpochView.of(duck, writer::files, Map.of())) {
      BulkWriter.Written written =
          view.write(
              table.plan(),
              writer.fieldIds(table.name(), table.schema()),
              () -> writer.newDataFile(table.name(), table.schema()));
      writer.replace(table.name(), table.schema(), written.files());
    }
  }
}
