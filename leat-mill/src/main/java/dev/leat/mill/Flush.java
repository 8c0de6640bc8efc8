package dev.leat.mill;

import dev.leat.model.Durability;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Brings files and folders of the state to the disk, where a power cut is to be survived. */
final class Flush {
  private Flush() {}

  static void of(Durability durability, Path path) throws IOException {
    if (durability == Durability.POWER) {
      StandardOpenOption option =
          Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
      try (FileChannel channel = FileChannel.open(path, option)) {
        channel.force(true);
      }
    }
  }
}
