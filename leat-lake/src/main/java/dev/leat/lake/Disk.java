package dev.leat.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * The file system as far as the lake writes to it: the one place where things are flushed, and
 * where tests make it fail.
 */
interface Disk {

  /** A new file; its folder is made when it is not there. Closing makes it as durable as asked. */
  OutputStream create(Path file) throws IOException;

  /**
   * Gives a file a second name, at once and whole; where the file system has no links, a copy.
   *
   * @throws java.nio.file.FileAlreadyExistsException when something has that name already
   */
  void link(Path file, Path name) throws IOException;

  /** Deletes a file, if it is there. */
  void delete(Path file) throws IOException;

  /** Makes the content of a file that somebody else wrote as durable as asked. */
  void settle(Path file) throws IOException;

  /** Makes the names given so far as durable as asked. */
  void settleNames() throws IOException;
}
