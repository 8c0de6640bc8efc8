package dev.leat.mill;

import dev.leat.model.Project;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which topics of other clusters were read, by source table. Where reading stood in one says
 * nothing of another that was made under its name after it was deleted.
 */
final class Identities {
  private final StateFile file;
  private final Map<String, String> known;

  Identities(Project project) {
    this.file = StateFile.of(project, "topics.properties");
    this.known = file.read();
  }

  /**
   * Whether a table's topic is the one that was read, which it is from now on if none was.
   *
   * @param read whether anything of it was
   */
  boolean same(String table, String topic, boolean read) {
    String before = known.getOrDefault(table, topic);
    if (read && !before.equals(topic)) {
      return false;
    }
    if (!topic.equals(known.get(table))) {
      Map<String, String> all = new TreeMap<>(known);
      all.put(table, topic);
      file.write(all);
      known.put(table, topic);
    }
    return true;
  }
}
