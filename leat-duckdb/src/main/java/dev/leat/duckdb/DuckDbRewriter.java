package dev.leat.duckdb;

import dev.leat.lake.Rewriter;
import dev.leat.lake.TableFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Merges files of a lake with DuckDB: several times cheaper than row by row. */
public final class DuckDbRewriter implements Rewriter {
  private final DuckDb duckDb;

  public DuckDbRewriter(DuckDb duckDb) {
    this.duckDb = duckDb;
  }

  @Override
  public void rewrite(TableFiles files, Path output) {
    Map<String, Integer> ids = new HashMap<>();
    for (int i = 0; i < files.schema().size(); i++) {
      ids.put(files.schema().column(i).name(), files.fieldIds().get(i));
    }
    try (Session session = duckDb.session()) {
      session.execute(
          "COPY ("
              + LakeScan.inOrder(files)
              + ") TO "
              + SqlText.literal(output.toString())
              + " (FORMAT parquet, COMPRESSION zstd, PRESERVE_ORDER true, FIELD_IDS {"
              + SqlText.fieldIds(files.schema(), ids)
              + "})");
    }
  }
}
