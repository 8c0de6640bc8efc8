package dev.leat.duckdb;

import static java.lang.foreign.ValueLayout.ADDRESS;

import dev.leat.data.Batch;
import dev.leat.model.Schema;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a {@link DuckDb}, with temporary tables of its own. For one thread at a time, but
 * for {@link #cancel}; and with one {@link Answer} open at a time.
 */
public final class Session implements AutoCloseable {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment connection;
  private boolean open = true;
  private Optional<Duration> timeout = Optional.empty();

  Session(MemorySegment database) {
    this.connection = arena.allocate(ADDRESS);
    if (Native.status(Native.CONNECT, database, connection) != Native.SUCCESS) {
      arena.close();
      throw Failure.of("connect", "the database gives no connection");
    }
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("leat-duckdb-timeout").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** From now on each statement is stopped when it, with reading its answer, takes longer. */
  public Session timeout(Duration limit) {
    timeout = Optional.of(limit);
    return this;
  }

  /** Runs one or more statements to their end. */
  public void execute(String sql) {
    try (Arena scratch = Arena.ofConfined();
        Alarm _ = alarm()) {
      MemorySegment result = scratch.allocate(Native.RESULT);
      int status = Native.status(Native.QUERY, pointer(), scratch.allocateFrom(sql), result);
      String error =
          status == Native.SUCCESS ? "" : Native.text(Native.pointer(Native.RESULT_ERROR, result));
      Native.run(Native.DESTROY_RESULT, result);
      if (status != Native.SUCCESS) {
        throw Failure.of(sql, error);
      }
    }
  }

  /** Starts a query; its rows come as they are made. */
  public Answer query(String sql) {
    return Answer.start(pointer(), sql, alarm(), Optional.empty());
  }

  /**
   * Starts a query whose columns have the types of the schema, which names them.
   *
   * @throws dev.leat.model.LeatException LEAT-6004 when the types are others
   */
  public Answer query(String sql, Schema schema) {
    return Answer.start(pointer(), sql, alarm(), Optional.of(schema));
  }

  /** The only value of the only row of a query, which is a BIGINT. */
  public long number(String sql) {
    try (Answer answer = query(sql)) {
      return answer.next().longs(0).values()[0];
    }
  }

  /**
   * A temporary table of changes: the columns of the schema, then {@code _weight}. Takes the place
   * of one of that name.
   */
  public void load(String table, Schema schema, Iterable<Batch> batches) {
    execute(
        "CREATE OR REPLACE TEMP TABLE "
            + SqlText.name(table)
            + " ("
            + SqlText.each(schema, c -> SqlText.name(c.name()) + " " + SqlText.type(c.type()))
            + (schema.size() == 0 ? "" : ", ")
            + "_weight BIGINT)");
    try (Loader loader = new Loader(pointer(), table, schema)) {
      for (Batch batch : batches) {
        loader.append(batch);
      }
      loader.finish();
    }
  }

  /** Stops what runs now, from any thread. */
  public synchronized void cancel() {
    if (open) {
      Native.run(Native.INTERRUPT, pointer());
    }
  }

  private MemorySegment pointer() {
    return connection.get(ADDRESS, 0);
  }

  private Alarm alarm() {
    return new Alarm(
        timeout.map(t -> CLOCK.schedule(this::cancel, t.toNanos(), TimeUnit.NANOSECONDS)));
  }

  /** Stops a statement when its time is over, unless closed before. */
  record Alarm(Optional<ScheduledFuture<?>> timer) implements AutoCloseable {
    @Override
    public void close() {
      timer.ifPresent(t -> t.cancel(false));
    }
  }

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      Native.run(Native.DISCONNECT, connection);
      arena.close();
    }
  }
}
