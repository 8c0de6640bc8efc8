package dev.leat.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one file under tables/: its header, its name and its place. */
record TableReader(Optional<Set<String>> teams, Problems problems) {

  /** Empty when there is no SELECT in it. */
  Optional<TableDefinition> read(FolderFiles.Found file, Yaml.Mapping header, String sql) {
    var values = new Values(header);
    List<String> path = List.of(file.relative().split("/"));
    String layer = path.size() > 2 ? path.get(1) : "";
    boolean inMarts = layer.equals("marts");
    Optional<String> mart =
        inMarts && path.size() > 3 ? Optional.of(path.get(2)) : Optional.empty();
    Location at = Location.start(file.relative());
    if (sql.isBlank()) {
      problems.add(
          at, ErrorCode.MISSING_KEY, "The file holds no SELECT.", "Write one after the header.");
    }
    teams.ifPresent(known -> values.scalars("team").forEach(team -> team(team, known)));
    TableDefinition definition =
        new TableDefinition(
            file.stem(),
            at,
            layer,
            mart,
            values.text("description"),
            values.text("team"),
            values.text("publish").map("true"::equals).orElse(inMarts),
            values.texts("key"),
            sql);
    return Optional.of(definition).filter(_ -> !sql.isBlank());
  }

  private void team(Yaml.Scalar team, Set<String> known) {
    if (!known.contains(team.text())) {
      problems.unknown(team.at(), "The team", team.text(), known);
    }
  }
}
