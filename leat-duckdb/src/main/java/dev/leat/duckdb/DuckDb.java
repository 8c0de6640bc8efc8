package dev.leat.duckdb;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A DuckDB database in this process. It reads and writes files below the folders it was given and
 * nothing else: no other file, no network, no extension from anywhere.
 *
 * <p>Safe for use by many threads, each with a {@link Session} of its own. Sessions must be closed
 * before the database.
 */
public final class DuckDb implements AutoCloseable {

  /**
   * What a database may use.
   *
   * @param memory for example {@code 2GB}; empty: DuckDB's own choice, 80 % of the machine
   * @param threads how many threads one query may use
   * @param spill where what does not fit into memory goes; empty: such a query fails
   * @param folders what it may read and write
   */
  public record Settings(
      Optional<String> memory, int threads, Optional<Path> spill, List<Path> folders) {
    public Settings {
      folders = folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
    }

    /** All processors, no limit of its own, no place to spill to. */
    public static Settings reading(Path... folders) {
      return new Settings(
          Optional.empty(),
          Runtime.getRuntime().availableProcessors(),
          Optional.empty(),
          List.of(folders));
    }

    public Settings withMemory(String limit) {
      return new Settings(Optional.of(limit), threads, spill, folders);
    }

    public Settings withThreads(int count) {
      return new Settings(memory, count, spill, folders);
    }

    public Settings withSpill(Path folder) {
      return new Settings(memory, threads, Optional.of(folder), folders);
    }
  }

  private final Arena arena = Arena.ofShared();
  private final MemorySegment database;

  private DuckDb(MemorySegment database) {
    this.database = arena.allocateFrom(ADDRESS, database);
  }

  /** A database in memory. */
  public static DuckDb open(Settings settings) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment config = config(scratch, settings);
      MemorySegment out = scratch.allocate(ADDRESS);
      MemorySegment error = scratch.allocate(ADDRESS);
      int status =
          Native.openDatabase(scratch.allocateFrom(":memory:"), out, config.get(ADDRESS, 0), error);
      Native.run(Native.DESTROY_CONFIG, config);
      if (status != Native.SUCCESS) {
        throw Failure.of("open", Native.text(error.get(ADDRESS, 0)));
      }
      DuckDb duckDb = new DuckDb(out.get(ADDRESS, 0));
      duckDb.confine(settings);
      return duckDb;
    }
  }

  private static MemorySegment config(Arena arena, Settings settings) {
    MemorySegment config = arena.allocate(ADDRESS);
    Native.status(Native.CREATE_CONFIG, config);
    set(arena, config, "threads", Integer.toString(settings.threads()));
    set(arena, config, "autoinstall_known_extensions", "false");
    set(arena, config, "autoload_known_extensions", "false");
    settings.memory().ifPresent(memory -> set(arena, config, "memory_limit", memory));
    set(arena, config, "temp_directory", settings.spill().map(Path::toString).orElse(""));
    return config;
  }

  private static void set(Arena arena, MemorySegment config, String name, String value) {
    int status =
        Native.status(
            Native.SET_CONFIG,
            config.get(ADDRESS, 0),
            arena.allocateFrom(name),
            arena.allocateFrom(value));
    if (status != Native.SUCCESS) {
      throw Failure.of("SET " + name, "Invalid Input Error: " + name + " cannot be " + value);
    }
  }

  /** Shuts the database in; it cannot be let out again. */
  private void confine(Settings settings) {
    String folders =
        settings.folders().stream()
            .flatMap(folder -> real(folder).stream())
            .distinct()
            .map(folder -> SqlText.literal(folder + "/"))
            .collect(Collectors.joining(", ", "[", "]"));
    try (Session session = session()) {
      session.execute(
          "SET allowed_directories = "
              + folders
              + "; SET enable_external_access = false; SET lock_configuration = true");
    }
  }

  /** A folder by the name it was given and by the one it has without links. */
  private static List<Path> real(Path folder) {
    try {
      return folder.toFile().exists() ? List.of(folder, folder.toRealPath()) : List.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection of its own; cheap. */
  public Session session() {
    return new Session(database.get(ADDRESS, 0));
  }

  @Override
  public void close() {
    Native.run(Native.CLOSE, database);
    arena.close();
  }
}
