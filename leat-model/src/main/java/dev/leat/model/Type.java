package dev.leat.model;

/**
 * A type of Leat's own type system. Engines disagree about types; Leat decides, and each engine is
 * made to agree.
 *
 * <p>Every type has one {@link Physical} form, which is what the runtime computes on.
 */
public sealed interface Type {

  /** How a value is held in memory. */
  enum Physical {
    /** A 64-bit integer. */
    LONG,
    /** An IEEE 754 double. */
    DOUBLE,
    /** A slice of bytes. */
    BYTES
  }

  Physical physical();

  /** The name as it is written in SQL and in a source's {@code columns}. */
  String sql();

  /** TRUE is 1, FALSE is 0. */
  record Bool() implements Type {
    @Override
    public Physical physical() {
      return Physical.LONG;
    }

    @Override
    public String sql() {
      return "BOOLEAN";
    }
  }

  /** 32-bit integer. */
  record Int() implements Type {
    @Override
    public Physical physical() {
      return Physical.LONG;
    }

    @Override
    public String sql() {
      return "INTEGER";
    }
  }

  /** 64-bit integer. */
  record BigInt() implements Type {
    @Override
    public Physical physical() {
      return Physical.LONG;
    }

    @Override
    public String sql() {
      return "BIGINT";
    }
  }

  /** IEEE 754 double; NaN equals itself and is greater than every other value, -0.0 equals 0.0. */
  record Float64() implements Type {
    @Override
    public Physical physical() {
      return Physical.DOUBLE;
    }

    @Override
    public String sql() {
      return "DOUBLE";
    }
  }

  /**
   * An exact decimal, held as its unscaled value in 64 bits: at most {@value #MAX_PRECISION}
   * digits.
   *
   * @param precision digits in all, 1 to 18
   * @param scale digits after the point, 0 to {@code precision}
   */
  record Decimal(int precision, int scale) implements Type {
    public static final int MAX_PRECISION = 18;

    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new IllegalArgumentException("DECIMAL(" + precision + "," + scale + ")");
      }
    }

    @Override
    public Physical physical() {
      return Physical.LONG;
    }

    @Override
    public String sql() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }
  }

  /** UTF-8 text, compared byte by byte. */
  record Varchar() implements Type {
    @Override
    public Physical physical() {
      return Physical.BYTES;
    }

    @Override
    public String sql() {
      return "VARCHAR";
    }
  }

  /** Raw bytes. */
  record Varbinary() implements Type {
    @Override
    public Physical physical() {
      return Physical.BYTES;
    }

    @Override
    public String sql() {
      return "VARBINARY";
    }
  }

  /** Days since 1970-01-01. */
  record Date() implements Type {
    @Override
    public Physical physical() {
      return Physical.LONG;
    }

    @Override
    public String sql() {
      return "DATE";
    }
  }

  /** Microseconds since 1970-01-01 00:00:00, without a time zone (by convention UTC). */
  record Timestamp() implements Type {
    @Override
    public Physical physical() {
      return Physical.LONG;
    }

    @Override
    public String sql() {
      return "TIMESTAMP";
    }
  }

  Type BOOLEAN = new Bool();
  Type INTEGER = new Int();
  Type BIGINT = new BigInt();
  Type DOUBLE = new Float64();
  Type VARCHAR = new Varchar();
  Type VARBINARY = new Varbinary();
  Type DATE = new Date();
  Type TIMESTAMP = new Timestamp();

  static Type decimal(int precision, int scale) {
    return new Decimal(precision, scale);
  }
}
