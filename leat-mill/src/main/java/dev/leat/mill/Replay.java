package dev.leat.mill;

import dev.leat.connect.Fault;
import dev.leat.connect.Quarantine;
import dev.leat.connect.Resend;
import dev.leat.connect.Resend.Checked;
import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.EpochView;
import dev.leat.lake.Epoch;
import dev.leat.log.Entry;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;

/**
 * Sends rows of streams in again that were in quarantine.
 *
 * <p>{@code check all → append all to their topics → one epoch: read them, and take them out of the
 * quarantine}. A stop before the epoch leaves them in quarantine, so none is lost; replayed a
 * second time, a row with a key still counts once.
 */
public final class Replay {
  private static final int ID = Quarantine.SCHEMA.indexOf("id").orElseThrow();
  private static final int SOURCE = Quarantine.SCHEMA.indexOf("source").orElseThrow();
  private static final int RAW = Quarantine.SCHEMA.indexOf("raw").orElseThrow();

  private final Workspace workspace;

  public Replay(Workspace workspace) {
    this.workspace = workspace;
  }

  /** What became of a replay. */
  public sealed interface Outcome {
    /**
     * All rows are out of quarantine and read.
     *
     * @param kept how many the sources have gained; a row whose key was there already adds nothing
     */
    record Done(Epoch epoch, int rows, long kept) implements Outcome {}

    /** Some rows still break their contract; nothing was changed. */
    record Refused(List<Refusal> refusals) implements Outcome {
      public Refused {
        refusals = List.copyOf(refusals);
      }
    }
  }

  /** Why a row cannot go in. */
  public record Refusal(String id, Fault fault) {}

  /** A row of the quarantine, with the quarantine's change that takes it out. */
  private record Held(String id, String source, byte[] raw, Batch removal) {}

  /** The stream table a row belongs to. */
  private record Target(Source source, SourceTable table) {}

  /**
   * Sends rows as they came: for when the contract has been corrected.
   *
   * @throws LeatException LEAT-1005 for an id that is not in quarantine, LEAT-1008 for a row that
   *     is not of a stream; nothing is changed then
   */
  public Outcome asTheyCame(SequencedCollection<String> ids) {
    List<Held> held = find(new LinkedHashSet<>(ids));
    return replay(held);
  }

  /** Sends corrected bytes in place of a row; otherwise as {@link #asTheyCame}. */
  public Outcome corrected(String id, byte[] record) {
    Held held = find(Set.of(id)).getFirst();
    return replay(List.of(new Held(id, held.source(), record, held.removal())));
  }

  private Outcome replay(List<Held> rows) {
    Map<Target, List<Entry>> entries = new LinkedHashMap<>();
    List<Refusal> refusals = new ArrayList<>();
    BatchBuilder removals = new BatchBuilder(Quarantine.SCHEMA);
    for (Held row : rows) {
      Target target = target(row);
      removals.appendRow(row.removal(), 0, -1);
      switch (Resend.check(target.table(), row.raw())) {
        case Checked.Kept kept ->
            entries.computeIfAbsent(target, _ -> new ArrayList<>()).add(kept.entry());
        case Checked.Broken broken -> refusals.add(new Refusal(row.id(), broken.fault()));
      }
    }
    if (!refusals.isEmpty()) {
      return new Outcome.Refused(refusals);
    }
    // What else has come in since is published first, so that the next epoch is this replay's.
    workspace.fill();
    Epoch before = workspace.lake().newest().orElseThrow();
    entries.forEach((target, records) ->
        Resend.append(target.source(), target.table(), records, workspace.log().orElseThrow()));
    Epoch after = workspace.fill(removals.build()).epoch().orElseThrow();
    return new Outcome.Done(after, rows.size(), gained(entries.keySet(), before, after));
  }

  private static long gained(Set<Target> targets, Epoch before, Epoch after) {
    return targets.stream()
        .mapToLong(
            target -> rows(after, target.table().name()) - rows(before, target.table().name()))
        .sum();
  }

  private static long rows(Epoch epoch, String relation) {
    return epoch.table(relation).map(version -> version.rows()).orElse(0L);
  }

  private Target target(Held row) {
    for (Source source : workspace.project().sources()) {
      for (SourceTable table : source.tables()) {
        if (table.name().equals(row.source())) {
          if (!source.streams()) {
            throw new LeatException(batch(row, source));
          }
          return new Target(source, table);
        }
      }
    }
    throw new LeatException(
        Problem.of(
            ErrorCode.UNKNOWN_NAME,
            "Row " + row.id() + " is of " + row.source() + ", which is no longer a source table.",
            "Add the table to sources/ again, or leave the row where it is."));
  }

  private static Problem batch(Held row, Source source) {
    String way =
        switch (source) {
          case Source.Files _ ->
              "Put the corrected row into a new file beside the others; the next run takes it.";
          case Source.Jdbc _ -> "Correct the row in the database; the next run takes it.";
          case Source.Http _, Source.Kafka _ -> "";
        };
    return Problem.of(
        ErrorCode.NOT_YET,
        "Row %s came from %s: only rows of http and kafka sources can be sent again."
            .formatted(row.id(), source.kind()),
        way + " The row stays in quarantine.");
  }

  private List<Held> find(Set<String> ids) {
    Epoch epoch =
        workspace
            .lake()
            .newest()
            .orElseThrow(() ->
                new LeatException(
                    Problem.of(
                        ErrorCode.LAKE_EPOCH_MISSING,
                        "Nothing has been published yet.",
                        "Run the project first: leat run " + workspace.project().folder())));
    Map<String, Held> found = new LinkedHashMap<>();
    try (EpochView view = EpochView.at(workspace.duck(), workspace.lake(), epoch);
        Answer rows = view.scan(Quarantine.TABLE, Quarantine.SCHEMA)) {
      rows.forEachRemaining(batch -> pick(batch, ids, found));
    }
    List<Problem> missing =
        ids.stream().filter(id -> !found.containsKey(id)).map(Replay::missing).toList();
    if (!missing.isEmpty()) {
      throw new LeatException(missing);
    }
    return List.copyOf(found.values());
  }

  private static Problem missing(String id) {
    return Problem.of(
        ErrorCode.UNKNOWN_NAME,
        "There is no row " + id + " in quarantine.",
        "leat quarantine list shows those that are.");
  }

  private static void pick(Batch batch, Set<String> ids, Map<String, Held> found) {
    for (int row = 0; row < batch.size(); row++) {
      String id = batch.bytes(ID).string(row);
      if (ids.contains(id)) {
        BytesVector raw = batch.bytes(RAW);
        byte[] bytes =
            Arrays.copyOfRange(raw.data(), raw.start(row), raw.start(row) + raw.length(row));
        Batch removal = batch.gather(new int[] {row}, 1);
        found.putIfAbsent(id, new Held(id, batch.bytes(SOURCE).string(row), bytes, removal));
      }
    }
  }
}
