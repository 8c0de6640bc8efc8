package dev.leat.mill;

import dev.leat.sql.CompiledTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Which definition each table in the lake was made by. A table whose definition is another now is
 * filled anew; so is one that is missing here, which is safe if needless.
 */
final class Definitions {
  private final StateFile file;
  private final Map<String, String> known;

  Definitions(Path stateFolder) {
    file = new StateFile(stateFolder.resolve("definitions.properties"));
    known = file.read();
  }

  boolean current(CompiledTable table) {
    return fingerprint(table).equals(known.get(table.name()));
  }

  /** Whether the table is known to be made by another definition. */
  boolean changed(CompiledTable table) {
    return made(table.name()) && !current(table);
  }

  /** Whether a relation of the lake was made by a definition, rather than read from a source. */
  boolean made(String relation) {
    return known.containsKey(relation);
  }

  /** Notes that the lake's tables are made by these definitions, and by no others. */
  void save(List<CompiledTable> tables) {
    known.clear();
    tables.forEach(table -> known.put(table.name(), fingerprint(table)));
    file.write(known);
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
