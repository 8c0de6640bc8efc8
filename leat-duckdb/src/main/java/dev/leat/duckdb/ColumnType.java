package dev.leat.duckdb;

import dev.leat.model.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * How a column lies in a chunk of DuckDB's.
 *
 * @param id DuckDB's number of its type
 * @param type Leat's name for it; empty when Leat has no such type
 * @param width bytes a value; 16 for strings and for what is wider than 64 bits
 */
record ColumnType(int id, Optional<Type> type, int width) {
  private static final int BOOLEAN = 1;
  private static final int TINYINT = 2;
  private static final int SMALLINT = 3;
  private static final int INTEGER = 4;
  private static final int BIGINT = 5;
  private static final int DOUBLE = 11;
  private static final int TIMESTAMP = 12;
  private static final int DATE = 13;
  private static final int VARCHAR = 17;
  private static final int BLOB = 18;
  private static final int DECIMAL = 19;

  /** Of a column of a result; takes DuckDB's description and lets go of it. */
  static ColumnType of(MemorySegment logicalType) {
    try {
      int id = Native.status(Native.TYPE_ID, logicalType);
      if (id != DECIMAL) {
        return of(id);
      }
      int width = Native.octet(Native.DECIMAL_WIDTH, logicalType);
      int scale = Native.octet(Native.DECIMAL_SCALE, logicalType);
      return width > Type.Decimal.MAX_PRECISION
          ? new ColumnType(id, Optional.empty(), 16)
          : decimal(width, scale);
    } finally {
      destroy(logicalType);
    }
  }

  private static ColumnType of(int id) {
    return switch (id) {
      case BOOLEAN -> new ColumnType(id, Optional.of(Type.BOOLEAN), 1);
      case TINYINT -> new ColumnType(id, Optional.of(Type.INTEGER), 1);
      case SMALLINT -> new ColumnType(id, Optional.of(Type.INTEGER), 2);
      case INTEGER -> new ColumnType(id, Optional.of(Type.INTEGER), 4);
      case BIGINT -> new ColumnType(id, Optional.of(Type.BIGINT), 8);
      case DOUBLE -> new ColumnType(id, Optional.of(Type.DOUBLE), 8);
      case TIMESTAMP -> new ColumnType(id, Optional.of(Type.TIMESTAMP), 8);
      case DATE -> new ColumnType(id, Optional.of(Type.DATE), 4);
      case VARCHAR -> new ColumnType(id, Optional.of(Type.VARCHAR), 16);
      case BLOB -> new ColumnType(id, Optional.of(Type.VARBINARY), 16);
      default -> new ColumnType(id, Optional.empty(), 16);
    };
  }

  private static ColumnType decimal(int precision, int scale) {
    int width = precision <= 4 ? 2 : precision <= 9 ? 4 : 8;
    return new ColumnType(DECIMAL, Optional.of(Type.decimal(precision, scale)), width);
  }

  /** Of a column that is to be written. */
  static ColumnType of(Type type) {
    return switch (type) {
      case Type.Bool _ -> of(BOOLEAN);
      case Type.Int _ -> of(INTEGER);
      case Type.BigInt _ -> of(BIGINT);
      case Type.Float64 _ -> of(DOUBLE);
      case Type.Decimal(int precision, int scale) -> decimal(precision, scale);
      case Type.Varchar _ -> of(VARCHAR);
      case Type.Varbinary _ -> of(BLOB);
      case Type.Date _ -> of(DATE);
      case Type.Timestamp _ -> of(TIMESTAMP);
    };
  }

  /** DuckDB's description of this type, for a chunk; to be {@link #destroy}ed. */
  MemorySegment create() {
    return type.orElseThrow() instanceof Type.Decimal(int precision, int scale)
        ? Native.createDecimal(precision, scale)
        : Native.createType(id);
  }

  static void destroy(MemorySegment logicalType) {
    try (Arena arena = Arena.ofConfined()) {
      Native.run(Native.DESTROY_TYPE, arena.allocateFrom(ValueLayout.ADDRESS, logicalType));
    }
  }
}
