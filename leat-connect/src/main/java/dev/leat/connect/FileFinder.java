package dev.leat.connect;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Finds the files that a glob names, and looks at them from outside. */
final class FileFinder {
  private static final int CHECKED_BYTES = 1 << 16;
  private static final Set<String> HALF =
      Set.of(
          "tmp", "temp", "part", "partial", "crdownload", "filepart", "swp", "bak", "inprogress");

  private final Path folder;
  private final Path base;
  private final PathMatcher matcher;
  private final int depth;

  /**
   * @param folder what the glob is relative to
   */
  FileFinder(Path folder, String glob) {
    this.folder = folder.toAbsolutePath().normalize();
    // The folder's own name is no part of the glob, whatever characters are in it.
    Path start = glob.startsWith("/") ? Path.of("/") : this.folder;
    List<String> parts = List.of(glob.replace("/./", "/").split("/"));
    int fixed = 0;
    while (fixed < parts.size() - 1 && !parts.get(fixed).matches(".*[*?{\\[].*")) {
      fixed++;
    }
    this.base = start.resolve(String.join("/", parts.subList(0, fixed))).normalize();
    String rest = String.join("/", parts.subList(fixed, parts.size()));
    this.matcher = base.getFileSystem().getPathMatcher("glob:" + escaped(base) + "/" + rest);
    this.depth = rest.contains("**") ? Integer.MAX_VALUE : parts.size() - fixed;
  }

  private static String escaped(Path path) {
    return path.toString().replaceAll("([*?{}\\[\\]\\\\])", "\\\\$1");
  }

  /** The folder below which all files lie. */
  Path base() {
    return base;
  }

  /** A file as it is now. */
  record Seen(Path path, long bytes, long modified) {}

  /** Every file there is now, by name; not those whose name says that they are not done. */
  List<Seen> look() throws IOException {
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(base, depth, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(matcher::matches)
          .filter(FileFinder::done)
          .sorted()
          .flatMap(path -> seen(path).stream())
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean done(Path path) {
    String name = path.getFileName().toString();
    String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && !name.startsWith("_")
        && !name.endsWith("~")
        && !HALF.contains(suffix);
  }

  /** Empty when it has gone meanwhile, or is a folder. */
  static Optional<Seen> seen(Path path) {
    try {
      return Files.isRegularFile(path)
          ? Optional.of(
              new Seen(path, Files.size(path), Files.getLastModifiedTime(path).toMillis()))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** What the file is called in manifests. */
  String name(Path path) {
    return path.startsWith(folder) ? folder.relativize(path).toString() : path.toString();
  }

  /**
   * A checksum of the first and last bytes: tells a file that was touched from one that changed.
   */
  static long check(Path path) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] bytes = new byte[CHECKED_BYTES];
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      crc.update(bytes, 0, Math.max(0, file.read(bytes)));
      file.seek(Math.max(0, file.length() - CHECKED_BYTES));
      crc.update(bytes, 0, Math.max(0, file.read(bytes)));
    }
    return crc.getValue();
  }

  /**
   * Whether the end of the file can only be its end: Parquet's mark, a closed array. Lines say
   * nothing, as who writes them may write one more.
   */
  static boolean endTells(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      return true; // unpacking it finds out
    }
    return (name.endsWith(".parquet") && tail(path).equals("PAR1"))
        || (name.endsWith(".json") && tail(path).strip().endsWith("]"));
  }

  /** The last four bytes; fewer when there are not as many, or they cannot be read. */
  static String tail(Path path) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(4, file.length())];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      return new String(tail, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
