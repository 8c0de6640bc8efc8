package dev.leat.mill;

import dev.leat.lake.Epoch;
import dev.leat.model.Project;
import dev.leat.sql.Catalog;
import dev.leat.sql.CompiledTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Which definition each table in the lake was made by. A table whose definition is another now is
 * filled anew; so is one that is missing here, which is safe if needless; and one that has stopped
 * is tried again.
 */
final class Definitions {
  private static final String STOPPED = " stopped";

  private final StateFile file;
  private Map<String, String> known;

  Definitions(Project project) {
    file = StateFile.of(project, "definitions.properties");
    known = file.read();
  }

  /** Whether a table is what its definition says. */
  boolean current(CompiledTable table) {
    return fingerprint(table).equals(known.get(table.name()));
  }

  /** Whether a table lacks what came since its query began to fail. */
  boolean stopped(CompiledTable table) {
    return (fingerprint(table) + STOPPED).equals(known.get(table.name()));
  }

  /** Whether the table is known to be made by another definition. */
  boolean changed(CompiledTable table) {
    return made(table.name()) && !current(table) && !stopped(table);
  }

  /** Whether a relation of the lake was made by a definition, rather than read from a source. */
  boolean made(String relation) {
    return known.containsKey(relation);
  }

  /** The tables of an epoch whose definitions are gone: nothing keeps them right any more. */
  List<String> withdrawn(Epoch epoch, Catalog now) {
    return epoch.tables().keySet().stream()
        .filter(name -> made(name) && now.relation(name).isEmpty())
        .toList();
  }

  /**
   * Notes that the lake's tables are made by these definitions, and by no others.
   *
   * @param stopped those that could not be filled
   */
  void save(List<CompiledTable> tables, Set<String> stopped) {
    known.clear();
    for (CompiledTable table : tables) {
      String mark = stopped.contains(table.name()) ? STOPPED : "";
      known.put(table.name(), fingerprint(table) + mark);
    }
    file.write(known);
  }

  /** Notes that tables stop, before an epoch is published in which they do. */
  void stopping(Set<String> tables) {
    replace((table, made) -> tables.contains(table) ? unmarked(made) + STOPPED : made);
  }

  /** Notes that all tables but these are what their definitions say, once an epoch has them. */
  void stopped(Set<String> tables) {
    replace((table, made) -> tables.contains(table) ? made : unmarked(made));
  }

  private static String unmarked(String made) {
    return made.endsWith(STOPPED) ? made.substring(0, made.length() - STOPPED.length()) : made;
  }

  private void replace(BinaryOperator<String> change) {
    Map<String, String> after = new TreeMap<>(known);
    after.replaceAll(change);
    if (!after.equals(known)) {
      file.write(after);
      known = after;
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
