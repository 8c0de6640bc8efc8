package dev.leat.mill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.data.Batch;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.EpochView;
import dev.leat.duckdb.Proof;
import dev.leat.lake.Epoch;
import dev.leat.lake.Lake;
import dev.leat.model.LeatException;
import dev.leat.model.Project;
import dev.leat.model.ProjectReader;
import dev.leat.model.Reading;
import dev.leat.model.Schema;
import dev.leat.sql.Catalog;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.Compiler;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** What tests do with project folders. */
final class Folders {
  private Folders() {}

  static Project read(Path folder) {
    Reading reading = ProjectReader.read(folder, "laptop", _ -> Optional.empty());
    if (!reading.problems().isEmpty()) {
      throw new LeatException(reading.problems());
    }
    return reading.project().orElseThrow();
  }

  /** Writes a file of a project, with the folders it stands in. */
  static void write(Path folder, String name, String text) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a project whose source {@code lines} takes the CSV files dropped below drop/. */
  static void linesProject(Path folder, String columns) {
    write(folder, "leat.yaml", "name: shop\nepoch: {every: 20ms}\n");
    write(
        folder,
        "sources/drop.yaml",
        """
        kind: files
        path: drop/*.csv
        tables:
          lines:
            every: 50ms
            columns: {%s}
        """
            .formatted(columns));
  }

  /** Writes a table of a project. */
  static void table(Path folder, String name, String sql) {
    write(folder, "tables/marts/a/" + name + ".sql", sql);
  }

  /** Moves a file into place that looks as if it had rested for a while: it is taken at once. */
  static void drop(Path folder, String name, String text) {
    drop(folder, name, text.getBytes(UTF_8));
  }

  /** Like {@link #drop(Path, String, String)}, gzipped. */
  static void dropGzip(Path folder, String name, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    drop(folder, name, bytes.toByteArray());
  }

  private static void drop(Path folder, String name, byte[] bytes) {
    Path half = folder.resolve(name + ".half");
    try {
      Files.createDirectories(half.getParent());
      Files.write(half, bytes);
      Files.setLastModifiedTime(half, FileTime.from(Instant.now().minusSeconds(60)));
      Files.move(half, folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a folder, but not the state in it. */
  static void copy(Path from, Path to) {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Path relative = from.relativize(path);
        if (Files.isRegularFile(path) && !relative.startsWith(".leat")) {
          Path target = to.resolve(relative.toString());
          Files.createDirectories(target.getParent());
          Files.copy(path, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file or folder of the repository, whatever module's folder tests run in. */
  static Path repository(String path) {
    return Path.of("..").toAbsolutePath().normalize().resolve(path);
  }

  /** Checks that every table of a folder is what its SELECT says. */
  static void proven(Path folder) {
    Map<String, Proof> proofs = Proofs.of(read(folder), List.of());
    assertThat(proofs).isNotEmpty();
    proofs.forEach((table, proof) -> assertThat(proof.equal()).as(table + " " + proof).isTrue());
  }

  static Batch query(Project project, String sql) {
    try (Lake lake = Lake.open(Workspace.lakeFolder(project));
        DuckDb duck = duck(project)) {
      return answer(duck, lake, lake.newest().orElseThrow(), sql);
    }
  }

  static DuckDb duck(Project project) {
    return DuckDb.open(DuckDb.Settings.reading(Workspace.lakeFolder(project)).withThreads(1));
  }

  static Batch answer(DuckDb duck, Lake lake, Epoch epoch, String sql) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    epoch.tables().forEach((name, version) -> schemas.put(name, version.schema()));
    CompiledQuery query = new Compiler(Catalog.of(schemas)).compileQuery(sql);
    try (EpochView view = EpochView.at(duck, lake, epoch);
        Answer answer = view.query(query.plan())) {
      return answer.rest();
    }
  }

  /**
   * A command for many short processes: up to the main class, with an archive of loaded classes in
   * a folder. Only jars go into one, so folders of classes become jars first.
   */
  static List<String> archivedJava(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(part);
      jars.add(
          Files.isDirectory(path)
              ? jar(path, folder.resolve(jars.size() + ".jar")).toString()
              : part);
    }
    List<String> command = new ArrayList<>(java(String.join(File.pathSeparator, jars)));
    command.add(1, "-XX:+AutoCreateSharedArchive");
    command.add(2, "-XX:SharedArchiveFile=" + folder.resolve("classes.jsa"));
    command.add(3, "-Xlog:cds=off,cds+dynamic=off");
    return command;
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (Stream<Path> tree = Files.walk(classes);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  /** The command that runs a main class of the tests in a process like this one. */
  static List<String> javaCommand(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(java(System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> java(String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-cp",
            classPath));
    return command;
  }
}
