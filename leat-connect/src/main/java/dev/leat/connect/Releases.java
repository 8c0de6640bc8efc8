package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/**
 * Takes rows of one source table out of quarantine.
 *
 * <p>They become another staged extract of the table, which holds the rows that go in and, with
 * weight -1, those that leave the quarantine: so both happen in one epoch or not at all, and what
 * was staged is not staged again. Streams have such extracts beside their topic.
 */
final class Releases {

  /** Makes rows of a record, as reading the source would. */
  interface Reading {
    /** Appends the rows of a record, or says why there are none. */
    Optional<Fault> read(Release.Held held, byte[] record, BatchBuilder into);
  }

  /** Stages rows and what leaves the quarantine with them. */
  interface Staged {
    /**
     * @param again those that go in, one for each of {@code rows} where the source is a database
     * @param settled which rows of the quarantine are done with
     */
    void stage(
        Session session,
        Batch rows,
        List<Release.Again> again,
        Batch leaving,
        List<String> settled);
  }

  private final Contract contract;
  private final Staging staging;
  private final DuckDb duckDb;
  private final Reading reading;
  private final Staged staged;

  Releases(Contract contract, Staging staging, DuckDb duckDb, Reading reading, Staged staged) {
    this.contract = contract;
    this.staging = staging;
    this.duckDb = duckDb;
    this.reading = reading;
    this.staged = staged;
  }

  /** Where rows are staged as they are: of files, and of streams. */
  static Releases plain(Contract contract, Staging staging, DuckDb duckDb, Reading reading) {
    return new Releases(
        contract,
        staging,
        duckDb,
        reading,
        (session, rows, _, leaving, settled) -> {
          session.load("_again", contract.schema(), List.of(rows));
          String select = "SELECT " + Sql.names(contract.schema()) + " FROM _again";
          staging.add(session, select, Staging.Weights.ONE, leaving, Extract.Origin.of(settled));
        });
  }

  /** What has been looked at and can be staged. */
  record Checked(Batch rows, List<Release.Again> again, Batch leaving, List<String> settled) {}

  /**
   * Keeps everyone else from adding to the table, from before rows are checked until they are
   * staged: what was checked must still hold then.
   */
  Lock adding() {
    return staging.adding();
  }

  /**
   * Reads what is to go in. Rows that a staged extract has released already are passed over.
   * Whoever checks and stages holds {@link #adding}.
   *
   * @param refusals where rows that still break the contract are told
   */
  Checked check(List<Release> releases, List<Release.Refusal> refusals) {
    BatchBuilder rows = new BatchBuilder(contract.schema());
    BatchBuilder leaving = new BatchBuilder(Quarantine.SCHEMA);
    List<Release.Again> again = new ArrayList<>();
    List<String> settled = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Release release : releases) {
      Release.Held held = release.held();
      if (!staging.settled(held.id()) && seen.add(held.id())) {
        settled.add(held.id());
        leaving.appendRow(held.row(), 0, 1);
        if (release instanceof Release.Again in) {
          again.add(in);
          reading
              .read(held, in.record(), rows)
              .ifPresent(fault -> refusals.add(new Release.Refusal(held.id(), fault)));
        }
      }
    }
    return new Checked(rows.build(), again, leaving.build(), settled);
  }

  /** Stages what was checked. */
  void stage(Checked checked) {
    if (checked.settled().isEmpty()) {
      return;
    }
    try (Session session = duckDb.session()) {
      staged.stage(session, checked.rows(), checked.again(), checked.leaving(), checked.settled());
    }
  }
}
