package dev.leat.model;

/**
 * A place in a file of the project folder.
 *
 * @param file path relative to the folder, with forward slashes
 * @param line from 1
 * @param column from 1
 */
public record Location(String file, int line, int column) {

  public static Location start(String file) {
    return new Location(file, 1, 1);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
