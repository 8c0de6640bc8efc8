package dev.leat.mill;

import dev.leat.connect.Intake;
import dev.leat.connect.Intake.Slice;
import dev.leat.connect.Quarantine;
import dev.leat.data.Batch;
import dev.leat.data.Position;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.EpochView;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.runtime.FirstByKey;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One source table as the mill reads it: where it stands, and which keys of a stream it has seen.
 * Rows that break the contract go to the quarantine; an event that was sent again is dropped.
 */
final class Input implements AutoCloseable {
  private static final String OTHER_NAME =
      "New records would be taken for those that were read: give the table another name in"
          + " sources/, and this topic as its `topic`.";

  private final Intake intake;
  private final boolean stream;
  private final Identities identities;
  private Optional<FirstByKey> seen;
  private Position position;
  private Optional<Problem> lost = Optional.empty();
  private volatile Counts counts = new Counts(0, 0, 0, 0);
  private volatile Optional<Instant> newest = Optional.empty();
  private volatile Optional<Instant> arrived = Optional.empty();

  /**
   * What has gone through since the start.
   *
   * @param duplicates rows dropped because their key had been seen
   * @param released rows that left the quarantine
   */
  record Counts(long rows, long rejected, long duplicates, long released) {

    /** All that was read, kept or not. */
    long read() {
      return rows + rejected + duplicates + released;
    }
  }

  /**
   * @param stream whether it is a stream, where a key makes an event unique; a batch source's
   *     extracts are changes already
   * @param identities of the topics that were read
   */
  Input(Intake intake, boolean stream, Identities identities, Position position) {
    this.intake = intake;
    this.position = position;
    this.stream = stream;
    this.identities = identities;
    this.seen = noneSeen();
  }

  private Optional<FirstByKey> noneSeen() {
    return stream && !intake.table().key().isEmpty()
        ? Optional.of(
            new FirstByKey(
                intake.schema(),
                intake.table().key().stream()
                    .map(key -> intake.schema().indexOf(key).orElseThrow())
                    .toList()))
        : Optional.empty();
  }

  private void forget() {
    seen = noneSeen();
  }

  boolean isStream() {
    return stream;
  }

  /** Makes it know the keys that its table holds, and no others. */
  void rememberKeys(EpochView view) {
    forget();
    seen.ifPresent(keys -> {
      try (Answer rows = view.scan(name(), intake.schema())) {
        rows.forEachRemaining(keys::firstOnly);
      }
    });
  }

  /** Makes it know the keys of a snapshot, and no others: one tried before may have given some. */
  void restoreKeys(InputStream in) throws IOException {
    forget();
    seen.orElseThrow().restore(in);
  }

  String name() {
    return intake.table().name();
  }

  Intake intake() {
    return intake;
  }

  Position position() {
    return position;
  }

  /** Reads on from another position. */
  void moveTo(Position other) {
    position = other;
  }

  /**
   * How far it can be read now, as far as that is known without waiting for anybody.
   *
   * @throws LeatException as {@link #end}
   */
  Position known() {
    return reaching(intake.known(position));
  }

  /**
   * How far it can be read now.
   *
   * @throws LeatException LEAT-4003 when that is less than has been read, or of another topic: what
   *     comes next would be taken for what was read already. From then on it always is
   */
  Position end() {
    return reaching(intake.end());
  }

  private Position reaching(Position end) {
    if (lost.isEmpty()) {
      lost = intake.hasMore(end, position) ? Optional.of(endsBefore(end)) : madeAnew();
    }
    if (lost.isPresent()) {
      throw new LeatException(lost.get());
    }
    return end;
  }

  private Optional<Problem> madeAnew() {
    boolean read = position.since(Position.START) > 0;
    return intake
        .identity()
        .filter(topic -> !identities.same(name(), topic, read))
        .map(_ ->
            Problem.of(
                ErrorCode.INPUT_SHORT,
                "The topic of "
                    + name()
                    + " was made anew since it was read (to "
                    + position
                    + ").",
                OTHER_NAME));
  }

  private Problem endsBefore(Position end) {
    return Problem.of(
        ErrorCode.INPUT_SHORT,
        (stream ? "The topic of " : "What was staged of ")
            + name()
            + " ends at "
            + end
            + ", before what has been read of it ("
            + position
            + ").",
        stream
            ? "The topic has lost records or was made anew. " + OTHER_NAME
            : "Put .leat/staging back as it was; or move .leat away, and everything is taken in"
                + " anew.");
  }

  /** Whether all before a position has been read. */
  boolean hasReached(Position until) {
    return !intake.hasMore(position, until);
  }

  Counts counts() {
    return counts;
  }

  /** When the last row was read. */
  Optional<Instant> newest() {
    return newest;
  }

  /** When the rows last read had arrived. */
  Optional<Instant> arrived() {
    return arrived;
  }

  /**
   * Whether reading between two positions again keeps the same rows: where the first event of a key
   * counts, it must come first again.
   */
  boolean readsAlike(Position from, Position until) {
    return seen.isEmpty() || intake.keepsOrder(from, until);
  }

  Optional<FirstByKey> seen() {
    return seen;
  }

  String part() {
    return name() + ".keys";
  }

  /** The files up to a position, when all of it can be taken over as files. */
  Optional<List<Intake.BulkFile>> bulk(Position until) {
    return seen.isPresent() ? Optional.empty() : intake.bulk(position, until);
  }

  /** Notes that rows up to a position have been taken over as files. */
  void took(Position until, long rows) {
    position = until;
    newest = Optional.of(Instant.now());
    counts =
        new Counts(counts.rows() + rows, counts.rejected(), counts.duplicates(), counts.released());
  }

  /**
   * Reads on, at most {@code maxRows} and not past {@code until}.
   *
   * @return how many rows were read, kept or not
   */
  int read(Position until, int maxRows, Map<String, Batch> changes, EpochChanges epoch) {
    if (hasReached(until)) {
      return 0;
    }
    Slice slice = intake.read(position, until, maxRows);
    Batch rows = seen.map(keys -> keys.firstOnly(slice.rows())).orElse(slice.rows());
    int read = slice.rows().size() + slice.rejected().size();
    position = slice.next();
    epoch.advance(name(), position, slice.oldest().orElseGet(Instant::now), read);
    if (!rows.isEmpty()) {
      changes.put(name(), rows);
      epoch.add(name(), rows);
    }
    epoch.add(Quarantine.TABLE, slice.rejected());
    arrived = slice.oldest().or(() -> arrived);
    newest = read > 0 ? Optional.of(Instant.now()) : newest;
    long rejected = positive(slice.rejected());
    Counts before = counts;
    counts =
        new Counts(
            before.rows() + rows.size(),
            before.rejected() + rejected,
            before.duplicates() + slice.rows().size() - rows.size(),
            before.released() + slice.rejected().size() - rejected);
    return read;
  }

  /** Rows that leave the quarantine are among them with weight -1. */
  private static long positive(Batch rows) {
    return Arrays.stream(rows.weights()).limit(rows.size()).filter(weight -> weight > 0).count();
  }

  @Override
  public void close() {
    intake.close();
  }
}
