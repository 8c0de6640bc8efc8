package dev.leat.duckdb;

import static java.lang.foreign.ValueLayout.ADDRESS;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.data.Vector;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The rows of a query, in batches of at most {@value #BATCH_ROWS} rows of weight 1, made while they
 * are read: what is not read is not computed. {@link #next} throws what the query fails with.
 */
public final class Answer implements Iterator<Batch>, AutoCloseable {
  /** Eight of DuckDB's chunks. */
  static final int BATCH_ROWS = 16_384;

  private static final int CHUNK_ROWS = 2_048;

  private final Arena arena = Arena.ofShared();
  private final String sql;
  private final Session.Alarm alarm;
  private final MemorySegment prepared = arena.allocate(ADDRESS);
  private final MemorySegment pending = arena.allocate(ADDRESS);
  private final MemorySegment result = arena.allocate(Native.RESULT);
  private List<ColumnType> types = List.of();
  private Schema schema = Schema.of();
  private Optional<Batch> ahead = Optional.empty();
  private boolean ended;
  private boolean closed;

  private Answer(String sql, Session.Alarm alarm) {
    this.sql = sql;
    this.alarm = alarm;
  }

  static Answer start(
      MemorySegment connection, String sql, Session.Alarm alarm, Optional<Schema> wanted) {
    Answer answer = new Answer(sql, alarm);
    try {
      answer.execute(connection);
      answer.describe(wanted);
      return answer;
    } catch (RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  private void execute(MemorySegment connection) {
    if (Native.status(Native.PREPARE, connection, arena.allocateFrom(sql), prepared) != 0) {
      throw failure(Native.pointer(Native.PREPARE_ERROR, prepared.get(ADDRESS, 0)));
    }
    if (Native.status(Native.PENDING, prepared.get(ADDRESS, 0), pending) != 0) {
      throw failure(Native.pointer(Native.PENDING_ERROR, pending.get(ADDRESS, 0)));
    }
    if (Native.status(Native.EXECUTE_PENDING, pending.get(ADDRESS, 0), result) != 0) {
      throw failure(Native.pointer(Native.RESULT_ERROR, result));
    }
  }

  private LeatException failure(MemorySegment message) {
    return Failure.of(sql, Native.text(message));
  }

  private void describe(Optional<Schema> wanted) {
    int count = (int) Native.number(Native.COLUMN_COUNT, result);
    List<ColumnType> found = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ColumnType type = ColumnType.of(Native.pointer(Native.COLUMN_TYPE, result, i));
      String name = Native.text(Native.pointer(Native.COLUMN_NAME, result, i));
      if (type.type().isEmpty()) {
        throw mismatch("column " + name + " has a type that Leat does not have");
      }
      found.add(type);
      columns.add(Column.optional(name, type.type().get()));
    }
    types = found;
    schema = wanted.orElseGet(() -> new Schema(columns));
    List<Type> actual = columns.stream().map(Column::type).toList();
    if (!actual.equals(schema.columns().stream().map(Column::type).toList())) {
      throw mismatch("the columns are " + actual + " and not " + schema.columns());
    }
  }

  private LeatException mismatch(String what) {
    return new LeatException(
        Problem.of(
            ErrorCode.ENGINE_FAILED,
            "A query gave other columns than were expected: " + what + ".",
            "This is a fault of Leat: please report it."));
  }

  public Schema schema() {
    return schema;
  }

  @Override
  public boolean hasNext() {
    if (ahead.isEmpty() && !ended) {
      ahead = fetch();
    }
    return ahead.isPresent();
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Batch batch = ahead.orElseThrow();
    ahead = Optional.empty();
    return batch;
  }

  /** All rows there are still, as one batch. */
  public Batch rest() {
    List<Batch> batches = new ArrayList<>();
    forEachRemaining(batches::add);
    return Consolidation.concat(schema, batches);
  }

  private Optional<Batch> fetch() {
    List<ColumnReader> readers = new ArrayList<>();
    int rows = 0;
    while (rows + CHUNK_ROWS <= BATCH_ROWS) {
      MemorySegment chunk = fetchChunk();
      int count = chunk.address() == 0 ? 0 : (int) Native.number(Native.CHUNK_SIZE, chunk);
      if (count == 0) {
        ended = true;
        destroy(Native.DESTROY_CHUNK, chunk);
        break;
      }
      if (readers.isEmpty()) {
        types.forEach(type -> readers.add(ColumnReader.of(type)));
      }
      for (int i = 0; i < readers.size(); i++) {
        readers.get(i).append(Native.pointer(Native.CHUNK_VECTOR, chunk, i), count);
      }
      destroy(Native.DESTROY_CHUNK, chunk);
      rows += count;
    }
    return rows == 0 ? Optional.empty() : Optional.of(batch(readers, rows));
  }

  private Batch batch(List<ColumnReader> readers, int rows) {
    List<Vector> columns = readers.stream().map(ColumnReader::build).toList();
    long[] weights = new long[rows];
    Arrays.fill(weights, 1);
    return new Batch(schema, columns, weights, rows, true);
  }

  private MemorySegment fetchChunk() {
    MemorySegment chunk = Native.pointer(Native.FETCH_CHUNK, result);
    if (chunk.address() == 0) {
      MemorySegment error = Native.pointer(Native.RESULT_ERROR, result);
      if (!Native.text(error).isEmpty()) {
        ended = true;
        throw failure(error);
      }
    }
    return chunk;
  }

  private void destroy(MethodHandle destructor, MemorySegment pointer) {
    try (Arena scratch = Arena.ofConfined()) {
      Native.run(destructor, scratch.allocateFrom(ADDRESS, pointer));
    }
  }

  /** Stops the query if it still runs. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    alarm.close();
    Native.run(Native.DESTROY_RESULT, result);
    Native.run(Native.DESTROY_PENDING, pending);
    Native.run(Native.DESTROY_PREPARE, prepared);
    arena.close();
  }
}
