package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** House style. Each ban names what to write instead. */
class HouseStyleTest {
  private static final int LINES_MAX = 400;

  /** Files that were too long when the limit came; they may shrink, and then leave this list. */
  private static final Map<String, Integer> RATCHET =
      Map.of("leat-sql/src/main/java/dev/leat/sql/Function.java", 410);

  /**
   * A pattern that may not stand in some files.
   *
   * @param where the files it is banned from
   */
  record Ban(String pattern, String instead, Predicate<Sources.JavaFile> where) {
    @Override
    public String toString() {
      return pattern;
    }

    List<String> broken() {
      Pattern compiled = Pattern.compile(pattern);
      var places = new ArrayList<String>();
      for (Sources.JavaFile file : Sources.java()) {
        for (int i = 0; where.test(file) && i < file.lines().size(); i++) {
          if (compiled.matcher(file.lines().get(i)).find()) {
            places.add(file.path() + ":" + (i + 1) + " " + file.lines().get(i).strip());
          }
        }
      }
      return places;
    }
  }

  private static Predicate<Sources.JavaFile> everywhere() {
    return file -> !file.name().equals("HouseStyleTest.java");
  }

  private static Predicate<Sources.JavaFile> mainCode() {
    return file -> !file.isTest();
  }

  static Stream<Ban> bans() {
    return Stream.of(
        new Ban(
            "System\\.(out|err)\\b",
            "Terminal in leat-cli, a return value or an exception elsewhere",
            mainCode().and(f -> !f.isIn("leat-cli") && !f.isIn("leat-bench"))),
        new Ban("printStackTrace\\(", "a LeatException with its cause, or a logger", everywhere()),
        new Ban("\\b(TODO|FIXME|XXX)\\b", "doing it, or an entry in docs/status.md", everywhere()),
        new Ban("@Disabled\\b", "mending the test, or an assumption that says why", everywhere()),
        new Ban(
            "\\b(class|record|interface|enum) \\w+(Util|Utils|Manager|Helper|Impl)\\b",
            "a name that says what it is",
            everywhere()),
        new Ban("import (static )?org\\.mockito", "the real part, or a wrapper", everywhere()),
        new Ban("import (static )?junit\\.framework|org\\.junit\\.Test;", "JUnit 6", everywhere()),
        new Ban(
            "import (static )?com\\.google\\.common\\.",
            "the JDK: List.of, Map.of …",
            everywhere()),
        new Ban(
            "\\bVector<|\\bHashtable<|\\bStringBuffer\\b",
            "ArrayList, HashMap, StringBuilder",
            everywhere()),
        new Ban("\\bassert ", "an exception in main code, AssertJ in tests", everywhere()),
        new Ban(
            "new Random\\(\\)|Math\\.random\\(",
            "new Random(seed), with the seed printed",
            everywhere()));
  }

  @ParameterizedTest
  @MethodSource("bans")
  void isKept(Ban ban) {
    assertThat(ban.broken()).as("write instead: %s", ban.instead()).isEmpty();
  }

  @Test
  void filesStayShort() {
    var tooLong =
        Sources.java().stream()
            .filter(f -> f.lines().size() > RATCHET.getOrDefault(f.path(), LINES_MAX))
            .map(f -> f.path() + ": " + f.lines().size() + " lines")
            .toList();
    assertThat(tooLong).as("at most %d lines: split the file by what it does", LINES_MAX).isEmpty();
  }

  @Test
  void theRatchetOnlyHoldsWhatNeedsIt() {
    var lengths =
        Sources.java().stream()
            .filter(f -> RATCHET.containsKey(f.path()) && f.lines().size() > LINES_MAX)
            .map(Sources.JavaFile::path)
            .toList();
    assertThat(RATCHET.keySet()).as("short enough now: take it off").hasSameElementsAs(lengths);
  }

  @Test
  void everyPackageTeaches() {
    var mute =
        Sources.java().stream()
            .filter(f -> f.name().equals("package-info.java") && !f.isTest())
            .filter(f -> !f.lines().getFirst().startsWith("/**"))
            .map(Sources.JavaFile::path)
            .toList();
    assertThat(mute).as("a package-info says what is in the package, in reading order").isEmpty();
  }
}
