package dev.leat.connect;

import dev.leat.data.Batch;
import dev.leat.duckdb.Conversion;
import dev.leat.duckdb.Session;
import dev.leat.model.Durability;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The extracts of one source table, in a folder of their own: {@code 00000007.parquet} (rows),
 * {@code 00000007.rejected.parquet}, and {@code 00000007.json}, which says what they are ({@link
 * Manifests}). An extract is there when that last file is, which is moved into place when all else
 * is written.
 *
 * <p>Safe for use by many threads; {@link #adding} keeps those that add from each other.
 */
final class Staging {
  private static final int VOLUME_SIZE = 1_024;
  private static final Pattern INNER_MESSAGE =
      Pattern.compile("\"exception_message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Path folder;
  private final SourceTable table;
  private final Schema schema;
  private final Flushing flushing;
  private final Manifests manifests;
  private final LateColumns late;
  private final Set<String> settled = ConcurrentHashMap.newKeySet();
  private final Lock adding = new ReentrantLock();

  /** What an extract says of its rows. */
  enum Weights {
    /** Each is there once more. */
    ONE,
    /** Column {@code _weight} says. */
    GIVEN
  }

  Staging(Path folder, SourceTable table, Schema schema, Durability durability) {
    this.folder = folder;
    this.table = table;
    this.schema = schema;
    this.flushing = new Flushing(durability);
    try {
      Files.createDirectories(folder);
      this.manifests = new Manifests(folder, flushing, VOLUME_SIZE);
      this.late = new LateColumns(folder, flushing);
      forEach(extract -> settled.addAll(extract.origin().settled()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Schema schema() {
    return schema;
  }

  Path folder() {
    return folder;
  }

  /** All there are, in the order of their numbers: for a start, it reads files. */
  void forEach(Consumer<Extract> to) {
    manifests.forEach(to);
  }

  Extract extract(long number) {
    return manifests.at(number);
  }

  /** The number the next extract will have. */
  long next() {
    return manifests.next();
  }

  Optional<Extract> newest() {
    return manifests.newest();
  }

  /** Whether this row has come out of quarantine. */
  boolean settled(String id) {
    return settled.contains(id);
  }

  Path rows(long number) {
    return folder.resolve("%08d.parquet".formatted(number));
  }

  Path rejected(long number) {
    return folder.resolve("%08d.rejected.parquet".formatted(number));
  }

  /** Held from the moment a number is taken until its extract is there. */
  Lock adding() {
    return adding;
  }

  /**
   * Adds an extract. Whoever adds holds {@link #adding}.
   *
   * @param changes a SELECT of the columns and, where weights are given, {@code _weight}
   * @param rejected rows for the quarantine; those that the origin settles leave it
   * @param beside files that belong to it and are written already
   */
  Extract add(
      Session session,
      String changes,
      Weights weights,
      Batch rejected,
      Extract.Origin origin,
      Path... beside) {
    long number = next();
    long rows = copy(session, changes, rows(number), fieldIds());
    if (!rejected.isEmpty()) {
      session.load("_rejected", Quarantine.SCHEMA, List.of(rejected));
      copy(session, "SELECT * EXCLUDE (_weight) FROM _rejected", rejected(number), "");
      session.execute("DROP TABLE _rejected");
    }
    Extract extract =
        new Extract(
            number,
            rows,
            weights == Weights.ONE,
            rejected.size(),
            System.currentTimeMillis(),
            origin);
    try {
      flushing.flush(beside);
      flushing.flush(rows(number), rejected(number));
      manifests.add(extract);
    } catch (IOException e) {
      throw full(e);
    }
    settled.addAll(origin.settled());
    return extract;
  }

  /**
   * Writes rows into a file.
   *
   * @throws LeatException LEAT-5001 when it cannot be written, or what it is made of cannot be read
   */
  long copy(Session session, String select, Path to, String options) {
    try {
      return session.number(
          "COPY ("
              + select
              + ") TO "
              + Sql.literal(to.toString())
              + " (FORMAT parquet"
              + options
              + ")");
    } catch (LeatException e) {
      throw full(e);
    }
  }

  private LeatException full(Exception e) {
    String message =
        e instanceof LeatException leat
            ? inShort(leat.problems().getFirst().message())
            : e.toString();
    return new LeatException(
        Problem.of(
            ErrorCode.LAKE_FAILED,
            "What was extracted cannot be staged in " + folder + ": " + message,
            "Make room there, or bring its disk back: it is extracted again at the next turn, and"
                + " nothing is lost."),
        e);
  }

  /** What the engine says without what differs each time, so that it is told once. */
  private static String inShort(String message) {
    Matcher inner = INNER_MESSAGE.matcher(message);
    return inner.find() ? inner.group(1).replace("\\\"", "\"") : message;
  }

  /** The ids a new table of the lake gives these columns, so that it can take a file as it is. */
  private String fieldIds() {
    return IntStream.range(0, schema.size())
        .mapToObj(i -> Sql.name(schema.column(i).name()) + ": " + (i + 1))
        .collect(Collectors.joining(", ", ", FIELD_IDS {", "}"));
  }

  /** A SELECT of an extract's columns, in the contract's order. */
  String select(Session session, Extract extract) {
    Path file = rows(extract.number());
    return select(session, extract.number(), file, extract.insertOnly() ? "" : ", _weight");
  }

  /**
   * A SELECT of the contract's columns from a staged file, which may be older than the contract.
   *
   * @param number of the extract that it belongs to
   * @param more what else it gives: begins with a comma, or is empty
   * @throws LeatException LEAT-3002 when a value has no place in the contract of now
   */
  String select(Session session, long number, Path file, String more) {
    String rows = Sql.parquet(file);
    Conversion conversion = conversion(session, number, file);
    conversion
        .misfit(session, rows)
        .ifPresent(misfit -> {
          throw ContractChange.refused(table, misfit);
        });
    return "SELECT " + conversion.columns() + more + " FROM " + rows;
  }

  /** Whether a file of an extract has the contract's columns of now, in their order. */
  boolean upToDate(Session session, long number, Path file) {
    return conversion(session, number, file).changesNothing();
  }

  private Conversion conversion(Session session, long number, Path file) {
    return Conversion.of(session, Sql.parquet(file), schema).without(late.notIn(number));
  }

  /** Told, before anything is added, which columns the table has that extracts were read to. */
  void readTo(Schema table) {
    try {
      late.compare(schema, table, next());
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** The columns such a SELECT has. */
  Schema selected(Extract extract) {
    return extract.insertOnly() ? schema : Sql.weighted(schema);
  }
}
