package dev.leat.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What SQL may take from sources when something is wrong with them. A source that has a fault is
 * not asked for anything, so that only what it declares is known.
 *
 * @param known sources whose contracts are
 * @param broken tables of the others, and those that two sources declare
 * @param unread files of which no source came
 */
record DraftSources(List<Source> known, Set<String> broken, Set<String> unread) {

  static DraftSources of(List<Source> sources, List<Problem> found) {
    Set<String> faulty =
        found.stream()
            .flatMap(problem -> problem.at().stream())
            .map(Location::file)
            .filter(file -> file.startsWith("sources/"))
            .collect(Collectors.toCollection(HashSet::new));
    var known = new ArrayList<Source>();
    var broken = new HashSet<String>();
    var names = new HashSet<String>();
    for (Source source : sources) {
      boolean sound = !faulty.remove(source.at().file());
      sound &= !faulty.remove(InferredSchemas.file(source.name()));
      if (sound || source.tables().stream().allMatch(t -> t.columns().isPresent())) {
        known.add(source);
      } else {
        source.tables().forEach(table -> broken.add(table.name()));
      }
      source.tables().stream()
          .map(SourceTable::name)
          .filter(name -> !names.add(name.toLowerCase(Locale.ROOT)))
          .forEach(broken::add);
    }
    return new DraftSources(known, broken, faulty);
  }
}
