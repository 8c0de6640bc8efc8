package dev.leat.lake;

import java.io.IOException;
import java.nio.file.Path;

/** Merges files without an engine, through the disk of the lake. */
record RowByRow(Disk disk) implements Rewriter {

  static int compact(Lake lake) {
    return lake.compact(new RowByRow(lake.disk()), _ -> {});
  }

  @Override
  public void rewrite(TableFiles files, Path output) throws IOException {
    ParquetOutput out =
        new ParquetOutput(
            new LakeIO(disk),
            output,
            files.schema(),
            files.fieldIds(),
            ParquetOutput.Storage.COMPRESSED);
    try (out) {
      for (DataFile file : files.files()) {
        TableRows.read(
            file.path(),
            Bags.deleted(file),
            files.schema(),
            files.fieldIds(),
            (batch, _) -> {
              for (int row = 0; row < batch.size(); row++) {
                out.write(batch, row, 1);
              }
            });
      }
    }
  }
}
