package dev.leat.cli;

import dev.leat.mill.MillOptions;
import dev.leat.mill.Replay;
import dev.leat.mill.Replay.Outcome;
import dev.leat.mill.Workspace;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
      "Sends rows of http and kafka sources in again, and publishes an epoch without them in"
          + " quarantine. A row that still breaks its contract is refused, and nothing changes.",
      "The project must not be up. If it is cut short rows stay in quarantine and can be replayed"
          + " again: with a key they count once."
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
      description = "Send what is in this file in place of the one row named.")
  Optional<Path> with = Optional.empty();

  @Override
  public Integer call() throws IOException {
    if (with.isPresent() && ids.size() != 1) {
      throw new LeatException(
          Problem.of(
              ErrorCode.USAGE,
              "--with goes with one row; there are " + ids.size() + ".",
              "Replay corrected rows one by one."));
    }
    Project project = folder.read();
    Optional<byte[]> corrected =
        with.isPresent() ? Optional.of(read(with.get())) : Optional.empty();
    MillOptions options = MillOptions.DEFAULT.withProgress(new Telling());
    try (Workspace workspace = Workspace.open(project, options)) {
      Replay replay = new Replay(workspace);
      Outcome outcome =
          corrected
              .map(bytes -> replay.corrected(ids.getFirst(), bytes))
              .orElseGet(() -> replay.asTheyCame(ids));
      Terminal.endProgress();
      return tell(outcome);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new LeatException(
          Problem.of(
              ErrorCode.USAGE, "File " + file + " cannot be read.", "Name the corrected record."),
          e);
    }
  }

  private static int tell(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> {
        long again = done.rows() - done.kept();
        Terminal.say(
            "Epoch %d: %,d %s out of quarantine%s"
                .formatted(
                    done.epoch().number(),
                    done.rows(),
                    done.rows() == 1 ? "row" : "rows",
                    again > 0 ? "; %,d had a key that was there already".formatted(again) : ""));
        yield Leat.DONE;
      }
      case Outcome.Refused refused -> {
        Terminal.problems(
            refused.refusals().stream()
                .map(refusal ->
                    Problem.of(
                        ErrorCode.SOURCE_CONTRACT,
                        refusal.id() + " still breaks its contract: " + refusal.fault(),
                        "Correct it and give it with --with FILE; nothing was changed."))
                .toList());
        yield Leat.NO;
      }
    };
  }
}
