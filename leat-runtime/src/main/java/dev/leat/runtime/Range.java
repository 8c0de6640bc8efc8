package dev.leat.runtime;

import dev.leat.model.Type;

/** The least and greatest unscaled value of an exact type. */
record Range(long minimum, long maximum) {

  static Range of(Type type) {
    return switch (type) {
      case Type.Int _ -> new Range(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Type.BigInt _ -> new Range(Long.MIN_VALUE, Long.MAX_VALUE);
      case Type.Decimal d -> {
        long limit = Decimals.power(d.precision());
        yield new Range(1 - limit, limit - 1);
      }
      default -> throw new IllegalArgumentException(type.sql());
    };
  }

  boolean holds(long value) {
    return value >= minimum && value <= maximum;
  }
}
