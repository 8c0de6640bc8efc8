package dev.leat.server;

import dev.leat.data.Batch;
import dev.leat.data.BytesVector;
import dev.leat.data.Vector;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import dev.leat.lake.TableVersion;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.sql.Catalog;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.Compiler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Questions answered from the lake: compiled by the same compiler as tables are, so that a query
 * and a table mean the same, then run by DuckDB over the files of one epoch.
 */
public final class LakeQuestions implements Questions {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_A_TIME = 4;

  /** Of text, so that answers leave the mill, which lives in the same process, its memory. */
  private static final long BYTES_MAX = 16L << 20;

  private final DuckDb duckDb;
  private final Lake lake;
  private final Semaphore turns = new Semaphore(AT_A_TIME, true);

  public LakeQuestions(DuckDb duckDb, Lake lake) {
    this.duckDb = duckDb;
    this.lake = lake;
  }

  @Override
  public long newestEpoch() {
    return lake.newest().map(Epoch::number).orElse(0L);
  }

  @Override
  public Answer ask(String sql, OptionalLong number, int limit) {
    Epoch epoch = epoch(number);
    CompiledQuery query = new Compiler(catalog(epoch)).compileQuery(sql);
    turns.acquireUninterruptibly();
    try (EpochView view = EpochView.at(duckDb, lake, epoch).timeout(PATIENCE);
        dev.leat.duckdb.Answer answer = view.query(query.plan(), limit + 1L, BYTES_MAX)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      long bytes = 0;
      while (answer.hasNext()) {
        Batch batch = answer.next();
        for (int row = 0; row < batch.size(); row++) {
          rows.add(Cells.row(batch, row));
          bytes += bytes(batch, row);
        }
      }
      // The row that makes it too many shows that there are more; a row alone is shown.
      boolean cut = rows.size() > limit || (bytes > BYTES_MAX && rows.size() > 1);
      return new Answer(
          epoch.number(),
          query.schema(),
          cut ? rows.subList(0, rows.size() - 1) : rows,
          cut ? Completeness.CUT : Completeness.ALL);
    } finally {
      turns.release();
    }
  }

  private static long bytes(Batch batch, int row) {
    long bytes = 0;
    for (Vector column : batch.columns()) {
      bytes += column instanceof BytesVector text ? text.length(row) : 0;
    }
    return bytes;
  }

  private Epoch epoch(OptionalLong number) {
    if (number.isEmpty()) {
      return lake.newest()
          .orElseThrow(
              () -> missing("Nothing has been published yet.", "Wait for the first epoch."));
    }
    return lake.epoch(number.getAsLong())
        .orElseThrow(() ->
            missing(
                "Epoch " + number.getAsLong() + " is not kept.",
                "`leat status` names the epochs that are."));
  }

  private static LeatException missing(String message, String fix) {
    return new LeatException(Problem.of(ErrorCode.LAKE_EPOCH_MISSING, message, fix));
  }

  private static Catalog catalog(Epoch epoch) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    for (Map.Entry<String, TableVersion> table : epoch.tables().entrySet()) {
      schemas.put(table.getKey(), table.getValue().schema());
    }
    return Catalog.of(schemas);
  }
}
