package dev.leat.mill;

import dev.leat.connect.Connectors;
import dev.leat.connect.ContractChange;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Profile.LogChoice;
import dev.leat.model.Project;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the rows of each source table are read from. How far one topic has been read says nothing of
 * another one, nor of one of that name in another cluster, nor of extracts; and rows of files are
 * none that a database can be compared with: reading on from there would pass rows over, or take
 * them twice.
 */
final class Origins {
  private static final String CLUSTER = " of the cluster at ";

  private final StateFile file;

  Origins(Project project) {
    file = StateFile.of(project, "origins.properties");
  }

  /**
   * Notes what a project's tables are read from.
   *
   * @param read whether rows of a table have been, also if no epoch has them yet
   * @throws LeatException LEAT-3002 when they were read from something else; nothing is noted then
   */
  void keep(Project project, Predicate<String> read) {
    Map<String, String> known = file.read();
    List<Problem> problems = new ArrayList<>();
    boolean news = false;
    for (Source source : project.sources()) {
      for (SourceTable table : source.tables()) {
        String now = of(project, source, table);
        String before = known.getOrDefault(table.name(), now);
        if (!same(before, now) && read.test(table.name())) {
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

  /**
   * A cluster is known by its addresses, which grow and move: it is the same one as long as one of
   * them stays.
   */
  private static boolean same(String before, String now) {
    String[] then = before.split(CLUSTER, 2);
    String[] here = now.split(CLUSTER, 2);
    return before.equals(now)
        || (then.length == 2
            && here.length == 2
            && then[0].equals(here[0])
            && !Collections.disjoint(List.of(then[1].split(",")), List.of(here[1].split(","))));
  }

  private static String of(Project project, Source source, SourceTable table) {
    String topic = "topic " + Connectors.topic(table);
    return switch (source) {
      case Source.Jdbc _ -> "extracts of a database";
      case Source.Files _ -> "extracts of files";
      case Source.Http _ -> topic + own(project);
      case Source.Kafka kafka ->
          topic + kafka.bootstrap().map(Origins::cluster).orElseGet(() -> own(project));
    };
  }

  private static String own(Project project) {
    return switch (project.profile().log()) {
      case LogChoice.Embedded _ -> "";
      case LogChoice.Kafka kafka -> cluster(kafka.bootstrap());
    };
  }

  private static String cluster(String bootstrap) {
    return CLUSTER + bootstrap.replace(" ", "");
  }
}
