package dev.leat.mill;

import dev.leat.connect.Flushing;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Names and values in a file of a project's state folder, replaced whole or not at all. */
record StateFile(Path folder, String name, Flushing flushing) {

  static StateFile of(Project project, String name) {
    return new StateFile(project.stateFolder(), name, new Flushing(project.profile().durability()));
  }

  Map<String, String> read() {
    Path path = folder.resolve(name);
    Properties found = new Properties();
    if (Files.exists(path)) {
      try (Reader in = Files.newBufferedReader(path)) {
        found.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Map<String, String> values = new TreeMap<>();
    found.stringPropertyNames().forEach(key -> values.put(key, found.getProperty(key)));
    return values;
  }

  /**
   * @throws LeatException LEAT-5001 when it cannot be; what it held stays
   */
  void write(Map<String, String> values) {
    Properties all = new Properties();
    all.putAll(values);
    Path path = folder.resolve(name);
    Path temporary = folder.resolve(name + ".new");
    try {
      try (Writer out = Files.newBufferedWriter(temporary)) {
        all.store(out, null);
      }
      flushing.flush(temporary);
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
      flushing.flush(folder);
    } catch (IOException e) {
      throw new LeatException(
          Problem.of(
              ErrorCode.LAKE_FAILED,
              path + " cannot be written: " + e,
              "Check that the disk is there, writable and not full."),
          e);
    }
  }
}
