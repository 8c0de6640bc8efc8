package dev.leat.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leat quarantine drop DIR ID…}: takes rows off the list for good. */
@Command(
    name = "drop",
    description = {
      "Takes rows off the list for good: they go into no table.",
      "Works while the project is up, and while it is not. Older epochs still have them.",
      "Example: leat quarantine drop shop clicks:0:17"
    },
    mixinStandardHelpOptions = true)
final class QuarantineDropCommand implements Callable<Integer> {
  @Mixin Folder folder;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "ID",
      description = "Rows, as `leat quarantine list` names them.")
  List<String> ids;

  @Mixin Talk talk;

  @Override
  public Integer call() throws InterruptedException {
    return new QuarantineChange(folder.read(), talk, ids)
        .make(
            desk -> {
              List<String> others = desk.dropOrphans(ids);
              if (!others.isEmpty()) {
                desk.drop(others);
              }
            },
            "v1/quarantine/drop",
            Map.of());
  }
}
