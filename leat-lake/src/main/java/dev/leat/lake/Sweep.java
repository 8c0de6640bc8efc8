package dev.leat.lake;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes what processes left that were killed: files that no epoch names. Looks at what is there
 * first, and only then at what is needed, so that a file which gets into an epoch meanwhile is
 * found there.
 */
final class Sweep {
  /** What a lake makes. Anything else in its folders is somebody's, and stays. */
  private static final Pattern OURS =
      Pattern.compile(
          "tables/[^/]+/(metadata/[^/]+\\.(json|avro)|data/(.+/)?[^/]+\\.(parquet|puffin))"
              + "|(tables/[^/]+/data|epochs)/\\.[^/]+\\.draft");

  /** The folders that an engine makes to write several files at once. */
  private static final Pattern PARTS = Pattern.compile("tables/[^/]+/data/[^/]+\\.parts");

  private final Lake lake;
  private final Instant before;
  private final List<Path> files = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();

  /**
   * @param before files that were last written later stay
   */
  Sweep(Lake lake, Instant before) {
    this.lake = lake;
    this.before = before;
  }

  int run() {
    try {
      look(lake.root().resolve("epochs"));
      look(lake.root().resolve("tables"));
      Set<Path> making = lake.making();
      Set<String> needed = new Expiry(lake).needed(lake.epochs());
      int swept = 0;
      for (Path file : files) {
        if (!making.contains(file) && !needed.contains(relative(file))) {
          lake.disk().delete(file);
          swept++;
        }
      }
      for (Path folder : folders) {
        deleteEmpty(folder);
      }
      return swept;
    } catch (IOException e) {
      throw LakeFailure.of("sweeping", lake.root(), e);
    }
  }

  private void deleteEmpty(Path folder) throws IOException {
    try {
      lake.disk().delete(folder);
    } catch (DirectoryNotEmptyException _) {
      // something in it is young, or somebody's
    }
  }

  private String relative(Path file) {
    return lake.root().relativize(file).toString();
  }

  private boolean old(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().toInstant().isBefore(before);
  }

  private void look(Path top) throws IOException {
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (old(attributes) && PARTS.matcher(relative(folder)).matches()) {
              folders.add(folder);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (old(attributes) && OURS.matcher(relative(file)).matches()) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return ended(e);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            return e == null ? FileVisitResult.CONTINUE : ended(e);
          }

          /** A writer deletes what it does not need while this looks. */
          private FileVisitResult ended(IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
  }
}
