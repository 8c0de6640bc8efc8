package dev.leat.model;

import java.util.List;
import java.util.Optional;

/**
 * One SELECT: a file under tables/.
 *
 * @param name the file's name without its suffix
 * @param layer the first folder under tables/, empty when the file stands in tables/ itself
 * @param mart the second folder, for tables under marts/
 * @param sql the SELECT, with the header blanked out so that lines and columns stay those of the
 *     file
 * @param publish whether others may read it
 */
public record TableDefinition(
    String name,
    Location at,
    String layer,
    Optional<String> mart,
    Optional<String> description,
    Optional<String> team,
    boolean publish,
    List<String> key,
    String sql) {
  public TableDefinition {
    key = List.copyOf(key);
  }
}
