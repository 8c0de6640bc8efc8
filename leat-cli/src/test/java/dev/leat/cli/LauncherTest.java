package dev.leat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, as it is in a shell, in front of the classes of this test. */
class LauncherTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private Path home;

  @BeforeEach
  void build() throws IOException {
    Files.copy(Sources.ROOT.resolve("leat"), home.resolve("leat"));
    Path module = Files.createDirectories(home.resolve("leat-cli"));
    Files.createFile(home.resolve("pom.xml"));
    Files.createFile(module.resolve("pom.xml"));
    Files.createDirectories(module.resolve("src/main"));
    Files.createDirectories(module.resolve("target/leat"));
    Files.writeString(
        module.resolve("target/leat/classpath"), System.getProperty("java.class.path"));
    Files.createFile(module.resolve("target/leat/built"));
    Files.createFile(module.resolve("target/leat/learned"));
  }

  private Process start(Map<String, String> variables, File out, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", home.resolve("leat").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectOutput(out)
            .redirectError(home.resolve("err").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().put("LEAT_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(variables);
    return builder.start();
  }

  private String output(Map<String, String> variables, String... arguments) throws Exception {
    Path out = home.resolve("out");
    int status = start(variables, out.toFile(), arguments).waitFor();
    assertThat(status).as(Files.readString(home.resolve("err"))).isZero();
    return Files.readString(out, UTF_8);
  }

  @Test
  void lettersAreLettersInTheLocaleOfCronJobs() throws Exception {
    ProjectTemplate.write(home.resolve("shop"));
    Files.move(home.resolve("shop"), home.resolve("Läden – 店"));
    for (Map<String, String> locale :
        List.of(Map.of("LC_ALL", "C"), Map.of("LANG", "POSIX"), Map.<String, String>of())) {
      assertThat(output(locale, "validate", "Läden – 店")).startsWith("Läden – 店 is valid");
    }
  }

  @Test
  void digitsAreThoseOfFilesAndSqlInEveryLanguage() throws Exception {
    ProjectTemplate.write(home.resolve("shop"));
    Map<String, String> persian =
        Map.of("JDK_JAVA_OPTIONS", "-Duser.language=fa -Duser.country=IR");
    output(persian, "run", "shop", "--json");
    assertThat(output(persian, "status", "shop")).contains("epoch 1,", "0 rows");
  }

  @Test
  void whoReadsAnAnswerMayHaveSeenEnough() throws Exception {
    ProjectTemplate.write(home.resolve("shop"));
    Files.move(home.resolve("leat"), home.resolve("launcher"));
    Files.writeString(
        home.resolve("leat"), "set -o pipefail; bash ${0%leat}launcher \"$@\" | true");
    output(Map.of(), "validate", "shop");
    assertThat(home.resolve("err")).isEmptyFile();
  }

  @Test
  void anAnswerThatAFullDiskDoesNotTakeIsToldToBeLost() throws Exception {
    assumeTrue(Files.exists(FULL), "skipped: there is no /dev/full here");
    ProjectTemplate.write(home.resolve("shop"));
    output(Map.of(), "run", "shop", "--json");
    for (List<String> command :
        List.of(List.of("status", "shop"), List.of("query", "shop", "SELECT 1 AS one"))) {
      Process lost = start(Map.of(), FULL.toFile(), command.toArray(String[]::new));
      assertThat(lost.waitFor()).isEqualTo(Leat.FAILED);
      assertThat(home.resolve("err")).content().contains("LEAT-8003", "Standard output");
    }
  }

  /**
   * A JDK and a Maven that write down that they were asked, and go on when {@code go1}, {@code
   * go2}, … is there: the first, the second of their kind.
   */
  private Map<String, String> tools() throws IOException {
    Path bin = Files.createDirectories(home.resolve("jdk/bin"));
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
    String wait =
        "echo %s $PPID >>log; n=$(grep -c %1$s log); until [ -e %1$s$n ]; do sleep 0.01; done\n";
    tool(bin.resolve("javac"), "");
    tool(
        bin.resolve("java"),
        "case \"$*\" in *Training) ;; *) exit 0 ;; esac\n"
            + "cd '"
            + home
            + "'\n"
            + wait.formatted("train")
            + "for a; do case $a in -XX:ArchiveClassesAtExit=*) echo $n >${a#*=} ;; esac; done\n");
    tool(
        bin.resolve("mvn"),
        wait.formatted("build") + "echo /none.jar >leat-cli/target/leat-classpath\n");
    return Map.of(
        "LEAT_JAVA_HOME",
        home.resolve("jdk").toString(),
        "PATH",
        bin + ":" + System.getenv("PATH"));
  }

  private static void tool(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void await(String file, String text) throws Exception {
    Path path = home.resolve(file);
    while (!Files.exists(path) || !Files.readString(path).contains(text)) {
      Thread.sleep(10);
    }
  }

  @Test
  void oneBuildsWhileTheOthersWait() throws Exception {
    Map<String, String> tools = tools();
    Files.delete(home.resolve("leat-cli/target/leat/built"));
    Path changed = Files.createFile(home.resolve("leat-cli/src/main/changed"));
    Files.createFile(home.resolve("train1"));
    Files.createFile(home.resolve("train2"));
    Process first = start(tools, home.resolve("out").toFile(), "validate");
    await("log", "build");
    Process second = start(tools, home.resolve("out").toFile(), "validate");
    await("err", "Waiting for process " + first.pid());
    Files.setLastModifiedTime(changed, FileTime.from(Instant.now()));
    Files.createFile(home.resolve("build1"));
    await("log", "build " + second.pid());
    assertThat(first.waitFor()).isZero();
    Files.createFile(home.resolve("build2"));
    assertThat(second.waitFor()).isZero();
    assertThat(home.resolve("leat-cli/target/leat/leat.jsa")).hasContent("2");
  }

  @Test
  void classesAreLearnedAfterEachBuildAlsoWhenThatWasStopped() throws Exception {
    Map<String, String> tools = tools();
    Path built = home.resolve("leat-cli/target/leat");
    Files.writeString(built.resolve("leat.jsa"), "of the one before");
    Files.delete(built.resolve("built"));
    Files.createFile(home.resolve("build1"));
    Process first = start(tools, home.resolve("out").toFile(), "validate");
    await("log", "train");
    first.destroy();
    first.waitFor();
    assertThat(built.resolve("leat.jsa")).doesNotExist();
    Files.createFile(home.resolve("train2"));
    output(tools, "validate");
    assertThat(built.resolve("leat.jsa")).hasContent("2");
    output(tools, "validate");
    assertThat(home.resolve("log")).content().hasLineCount(3);
  }

  /**
   * As the tests do: their jars are the same, and an archive is of the very files it was made of.
   */
  @Test
  void whoBuildsTheJarsAnewHasTheirClassesLearnedAnew() throws Exception {
    Map<String, String> tools = tools();
    Path target = Files.createDirectories(home.resolve("leat-sql/target"));
    Path jar = Files.createFile(target.resolve("leat-sql-1-SNAPSHOT.jar"));
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(1)));
    Files.createFile(home.resolve("train1"));
    output(tools, "validate");
    assertThat(home.resolve("leat-cli/target/leat/leat.jsa")).hasContent("1");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    output(tools, "validate");
    assertThat(home.resolve("log")).content().hasLineCount(1);
  }

  @Test
  void anArchiveThatCannotBeMadeIsDoneWithout() throws Exception {
    Map<String, String> tools = tools();
    tool(home.resolve("jdk/bin/java"), "case \"$*\" in *Training) exit 1 ;; esac\n");
    Files.delete(home.resolve("leat-cli/target/leat/built"));
    Files.createFile(home.resolve("build1"));
    output(tools, "validate");
    assertThat(home.resolve("err")).content().contains("start more slowly");
    output(tools, "validate");
    assertThat(home.resolve("log")).content().hasLineCount(1);
  }
}
