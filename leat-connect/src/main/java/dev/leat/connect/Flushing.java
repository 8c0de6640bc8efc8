package dev.leat.connect;

import dev.leat.model.Durability;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Brings files or folders to the disk, where a power cut is to be survived. */
public record Flushing(Durability durability) {

  /** Those that are not there are passed over. */
  public void flush(Path... paths) throws IOException {
    for (Path path : durability == Durability.POWER ? List.of(paths) : List.<Path>of()) {
      if (Files.exists(path)) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }
}
