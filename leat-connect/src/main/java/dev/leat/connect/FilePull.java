package dev.leat.connect;

import dev.leat.connect.Extract.TakenFile;
import dev.leat.connect.FileFinder.Seen;
import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.Consolidation;
import dev.leat.duckdb.Answer;
import dev.leat.duckdb.DuckDb;
import dev.leat.duckdb.Session;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Source;
import dev.leat.model.SourceTable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Takes new files of a folder, each once, whole or not at all, one extract a file.
 *
 * <p>A file is taken when it has rested for a while, and is let go again if it changes while it is
 * read. One of no bytes is left until it has some. One that cannot be read is put aside with its
 * bytes, and the others go on; should it change, as when it was written slowly, it is tried anew.
 */
final class FilePull implements Pull {
  /** How long a file must have rested: one whose end tells that it is one, and any other. */
  private static final Duration RESTED = Duration.ofMillis(300);

  private static final Duration RESTED_LONG = Duration.ofSeconds(3);

  /** A file younger than this that ends too soon may still be being written. */
  private static final Duration YOUNG = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final long ASIDE_BYTES_MAX = 1 << 20;

  private final SourceTable table;
  private final Contract contract;
  private final FileFinder finder;
  private final Staging staging;
  private final DuckDb duckDb;
  private final Map<String, TakenFile> taken = new HashMap<>();
  private final Map<String, List<Long>> aside = new HashMap<>(); // by the extracts that did it
  private final Set<String> told = new HashSet<>();

  FilePull(
      SourceTable table, Contract contract, FileFinder finder, Staging staging, DuckDb duckDb) {
    this.table = table;
    this.contract = contract;
    this.finder = finder;
    this.staging = staging;
    this.duckDb = duckDb;
    staging.forEach(
        extract -> extract.origin().files().forEach(file -> remember(file, extract.number())));
  }

  private void remember(TakenFile file, long extract) {
    taken.put(file.path(), file);
    if (file.aside()) {
      aside.computeIfAbsent(file.path(), _ -> new ArrayList<>()).add(extract);
    }
  }

  @Override
  public String table() {
    return table.name();
  }

  @Override
  public Duration every() {
    return table.every().orElse(Source.DEFAULT_EVERY);
  }

