package dev.leat.mill;

import dev.leat.connect.Quarantine;
import dev.leat.connect.Release;
import dev.leat.connect.Release.Held;
import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.BytesVector;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.EpochView;
import dev.leat.lake.Epoch;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.function.Function;

/**
 * Where rows leave the quarantine: replayed as they came, replayed corrected, or dropped.
 *
 * <p>{@code check all → stage them as extracts of their tables → an epoch reads them}. An extract
 * holds the rows that go in and those that leave the quarantine, so an epoch has both or neither,
 * whatever is killed when; a row that is staged is not staged again. With a key, a row whose key is
 * there already adds nothing.
 *
 * <p>The next epoch has what was asked for: the one a running {@link Mill} makes by itself, or that
 * of {@link Workspace#fill}.
 */
public final class QuarantineDesk {
  private static final int ID = Quarantine.SCHEMA.indexOf("id").orElseThrow();
  private static final int SOURCE = Quarantine.SCHEMA.indexOf("source").orElseThrow();
  private static final int RAW = Quarantine.SCHEMA.indexOf("raw").orElseThrow();
  private static final int POSITION = Quarantine.SCHEMA.indexOf("position").orElseThrow();

  private final Workspace workspace;

  public QuarantineDesk(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Sends rows in as they came: for when the contract has been corrected.
   *
   * @throws LeatException LEAT-1005 for an id that is not in quarantine, LEAT-3002 for every row
   *     that still breaks its contract; nothing is changed then
   */
  public void replay(SequencedCollection<String> ids) {
    release(ids, held -> new Release.Again(held, held.raw()));
  }

  /** Sends a corrected record in place of a row; otherwise as {@link #replay}. */
  public void correct(String id, byte[] record) {
    release(List.of(id), held -> new Release.Again(held, record));
  }

  /** Takes rows off the list; they go nowhere. */
  public void drop(SequencedCollection<String> ids) {
    release(ids, Release.Dropped::new);
  }

  /**
   * Takes rows off the list that belong to a table which is no longer a source, and publishes an
   * epoch without them. Only while no mill runs.
   *
   * @return those that belong to one, which are left as they are
   */
  public List<String> dropOrphans(SequencedCollection<String> ids) {
    BatchBuilder removals = new BatchBuilder(Quarantine.SCHEMA);
    List<String> others = new ArrayList<>();
    for (Held row : find(new LinkedHashSet<>(ids))) {
      if (workspace.connectors().releases(row.source())) {
        others.add(row.id());
      } else {
        removals.appendRow(row.row(), 0, -1);
      }
    }
    if (removals.size() > 0) {
      workspace.fill(removals.build());
    }
    return others;
  }

  private void release(SequencedCollection<String> ids, Function<Held, Release> fate) {
    List<Held> rows = find(new LinkedHashSet<>(ids));
    List<Problem> problems = new ArrayList<>();
    rows.stream()
        .filter(row -> !workspace.connectors().releases(row.source()))
        .forEach(row -> problems.add(orphan(row)));
    if (problems.isEmpty()) {
      for (Release.Refusal refusal :
          workspace.connectors().release(rows.stream().map(fate).toList())) {
        problems.add(refused(refusal));
      }
    }
    if (!problems.isEmpty()) {
      throw new LeatException(problems);
    }
  }

  private static Problem orphan(Held row) {
    return Problem.of(
        ErrorCode.UNKNOWN_NAME,
        "Row " + row.id() + " is of " + row.source() + ", which is no longer a source table.",
        "Add the table to sources/ again; or stop the project, then leat quarantine drop.");
  }

  private static Problem refused(Release.Refusal refusal) {
    return Problem.of(
        ErrorCode.SOURCE_CONTRACT,
        refusal.id() + " still breaks its contract: " + refusal.fault(),
        "Correct it: leat quarantine replay --with FILE. Nothing was changed.");
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
    if (epoch.table(Quarantine.TABLE).isPresent()) {
      try (EpochView view = EpochView.at(workspace.duck(), workspace.lake(), epoch);
          Answer rows = view.scan(Quarantine.TABLE, Quarantine.SCHEMA)) {
        rows.forEachRemaining(batch -> pick(batch, ids, found));
      }
    }
    List<Problem> missing =
        ids.stream().filter(id -> !found.containsKey(id)).map(QuarantineDesk::missing).toList();
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
        Batch one = batch.gather(new int[] {row}, 1);
        found.putIfAbsent(
            id,
            new Held(
                id,
                batch.bytes(SOURCE).string(row),
                batch.bytes(POSITION).string(row),
                bytes,
                one));
      }
    }
  }
}
