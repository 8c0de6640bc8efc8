package dev.leat.sql;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import dev.leat.model.Type;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** Leat's types as Calcite's, and back. */
public final class CalciteTypes {
  private CalciteTypes() {}

  /**
   * @throws LeatException LEAT-2007 for a type that Leat does not have
   */
  public static Type of(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> Type.BOOLEAN;
      case TINYINT, SMALLINT, INTEGER -> Type.INTEGER;
      case BIGINT -> Type.BIGINT;
      case DECIMAL -> decimal(type);
      case FLOAT, REAL, DOUBLE -> Type.DOUBLE;
      case CHAR, VARCHAR, NULL -> Type.VARCHAR;
      case BINARY, VARBINARY -> Type.VARBINARY;
      case DATE -> Type.DATE;
      case TIMESTAMP -> Type.TIMESTAMP;
      default -> throw unsupported(type);
    };
  }

  private static Type decimal(RelDataType type) {
    if (type.getPrecision() > Type.Decimal.MAX_PRECISION) {
      throw unsupported(type);
    }
    return Type.decimal(type.getPrecision(), Math.max(0, type.getScale()));
  }

  private static LeatException unsupported(RelDataType type) {
    return new LeatException(
        Problem.of(
            ErrorCode.SQL_UNSUPPORTED,
            "The type " + type + " is not one of Leat's.",
            "Use BOOLEAN, INTEGER, BIGINT, DOUBLE, DECIMAL up to 18 digits, VARCHAR, VARBINARY,"
                + " DATE or TIMESTAMP."));
  }

  /** Calcite's form of a type, not nullable. */
  public static RelDataType to(Type type, RelDataTypeFactory factory) {
    return switch (type) {
      case Type.Bool _ -> factory.createSqlType(SqlTypeName.BOOLEAN);
      case Type.Int _ -> factory.createSqlType(SqlTypeName.INTEGER);
      case Type.BigInt _ -> factory.createSqlType(SqlTypeName.BIGINT);
      case Type.Float64 _ -> factory.createSqlType(SqlTypeName.DOUBLE);
      case Type.Decimal d -> factory.createSqlType(SqlTypeName.DECIMAL, d.precision(), d.scale());
      case Type.Varchar _ -> factory.createSqlType(SqlTypeName.VARCHAR);
      case Type.Varbinary _ -> factory.createSqlType(SqlTypeName.VARBINARY);
      case Type.Date _ -> factory.createSqlType(SqlTypeName.DATE);
      case Type.Timestamp _ -> factory.createSqlType(SqlTypeName.TIMESTAMP, 6);
    };
  }
}
