package dev.leat.cli;

import dev.leat.data.Batch;
import dev.leat.data.BytesVector;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.EpochView;
import dev.leat.duckdb.Values;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.server.Cells;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat quarantine list DIR}: rows that break their contract, and why. */
@Command(
    name = "list",
    description = {
      "Lists rows that break their contract, newest first, with the reason.",
      "Example: leat quarantine list shop --source clicks"
    },
    mixinStandardHelpOptions = true)
final class QuarantineListCommand implements Callable<Integer> {
  private static final int RAW_CHARACTERS_MAX = 500;
  private static final int ID = 0;
  private static final int SOURCE = 1;
  private static final int TIME = 2;
  private static final int FIELD = 3;
  private static final int REASON = 4;
  private static final int RAW = 5;

  @Mixin Folder folder;

  @Option(names = "--source", paramLabel = "TABLE", description = "Only rows of this source table.")
  Optional<String> source = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many rows (${DEFAULT-VALUE}).")
  int limit;

  @Mixin Talk talk;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new LeatException(
          Problem.of(ErrorCode.USAGE, "--limit takes 1 or more.", "Without it 100 are shown."));
    }
    long shown = 0;
    try (OpenLake lake = OpenLake.of(folder.read(), Optional.empty());
        EpochView view = lake.view();
        Answer rows = view.query(lake.compile(sql()).plan(), limit)) {
      while (rows.hasNext()) {
        Batch batch = rows.next();
        for (int row = 0; row < batch.size(); row++) {
          talk.out().println(talk.json ? machine(batch, row) : person(batch, row));
        }
        shown += batch.size();
      }
    }
    if (shown == 0) {
      talk.say("No rows.");
    } else if (shown == limit) {
      talk.say("There may be more: --limit N shows them.");
    }
    return Leat.DONE;
  }

  private String sql() {
    String only =
        source
            .map(name -> " WHERE LOWER(source) = LOWER('" + name.replace("'", "''") + "')")
            .orElse("");
    return "SELECT id, source, \"time\", field, reason, raw FROM leat_quarantine"
        + only
        + " ORDER BY \"time\" DESC, id";
  }

  private static String machine(Batch rows, int row) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", Values.text(rows, ID, row));
    line.put("source", Values.text(rows, SOURCE, row));
    line.put("time", Values.text(rows, TIME, row));
    line.put("field", Values.text(rows, FIELD, row));
    line.put("reason", Values.text(rows, REASON, row));
    line.put("raw", raw(rows.bytes(RAW), row));
    return JsonText.of(line);
  }

  private static String person(Batch rows, int row) {
    String field = Values.text(rows, FIELD, row);
    return "%s  %s  %s%s%n    %s"
        .formatted(
            Values.text(rows, ID, row),
            Values.text(rows, TIME, row),
            field.isEmpty() ? "" : field + ": ",
            Values.text(rows, REASON, row),
            printable(raw(rows.bytes(RAW), row)));
  }

  private static String raw(BytesVector raw, int row) {
    int start = raw.start(row);
    return Cells.text(Arrays.copyOfRange(raw.data(), start, start + raw.length(row)));
  }

  /** Text that cannot move the cursor, and not too much of it. */
  private static String printable(String raw) {
    String safe = raw.strip().replaceAll("\\p{Cntrl}", "·");
    return safe.length() <= RAW_CHARACTERS_MAX
        ? safe
        : safe.substring(0, RAW_CHARACTERS_MAX) + "… (--json shows all)";
  }
}
