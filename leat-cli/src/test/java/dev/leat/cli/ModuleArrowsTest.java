package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which room knows which: docs/architecture.md says it, poms and classes must keep it. */
class ModuleArrowsTest {
  private static final Pattern ROW = Pattern.compile("^\\| `leat-(\\w+)` \\|.*\\| ([^|]*) \\|$");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>dev\\.leat</groupId>\\s*<artifactId>leat-(\\w+)</artifactId>"
              + "\\s*(?!.*<scope>test)</?\\w+");

  /** The table of docs/architecture.md: room → the rooms it names, and those that they know. */
  private static Map<String, Set<String>> arrows() throws IOException {
    var direct = new TreeMap<String, Set<String>>();
    for (String line : Files.readAllLines(Sources.ROOT.resolve("docs/architecture.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        var known = new TreeSet<>(List.of(row.group(2).split("[, ]+")));
        known.removeAll(Set.of("nothing", ""));
        direct.put(row.group(1), known);
      }
    }
    var all = new TreeMap<String, Set<String>>();
    direct.keySet().forEach(room -> all.put(room, reach(room, direct)));
    return all;
  }

  private static Set<String> reach(String room, Map<String, Set<String>> direct) {
    var reached = new TreeSet<String>();
    for (String next : direct.getOrDefault(room, Set.of())) {
      reached.add(next);
      reached.addAll(reach(next, direct));
    }
    return reached;
  }

  @Test
  void everyRoomIsInTheTable() throws IOException {
    var rooms = Sources.modules().stream().map(m -> m.substring("leat-".length())).toList();
    assertThat(arrows().keySet()).containsAll(rooms);
  }

  @Test
  void pomsKeepTheArrows() throws IOException {
    var arrows = arrows();
    var broken = new ArrayList<String>();
    for (String module : Sources.modules()) {
      String room = module.substring("leat-".length());
      String pom = Files.readString(Sources.ROOT.resolve(module).resolve("pom.xml"));
      var dependencies = DEPENDENCY.matcher(pom);
      while (dependencies.find()) {
        if (!arrows.getOrDefault(room, Set.of()).contains(dependencies.group(1))) {
          broken.add(module + " → leat-" + dependencies.group(1));
        }
      }
    }
    assertThat(broken).as("arrows that docs/architecture.md does not have").isEmpty();
  }

  @Test
  void classesKeepTheArrows() throws IOException {
    var arrows = arrows();
    var broken = new HashSet<String>();
    JavaClasses classes = new ClassFileImporter().importPaths(compiled());
    assertThat(classes).isNotEmpty();
    for (JavaClass from : classes) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        String to = room(dependency.getTargetClass().getPackageName());
        String own = room(from.getPackageName());
        if (!to.isEmpty() && !to.equals(own) && !arrows.getOrDefault(own, Set.of()).contains(to)) {
          broken.add(from.getName() + " → " + dependency.getTargetClass().getName());
        }
      }
    }
    assertThat(broken).as("arrows that docs/architecture.md does not have").isEmpty();
  }

  private static List<Path> compiled() {
    return Sources.modules().stream()
        .map(m -> Sources.ROOT.resolve(m).resolve("target/classes"))
        .filter(Files::isDirectory)
        .toList();
  }

  /** {@code model} of {@code dev.leat.model}; empty for packages that are not ours. */
  private static String room(String packageName) {
    return packageName.startsWith("dev.leat.") ? packageName.split("\\.")[2] : "";
  }

  @Test
  void theTableHasNoCircle() throws IOException {
    var circles = arrows().entrySet().stream().filter(e -> e.getValue().contains(e.getKey()));
    assertThat(circles.map(Map.Entry::getKey)).isEmpty();
  }
}
