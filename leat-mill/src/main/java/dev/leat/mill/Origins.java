package dev.leat.mill;

import dev.leat.connect.Connectors;
import dev.leat.connect.ContractChange;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the rows of each source table are read from. How far one topic has been read says nothing of
 * another one, nor of extracts: reading on from there would pass rows over, or take them twice.
 */
final class Origins {
  private final StateFile file;

  Origins(Project project) {
    file = StateFile.of(project, "origins.properties");
  }

  /**
   * Notes what a project's tables are read from.
   *
   * @param read whether rows of a table have been
   * @throws LeatException LEAT-3002 when they were read from something else; nothing is noted then
   */
  void keep(Project project, Predicate<String> read) {
    Map<String, String> known = file.read();
    List<Problem> problems = new ArrayList<>();
    boolean news = false;
    for (Source source : project.sources()) {
      for (SourceTable table : source.tables()) {
        String now = of(source, table);
        String before = known.getOrDefault(table.name(), now);
        if (!before.equals(now) && read.test(table.name())) {
          problems.add(ContractChange.otherOrigin(table, before, now));
        }
        news |= !now.equals(known.put(table.name(), now));
      }
    }
    if (!problems.isEmpty()) {
      throw new LeatException(problems);
    }
    if (news) {
      file.write(known);
    }
  }

  private static String of(Source source, SourceTable table) {
    String topic = "topic " + Connectors.topic(table);
    return switch (source) {
      case Source.Jdbc _, Source.Files _ -> "extracts of a database or of files";
      case Source.Http _ -> topic;
      case Source.Kafka kafka ->
          kafka.bootstrap().isPresent() ? topic + " of another cluster" : topic;
    };
  }
}
