package dev.leat.duckdb;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The part of DuckDB's C interface that is used here, function by function under its own name
 * without the prefix {@code duckdb_}. A column of a chunk is read straight from DuckDB's memory, so
 * that rows come and go as columns, without an object for each value.
 */
final class Native {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = NativeLibrary.load();

  /** {@code duckdb_result}, which is passed by value to {@code fetch_chunk}. */
  static final StructLayout RESULT =
      MemoryLayout.structLayout(
          JAVA_LONG.withName("columns"),
          JAVA_LONG.withName("rows"),
          JAVA_LONG.withName("changed"),
          ADDRESS.withName("data"),
          ADDRESS.withName("error"),
          ADDRESS.withName("internal"));

  static final int SUCCESS = 0;

  // Databases and connections.
  static final MethodHandle CREATE_CONFIG = state("create_config", ADDRESS);
  static final MethodHandle SET_CONFIG = state("set_config", ADDRESS, ADDRESS, ADDRESS);
  static final MethodHandle DESTROY_CONFIG = nothing("destroy_config", ADDRESS);
  static final MethodHandle OPEN_EXT = state("open_ext", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  static final MethodHandle CLOSE = nothing("close", ADDRESS);
  static final MethodHandle CONNECT = state("connect", ADDRESS, ADDRESS);
  static final MethodHandle DISCONNECT = nothing("disconnect", ADDRESS);
  static final MethodHandle INTERRUPT = nothing("interrupt", ADDRESS);
  static final MethodHandle FREE = nothing("free", ADDRESS);

  // Queries.
  static final MethodHandle QUERY = state("query", ADDRESS, ADDRESS, ADDRESS);
  static final MethodHandle PREPARE = state("prepare", ADDRESS, ADDRESS, ADDRESS);
  static final MethodHandle PREPARE_ERROR = pointer("prepare_error", ADDRESS);
  static final MethodHandle DESTROY_PREPARE = nothing("destroy_prepare", ADDRESS);
  static final MethodHandle PENDING = state("pending_prepared_streaming", ADDRESS, ADDRESS);
  static final MethodHandle PENDING_ERROR = pointer("pending_error", ADDRESS);
  static final MethodHandle EXECUTE_PENDING = state("execute_pending", ADDRESS, ADDRESS);
  static final MethodHandle DESTROY_PENDING = nothing("destroy_pending", ADDRESS);
  static final MethodHandle RESULT_ERROR = pointer("result_error", ADDRESS);
  static final MethodHandle DESTROY_RESULT = nothing("destroy_result", ADDRESS);
  static final MethodHandle FETCH_CHUNK = pointer("fetch_chunk", RESULT);
  static final MethodHandle COLUMN_COUNT = number("column_count", ADDRESS);
  static final MethodHandle COLUMN_NAME = pointer("column_name", ADDRESS, JAVA_LONG);
  static final MethodHandle COLUMN_TYPE = pointer("column_logical_type", ADDRESS, JAVA_LONG);

  // Types.
  static final MethodHandle TYPE_ID = state("get_type_id", ADDRESS);
  static final MethodHandle DECIMAL_WIDTH = octet("decimal_width", ADDRESS);
  static final MethodHandle DECIMAL_SCALE = octet("decimal_scale", ADDRESS);
  static final MethodHandle CREATE_TYPE = pointer("create_logical_type", JAVA_INT);
  static final MethodHandle CREATE_DECIMAL = pointer("create_decimal_type", JAVA_BYTE, JAVA_BYTE);
  static final MethodHandle DESTROY_TYPE = nothing("destroy_logical_type", ADDRESS);

  // Chunks: at most 2,048 rows in columns.
  static final MethodHandle CREATE_CHUNK = pointer("create_data_chunk", ADDRESS, JAVA_LONG);
  static final MethodHandle DESTROY_CHUNK = nothing("destroy_data_chunk", ADDRESS);
  static final MethodHandle CHUNK_RESET = nothing("data_chunk_reset", ADDRESS);
  static final MethodHandle CHUNK_SIZE = number("data_chunk_get_size", ADDRESS);
  static final MethodHandle SET_CHUNK_SIZE = nothing("data_chunk_set_size", ADDRESS, JAVA_LONG);
  static final MethodHandle CHUNK_VECTOR = pointer("data_chunk_get_vector", ADDRESS, JAVA_LONG);
  static final MethodHandle VECTOR_DATA = pointer("vector_get_data", ADDRESS);
  static final MethodHandle VECTOR_VALIDITY = pointer("vector_get_validity", ADDRESS);
  static final MethodHandle ENSURE_VALIDITY = nothing("vector_ensure_validity_writable", ADDRESS);
  static final MethodHandle ASSIGN_STRING =
      nothing("vector_assign_string_element_len", ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);

  // Loading.
  static final MethodHandle APPENDER_CREATE =
      state("appender_create_ext", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  static final MethodHandle APPENDER_ERROR = pointer("appender_error", ADDRESS);
  static final MethodHandle APPEND_CHUNK = state("append_data_chunk", ADDRESS, ADDRESS);
  static final MethodHandle APPENDER_CLOSE = state("appender_close", ADDRESS);
  static final MethodHandle APPENDER_DESTROY = state("appender_destroy", ADDRESS);

  private Native() {}

  /** Text that DuckDB owns; empty for a null pointer. */
  static String text(MemorySegment pointer) {
    return pointer.address() == 0 ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
  }

  static int status(MethodHandle function, MemorySegment a) {
    try {
      return (int) function.invokeExact(a);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int status(MethodHandle function, MemorySegment a, MemorySegment b) {
    try {
      return (int) function.invokeExact(a, b);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int status(MethodHandle function, MemorySegment a, MemorySegment b, MemorySegment c) {
    try {
      return (int) function.invokeExact(a, b, c);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int openDatabase(
      MemorySegment path, MemorySegment out, MemorySegment config, MemorySegment error) {
    try {
      return (int) OPEN_EXT.invokeExact(path, out, config, error);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int createAppender(
      MemorySegment connection,
      MemorySegment catalog,
      MemorySegment schema,
      MemorySegment table,
      MemorySegment out) {
    try {
      return (int) APPENDER_CREATE.invokeExact(connection, catalog, schema, table, out);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static MemorySegment pointer(MethodHandle function, MemorySegment a) {
    try {
      return (MemorySegment) function.invokeExact(a);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static MemorySegment pointer(MethodHandle function, MemorySegment a, long b) {
    try {
      return (MemorySegment) function.invokeExact(a, b);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static MemorySegment createType(int id) {
    try {
      return (MemorySegment) CREATE_TYPE.invokeExact(id);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static MemorySegment createDecimal(int width, int scale) {
    try {
      return (MemorySegment) CREATE_DECIMAL.invokeExact((byte) width, (byte) scale);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long number(MethodHandle function, MemorySegment a) {
    try {
      return (long) function.invokeExact(a);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int octet(MethodHandle function, MemorySegment a) {
    try {
      return (byte) function.invokeExact(a);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void run(MethodHandle function, MemorySegment a) {
    try {
      function.invokeExact(a);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void run(MethodHandle function, MemorySegment a, long b) {
    try {
      function.invokeExact(a, b);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void assignString(MemorySegment vector, long row, MemorySegment bytes, long length) {
    try {
      ASSIGN_STRING.invokeExact(vector, row, bytes, length);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static RuntimeException unexpected(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }

  private static MethodHandle state(String name, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MethodHandle number(String name, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(JAVA_LONG, arguments));
  }

  private static MethodHandle octet(String name, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(JAVA_BYTE, arguments));
  }

  private static MethodHandle pointer(String name, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(ADDRESS, arguments));
  }

  private static MethodHandle nothing(String name, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.ofVoid(arguments));
  }

  private static MethodHandle link(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LIBRARY.findOrThrow("duckdb_" + name), descriptor);
  }
}
