package dev.leat.lake;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes the rows of some files as one Parquet file, in the order of the files and of the rows in
 * them.
 */
@FunctionalInterface
public interface Rewriter {

  /**
   * @param files there are some; what is deleted of them is left out
   * @param output where nothing is yet; its columns get the field ids of {@code files}
   */
  void rewrite(TableFiles files, Path output) throws IOException;
}