  @Override
  public void pull() {
    List<Problem> problems = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (look(problems) && System.nanoTime() < deadline) {
        Thread.sleep(BETWEEN_LOOKS);
      }
    } catch (IOException e) {
      throw new LeatException(notListed(table, e), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (!problems.isEmpty()) {
      throw new LeatException(problems);
    }
  }

  static Problem notListed(SourceTable table, IOException e) {
    return Problem.at(
        table.at(),
        ErrorCode.SOURCE_UNREACHABLE,
        "The files of " + table.name() + " cannot be listed: " + e + ".",
        "Check the path, its rights, and its links: none may lead into a folder that it lies in.");
  }

  /** Takes every file that can be; says whether there are others that soon may be. */
  private boolean look(List<Problem> problems) throws IOException {
    boolean waiting = false;
    for (Seen seen : finder.look()) {
      String name = finder.name(seen.path());
      Optional<TakenFile> known = Optional.ofNullable(taken.get(name));
      if (doneWith(seen, known)) {
        reportIfChanged(seen, known.orElseThrow(), problems);
      } else if (seen.bytes() == 0) {
        continue; // made before its first row was there, as a shell does: it says nothing yet
      } else if (rested(seen)) {
        waiting |= !takeAlone(seen, name, known, problems);
      } else {
        waiting = true;
      }
    }
    return waiting;
  }

  private static boolean rested(Seen seen) {
    long age = System.currentTimeMillis() - seen.modified();
    return age >= RESTED_LONG.toMillis()
        || age < -RESTED_LONG.toMillis() // from a clock that is ahead: it will not come to rest
        || (age >= RESTED.toMillis() && FileFinder.endTells(seen.path()));
  }

  private static boolean touched(Seen seen, TakenFile known) {
    return seen.modified() != known.modified() || seen.bytes() != known.bytes();
  }

  /**
   * Whether a file that was put aside is another now, and its row is still in quarantine: once that
   * was replayed or dropped, the file is done with.
   */
  private boolean readAgain(Seen seen, TakenFile known) {
    return known.aside()
        && touched(seen, known)
        && aside.getOrDefault(known.path(), List.of()).stream()
            .noneMatch(extract -> staging.settled(table.name() + ":" + extract + ":0"));
  }

  private boolean doneWith(Seen seen, Optional<TakenFile> known) {
    return known.isPresent() && !readAgain(seen, known.get());
  }

  private void reportIfChanged(Seen seen, TakenFile known, List<Problem> problems)
      throws IOException {
    if (!touched(seen, known) || told.contains(known.path())) {
      return;
    }
    if (seen.bytes() == known.bytes() && FileFinder.check(seen.path()) == known.check()) {
      taken.put(
          known.path(),
          new TakenFile(known.path(), seen.bytes(), seen.modified(), known.check(), false));
      return;
    }
    told.add(known.path());
    problems.add(
        Problem.at(
            table.at(),
            ErrorCode.SOURCE_FILE_BAD,
            "File " + known.path() + " has changed after it was taken: its rows stay as they were.",
            "Put corrected rows into a file of another name."));
  }

  private boolean takeAlone(
      Seen seen, String name, Optional<TakenFile> known, List<Problem> problems) {
    staging.adding().lock();
    try {
      return doneWith(seen, known) // its row was replayed while this waited
          || take(seen, name, problems);
    } finally {
      staging.adding().unlock();
    }
  }

  /** Whether the file is done with: taken, or put aside. */
  private boolean take(Seen seen, String name, List<Problem> problems) {
    BatchBuilder rejected = new BatchBuilder(Quarantine.SCHEMA);
    long number = staging.next();
    Rejections rejections =
        (row, fault, raw) ->
            Quarantine.add(
                rejected, table.name(), number + ":" + row, seen.modified() * 1_000, fault, raw);
    try (Session session = duckDb.session()) {
      TakenFile file =
          new TakenFile(name, seen.bytes(), seen.modified(), FileFinder.check(seen.path()), false);
      FileRows rows = new FileRows(session, contract, rejections);
      String select = "";
      try {
        select = rows.select(seen.path());
        if (!unchanged(seen)) {
          return false;
        }
        stage(session, select, rejected.build(), file, rows.header());
      } catch (IOException | UncheckedIOException | LeatException e) {
        if (!unchanged(seen) || mayGrow(seen, e)) {
          return false;
        }
        if (e instanceof LeatException leat && stagingFailed(leat) && readable(session, select)) {
          problems.addAll(leat.problems()); // not the file's fault: it is taken when there is room
          return true;
        }
        putAside(session, seen, file, e, problems);
        remember(file.putAside(), number);
        return true;
      }
      remember(file, number);
      return true;
    } catch (IOException e) {
      return unchanged(seen) && cannotBeHad(name, e, problems);
    }
  }

  /** Neither taken nor put aside: its rights or the disk keep it from both. */
  private boolean cannotBeHad(String name, IOException e, List<Problem> problems) {
    problems.add(
        Problem.at(
            table.at(),
            ErrorCode.SOURCE_UNREACHABLE,
            "File " + name + " cannot be taken: " + e + ".",
            "Check its rights, and those and the room of .leat/staging; it is tried again at the"
                + " next turn, and the other files are taken."));
    return true;
  }

  /**
   * Stages the rows of a file, good and bad. If it had been put aside, its row leaves the
   * quarantine in the same extract: all of it is there, or nothing.
   */
  private void stage(
      Session session, String select, Batch rejected, TakenFile file, String header) {
    List<Long> before = aside.getOrDefault(file.path(), List.of());
    if (before.isEmpty()) {
      staging.add(session, select, Staging.Weights.ONE, rejected, Extract.Origin.of(file, header));
      return;
    }
    String held =
        before.stream()
            .map(extract -> Sql.literal(staging.rejected(extract).toString()))
            .collect(Collectors.joining(", ", "SELECT * FROM read_parquet([", "])"));
    try (Answer answer = session.query(held, Quarantine.SCHEMA)) {
      Batch leaving = answer.rest();
      List<String> ids =
          IntStream.range(0, leaving.size()).mapToObj(leaving.bytes(0)::string).toList();
      staging.add(
          session,
          select,
          Staging.Weights.ONE,
          Consolidation.concat(Quarantine.SCHEMA, List.of(leaving, rejected)),
          new Extract.Origin(List.of(file), header, Extract.Mark.NONE, ids));
    }
  }

  private static boolean stagingFailed(LeatException e) {
    return e.problems().getFirst().code() == ErrorCode.LAKE_FAILED;
  }

  /** Whether all that is to be staged can be read. */
  private boolean readable(Session session, String select) {
    try (Answer rows = session.query(select, contract.schema())) {
      rows.forEachRemaining(_ -> {});
      return true;
    } catch (LeatException _) {
      return false;
    }
  }

  private static boolean unchanged(Seen seen) {
    return FileFinder.seen(seen.path()).equals(Optional.of(seen));
  }

  private static boolean mayGrow(Seen seen, Exception e) {
    Throwable cause = e instanceof UncheckedIOException io ? io.getCause() : e;
    return cause instanceof EOFException
        && System.currentTimeMillis() - seen.modified() < YOUNG.toMillis();
  }

  /** Keeps the bytes of a file that cannot be read, as one rejected row. */
  private void putAside(
      Session session, Seen seen, TakenFile file, Exception e, List<Problem> problems)
      throws IOException {
    long number = staging.next();
    Path aside = staging.folder().resolve("aside");
    Files.createDirectories(aside);
    Path copy = aside.resolve("%08d-%s".formatted(number, seen.path().getFileName()));
    Files.copy(seen.path(), copy, StandardCopyOption.REPLACE_EXISTING);
    byte[] raw =
        seen.bytes() <= ASIDE_BYTES_MAX
            ? Files.readAllBytes(copy)
            : ("kept as " + copy).getBytes(StandardCharsets.UTF_8);
    String reason = "file " + file.path() + " cannot be read: " + reason(e);
    BatchBuilder rejected = new BatchBuilder(Quarantine.SCHEMA);
    Quarantine.add(
        rejected, table.name(), number + ":0", seen.modified() * 1_000, Fault.ofRow(reason), raw);
    staging.add(
        session,
        FileRows.nothing(contract.schema()),
        Staging.Weights.ONE,
        rejected.build(),
        Extract.Origin.of(file.putAside(), ""));
    problems.add(
        Problem.at(
            table.at(),
            ErrorCode.SOURCE_FILE_BAD,
            "The " + reason + ". None of its rows were taken.",
            "It is kept in "
                + Quarantine.TABLE
                + "; put a good one beside it under another name, or replay it corrected."));
  }

  private static String reason(Exception e) {
    return switch (e) {
      case LeatException leat -> leat.problems().getFirst().message();
      case UncheckedIOException io -> reason(Objects.requireNonNull(io.getCause()));
      case EOFException _ -> "it ends too soon";
      default -> String.valueOf(e.getMessage());
    };
  }
}
