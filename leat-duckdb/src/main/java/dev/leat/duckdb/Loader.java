package dev.leat.duckdb;

import static java.lang.foreign.ValueLayout.ADDRESS;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Appends batches with their weights to a temporary table, chunk by chunk. */
final class Loader implements AutoCloseable {
  private static final int CHUNK = 2048;

  private final Arena arena = Arena.ofConfined();
  private final String table;
  private final List<ColumnType> types = new ArrayList<>();
  private final MemorySegment appender;
  private final MemorySegment chunk;

  Loader(MemorySegment connection, String table, Schema schema) {
    this.table = table;
    schema.columns().forEach(column -> types.add(ColumnType.of(column.type())));
    types.add(ColumnType.of(Type.BIGINT));
    this.appender = arena.allocate(ADDRESS);
    this.chunk = arena.allocateFrom(ADDRESS, createChunk());
    check(
        Native.createAppender(
            connection,
            arena.allocateFrom("temp"),
            MemorySegment.NULL,
            arena.allocateFrom(table),
            appender));
  }

  private MemorySegment createChunk() {
    MemorySegment pointers = arena.allocate(ADDRESS, types.size());
    for (int i = 0; i < types.size(); i++) {
      pointers.setAtIndex(ADDRESS, i, types.get(i).create());
    }
    MemorySegment created = Native.pointer(Native.CREATE_CHUNK, pointers, types.size());
    for (int i = 0; i < types.size(); i++) {
      ColumnType.destroy(pointers.getAtIndex(ADDRESS, i));
    }
    return created;
  }

  void append(Batch batch) {
    List<Vector> columns = new ArrayList<>(batch.columns());
    columns.add(new LongVector(batch.weights(), Vector.NO_NULLS, batch.size()));
    for (int start = 0; start < batch.size(); start += CHUNK) {
      append(columns, start, Math.min(CHUNK, batch.size() - start));
    }
  }

  private void append(List<Vector> columns, int start, int count) {
    MemorySegment target = chunk.get(ADDRESS, 0);
    Native.run(Native.CHUNK_RESET, target);
    for (int i = 0; i < columns.size(); i++) {
      MemorySegment vector = Native.pointer(Native.CHUNK_VECTOR, target, i);
      ColumnWriter.write(columns.get(i), start, count, types.get(i), vector);
    }
    Native.run(Native.SET_CHUNK_SIZE, target, count);
    check(Native.status(Native.APPEND_CHUNK, appender.get(ADDRESS, 0), target));
  }

  /** Makes what was appended part of the table. */
  void finish() {
    check(Native.status(Native.APPENDER_CLOSE, appender.get(ADDRESS, 0)));
  }

  private void check(int status) {
    if (status != Native.SUCCESS) {
      MemorySegment message = Native.pointer(Native.APPENDER_ERROR, appender.get(ADDRESS, 0));
      throw Failure.of("append to " + table, Native.text(message));
    }
  }

  @Override
  public void close() {
    Native.run(Native.DESTROY_CHUNK, chunk);
    Native.status(Native.APPENDER_DESTROY, appender);
    arena.close();
  }
}
