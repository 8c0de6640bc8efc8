package dev.leat.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A project folder in one text file: {@code == PATH} starts a file, {@code == expected} the
 * problems that reading it must tell.
 */
record FolderCase(Path file, Map<String, String> files, String expected) {
  private static final String EXPECTED = "expected";

  static FolderCase read(Path file) throws IOException {
    var files = new LinkedHashMap<String, String>();
    for (String part : Files.readString(file).split("(?m)^== ")) {
      int end = part.indexOf('\n');
      if (end > 0) {
        files.put(part.substring(0, end).strip(), part.substring(end + 1));
      }
    }
    String expected = String.valueOf(files.remove(EXPECTED));
    return new FolderCase(file, files, expected);
  }

  /** Writes the folder's files. */
  Path writeTo(Path folder) throws IOException {
    for (var entry : files.entrySet()) {
      Path path = folder.resolve(entry.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, entry.getValue());
    }
    return folder;
  }

  /** Writes what was found as what is expected from now on. */
  void accept(String found) throws IOException {
    var text = new StringBuilder();
    files.forEach((path, content) -> text.append("== ").append(path).append('\n').append(content));
    Files.writeString(file, text + "== " + EXPECTED + "\n" + found);
  }
}
