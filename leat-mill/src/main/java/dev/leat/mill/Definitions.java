package dev.leat.mill;

import dev.leat.sql.CompiledTable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/**
 * Which definition each table in the lake was made by. A table whose definition is another now is
 * filled anew; so is one that is missing here, which is safe if needless.
 */
final class Definitions {
  private final Path file;
  private final Properties known = new Properties();

  Definitions(Path stateFolder) {
    file = stateFolder.resolve("definitions.properties");
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        known.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  boolean current(CompiledTable table) {
    return fingerprint(table).equals(known.getProperty(table.name()));
  }

  /** Whether the table is known to be made by another definition. */
  boolean changed(CompiledTable table) {
    return known.containsKey(table.name()) && !current(table);
  }

  /** Notes that the lake's tables are made by these definitions, and by no others. */
  void save(List<CompiledTable> tables) {
    known.clear();
    tables.forEach(table -> known.setProperty(table.name(), fingerprint(table)));
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (Writer out = Files.newBufferedWriter(temporary)) {
        known.store(out, null);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fingerprint(CompiledTable table) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(table.plan().toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every JDK has SHA-256
    }
  }
}
