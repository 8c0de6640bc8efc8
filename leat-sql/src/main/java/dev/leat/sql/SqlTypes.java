package dev.leat.sql;

import dev.leat.model.Type;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Leat's type system as Calcite wants it. Decimals have at most 18 digits, timestamps microseconds,
 * and text has no length: a string constant is VARCHAR, so that no blank is ever padded.
 */
final class SqlTypes extends RelDataTypeSystemImpl {
  private static final int DIGITS = Type.Decimal.MAX_PRECISION;

  /** The scale that a product or quotient keeps when its digits do not all fit. */
  private static final int KEPT_SCALE = 6;

  static RelDataTypeFactory factory() {
    return new Factory();
  }

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> DIGITS;
      case TIMESTAMP, TIME -> 6;
      default -> super.getMaxPrecision(type);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? DIGITS : super.getMaxScale(type);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> DIGITS;
      case TIMESTAMP -> 6;
      default -> super.getDefaultPrecision(type);
    };
  }

  @Override
  public RoundingMode roundingMode() {
    return RoundingMode.HALF_UP;
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType type =
        switch (argument.getSqlTypeName()) {
          case INTEGER, BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
          case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, DIGITS, argument.getScale());
          default -> argument;
        };
    return factory.createTypeWithNullability(type, argument.isNullable());
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType type =
        SqlTypeUtil.isExactNumeric(argument)
            ? factory.createSqlType(
                SqlTypeName.DECIMAL, DIGITS, Math.max(KEPT_SCALE, argument.getScale()))
            : factory.createSqlType(SqlTypeName.DOUBLE);
    return factory.createTypeWithNullability(type, argument.isNullable());
  }

  @Override
  public RelDataType deriveDecimalPlusType(
      RelDataTypeFactory factory, RelDataType left, RelDataType right) {
    return derived(
        factory,
        left,
        right,
        (a, b) -> {
          int scale = Math.max(a.scale(), b.scale());
          return new Digits(Math.max(a.whole(), b.whole()) + 1, scale, scale);
        });
  }

  @Override
  public RelDataType deriveDecimalMultiplyType(
      RelDataTypeFactory factory, RelDataType left, RelDataType right) {
    return derived(
        factory,
        left,
        right,
        (a, b) -> {
          int scale = a.scale() + b.scale();
          return new Digits(a.whole() + b.whole(), scale, Math.min(scale, KEPT_SCALE));
        });
  }

  @Override
  public RelDataType deriveDecimalDivideType(
      RelDataTypeFactory factory, RelDataType left, RelDataType right) {
    return derived(
        factory,
        left,
        right,
        (a, b) -> {
          int scale = Math.max(KEPT_SCALE, a.scale() + b.whole() + b.scale() + 1);
          return new Digits(a.whole() + b.scale(), scale, KEPT_SCALE);
        });
  }

  @Override
  public RelDataType deriveDecimalModType(
      RelDataTypeFactory factory, RelDataType left, RelDataType right) {
    return derived(
        factory,
        left,
        right,
        (a, b) -> {
          int scale = Math.max(a.scale(), b.scale());
          return new Digits(Math.min(a.whole(), b.whole()), scale, scale);
        });
  }

  /**
   * Digits of a result.
   *
   * @param whole before the point
   * @param scale after the point, when there is room
   * @param least after the point, when there is not: then digits before it must do with the rest
   */
  private record Digits(int whole, int scale, int least) {
    RelDataType type(RelDataTypeFactory factory) {
      int fitted =
          whole + scale <= DIGITS
              ? scale
              : Math.min(Math.max(DIGITS - whole, least), Math.min(scale, DIGITS));
      int precision = Math.max(1, Math.min(DIGITS, whole + fitted));
      return factory.createSqlType(SqlTypeName.DECIMAL, Math.max(precision, fitted), fitted);
    }
  }

  private interface Rule {
    Digits apply(Digits left, Digits right);
  }

  /** Calcite takes null for "not a matter of decimals". */
  @SuppressWarnings("NullAway")
  private static RelDataType derived(
      RelDataTypeFactory factory, RelDataType left, RelDataType right, Rule rule) {
    boolean exact = SqlTypeUtil.isExactNumeric(left) && SqlTypeUtil.isExactNumeric(right);
    if (!exact || !(SqlTypeUtil.isDecimal(left) || SqlTypeUtil.isDecimal(right))) {
      return null;
    }
    return rule.apply(digits(left), digits(right)).type(factory);
  }

  private static Digits digits(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case DECIMAL ->
          new Digits(type.getPrecision() - type.getScale(), type.getScale(), type.getScale());
      case BIGINT -> new Digits(DIGITS, 0, 0);
      default -> new Digits(10, 0, 0);
    };
  }

  /** Folds the types Leat does not tell apart into the one it has. */
  private static final class Factory extends SqlTypeFactoryImpl {
    Factory() {
      super(new SqlTypes());
    }

    @Override
    public RelDataType createSqlType(SqlTypeName type) {
      return folded(type).allowsPrec()
          ? createSqlType(type, getTypeSystem().getDefaultPrecision(folded(type)))
          : super.createSqlType(folded(type));
    }

    @Override
    public RelDataType createSqlType(SqlTypeName type, int precision) {
      return switch (folded(type)) {
        case VARCHAR, VARBINARY ->
            super.createSqlType(folded(type), RelDataType.PRECISION_NOT_SPECIFIED);
        case TIMESTAMP -> super.createSqlType(SqlTypeName.TIMESTAMP, 6);
        case INTEGER, DOUBLE -> super.createSqlType(folded(type));
        default -> super.createSqlType(type, precision);
      };
    }

    private static SqlTypeName folded(SqlTypeName type) {
      return switch (type) {
        case CHAR -> SqlTypeName.VARCHAR;
        case BINARY -> SqlTypeName.VARBINARY;
        case TINYINT, SMALLINT -> SqlTypeName.INTEGER;
        case FLOAT, REAL -> SqlTypeName.DOUBLE;
        default -> type;
      };
    }
  }
}
