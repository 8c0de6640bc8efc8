package dev.leat.cli;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat quarantine replay DIR ID…}: sends rows in again and takes them out. */
@Command(
    name = "replay",
    description = {
      "Sends rows in again, as they came or corrected, and takes them out of quarantine in the same"
          + " epoch. A row that still breaks its contract is refused, and nothing changes.",
      "A correction is a record as the source has them: an event; a line of the CSV file, or a JSON"
          + " object; for a database a JSON object of its columns, which stands in for the row"
          + " until the database changes or deletes it. A file that could not be read at all is"
          + " replaced whole. With a key, a row that is there already counts once.",
      "Works while the project is up, and while it is not.",
      "Example: leat quarantine replay shop clicks:0:17 --with corrected.json"
    },
    mixinStandardHelpOptions = true)
final class QuarantineReplayCommand implements Callable<Integer> {
  @Mixin Folder folder;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "ID",
      description = "Rows, as `leat quarantine list` names them.")
  List<String> ids;

  @Option(
      names = "--with",
      paramLabel = "FILE",
      description = "Send what is in this file in place of the one row named; - is standard input.")
  Optional<Path> with = Optional.empty();

  @Mixin Talk talk;

  @Override
  public Integer call() throws InterruptedException {
    if (with.isPresent() && ids.size() != 1) {
      throw new LeatException(
          Problem.of(
              ErrorCode.USAGE,
              "--with goes with one row; there are " + ids.size() + ".",
              "Replay corrected rows one by one."));
    }
    QuarantineChange change = new QuarantineChange(folder.read(), talk, ids);
    String path = "v1/quarantine/replay";
    if (with.isEmpty()) {
      return change.make(desk -> desk.replay(ids), path, Map.of());
    }
    byte[] record = read(with.get());
    return change.make(
        desk -> desk.correct(ids.getFirst(), record),
        path,
        Map.of("recordBase64", Base64.getEncoder().encodeToString(record)));
  }

  private static byte[] read(Path file) {
    try {
      return file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
    } catch (IOException e) {
      throw new LeatException(
          Problem.of(
              ErrorCode.USAGE, "File " + file + " cannot be read.", "Name the corrected record."),
          e);
    }
  }
}
