package dev.leat.cli;

import dev.leat.connect.Quarantine;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.EpochView;
import dev.leat.mill.MillOptions;
import dev.leat.mill.QuarantineDesk;
import dev.leat.mill.Workspace;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Project;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Lets rows out of quarantine: by the server of a project that is up, else in this process. */
record QuarantineChange(Project project, Talk talk, List<String> ids) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 200;

  /**
   * Does it and tells what came of it.
   *
   * @param here how this process does it, when the project is not up
   * @param path where the server does it
   * @param more what the request has beside the ids
   */
  int make(Consumer<QuarantineDesk> here, String path, Map<String, Object> more)
      throws InterruptedException {
    try {
      Optional<RunningServer> up = RunningServer.of(project);
      if (up.isEmpty()) {
        tell(Optional.of(inThisProcess(here)));
        return Leat.DONE;
      }
      try (RunningServer server = up.get()) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("ids", ids);
        server.post(path, body);
      }
      tell(awaitGone());
      return Leat.DONE;
    } catch (LeatException e) {
      boolean refused =
          e.problems().stream()
              .allMatch(p -> p.code() == ErrorCode.SOURCE_CONTRACT && p.at().isEmpty());
      if (!refused) {
        throw e;
      }
      talk.problems(e.problems());
      return Leat.NO;
    }
  }

  private long inThisProcess(Consumer<QuarantineDesk> here) {
    Logging.keepIn(project.stateFolder());
    MillOptions options = MillOptions.DEFAULT.withProgress(talk.progress());
    try (Workspace workspace = Workspace.open(project, options)) {
      here.accept(new QuarantineDesk(workspace));
      workspace.fill();
      return workspace.lake().newest().orElseThrow().number();
    }
  }

  /** The first epoch seen in which the rows are gone; empty when it lets itself be waited for. */
  private Optional<Long> awaitGone() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try (OpenLake lake = OpenLake.of(project, Optional.empty());
          EpochView view = lake.view();
          Answer found = view.query(lake.compile(sql()).plan(), 1)) {
        if (!found.hasNext()) {
          return Optional.of(lake.epoch().number());
        }
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return Optional.empty();
  }

  private String sql() {
    return ids.stream()
        .map(id -> "'" + id.replace("'", "''") + "'")
        .collect(
            Collectors.joining(", ", "SELECT id FROM " + Quarantine.TABLE + " WHERE id IN (", ")"));
  }

  private void tell(Optional<Long> epoch) {
    if (talk.json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("rows", ids.size());
      line.put("epoch", epoch);
      talk.answer(line);
      return;
    }
    talk.say(
        "%s: %,d %s out of quarantine"
            .formatted(
                epoch.map(n -> "Epoch " + n).orElse("Accepted, not published yet"),
                ids.size(),
                ids.size() == 1 ? "row" : "rows"));
  }
}
