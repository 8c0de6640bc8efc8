package dev.leat.runtime;

import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.data.VectorBuilder;
import dev.leat.model.LeatException;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** CAST and TRY_CAST between all types. Exact types round half away from zero. */
final class Casts {
  static final long MICROS_PER_DAY = 86_400_000_000L;

  private Casts() {}

  static Kernel kernel(Expr.Cast cast) {
    Type from = cast.operand().type();
    Type to = cast.type();
    Kernel strict = strict(from, to);
    return cast.orNull() ? orNull(strict, to) : strict;
  }

  private static Kernel strict(Type from, Type to) {
    if (from.equals(to)) {
      return (a, n) -> a[0];
    }
    return switch (from) {
      case Type.Bool _, Type.Int _, Type.BigInt _, Type.Decimal _ -> exact(from, to);
      case Type.Float64 _ -> real(to);
      case Type.Varchar _ -> text(to);
      case Type.Varbinary _ ->
          Rowwise.appending(Type.VARCHAR, (a, row, r) -> decoded((BytesVector) a[0], row, r));
      case Type.Date _ ->
          to instanceof Type.Timestamp
              ? Rowwise.longs((a, row) -> midnight(Rowwise.number(a, 0, row)))
              : Rowwise.text((a, row) -> Texts.date(Rowwise.number(a, 0, row)));
      case Type.Timestamp _ ->
          to instanceof Type.Date
              ? Rowwise.longs((a, row) -> Math.floorDiv(Rowwise.number(a, 0, row), MICROS_PER_DAY))
              : Rowwise.text((a, row) -> Texts.timestamp(Rowwise.number(a, 0, row)));
    };
  }

  /** There are DATEs that no TIMESTAMP reaches. */
  static long midnight(long day) {
    if (day < TimeKernels.EARLIEST / MICROS_PER_DAY || day > TimeKernels.LATEST / MICROS_PER_DAY) {
      throw ValueErrors.doesNotFit("CAST: " + Texts.date(day), Type.TIMESTAMP);
    }
    return day * MICROS_PER_DAY;
  }

  private static Kernel exact(Type from, Type to) {
    int scale = Decimals.scale(from);
    return switch (to) {
      case Type.Bool _ -> Rowwise.longs((a, row) -> Rowwise.number(a, 0, row) != 0 ? 1 : 0);
      case Type.Int _, Type.BigInt _, Type.Decimal _ -> (a, n) -> rescaled(a[0], n, from, to);
      case Type.Float64 _ -> (a, n) -> real((LongVector) a[0], n, scale);
      case Type.Varchar _ ->
          from instanceof Type.Bool
              ? Rowwise.text((a, row) -> Rowwise.number(a, 0, row) != 0 ? "true" : "false")
              : Rowwise.text((a, row) -> Decimals.text(Rowwise.number(a, 0, row), from));
      case Type.Varbinary _, Type.Date _, Type.Timestamp _ -> throw none(from, to);
    };
  }

  private static Vector real(LongVector a, int n, int scale) {
    double[] result = new double[n];
    for (int i = 0; i < n; i++) {
      result[i] = Decimals.real(a.values()[i], scale);
    }
    return new DoubleVector(result, a.nulls(), n);
  }

  private static Vector rescaled(Vector vector, int n, Type from, Type to) {
    int shift = Decimals.scale(to) - Decimals.scale(from);
    LongVector a = (LongVector) vector;
    if (shift == 0 && Range.of(to).equals(new Range(Long.MIN_VALUE, Long.MAX_VALUE))) {
      return a;
    }
    Range range = Range.of(to);
    long[] values = a.values();
    long[] result = new long[n];
    long factor = Decimals.power(Math.abs(shift));
    for (int i = 0; i < n; i++) {
      long value = values[i];
      long moved = shift > 0 ? value * factor : value;
      if (shift < 0) {
        moved = Decimals.dividedHalfUp(value, factor);
      }
      boolean lost = shift > 0 && Math.multiplyHigh(value, factor) != moved >> 63;
      if (lost || !range.holds(moved)) {
        throw ValueErrors.doesNotFit("CAST: " + Decimals.text(value, from), to);
      }
      result[i] = moved;
    }
    return new LongVector(result, a.nulls(), n);
  }

  private static Kernel real(Type to) {
    return switch (to) {
      case Type.Bool _ -> Rowwise.longs((a, row) -> Rowwise.real(a, 0, row) != 0 ? 1 : 0);
      case Type.Int _, Type.BigInt _ ->
          Rowwise.longs((a, row) -> whole(Rowwise.real(a, 0, row), to));
      case Type.Decimal d -> Rowwise.longs((a, row) -> decimal(Rowwise.real(a, 0, row), d));
      case Type.Varchar _ -> Rowwise.text((a, row) -> Texts.real(Rowwise.real(a, 0, row)));
      case Type.Float64 _, Type.Varbinary _, Type.Date _, Type.Timestamp _ ->
          throw none(Type.DOUBLE, to);
    };
  }

  /** To the nearest, halves to the even neighbour, as IEEE 754 does. */
  private static long whole(double value, Type to) {
    double rounded = Math.rint(value);
    boolean fits =
        to instanceof Type.Int
            ? rounded >= Integer.MIN_VALUE && rounded <= Integer.MAX_VALUE
            : rounded >= -0x1p63 && rounded < 0x1p63;
    if (!fits) {
      throw ValueErrors.doesNotFit("CAST: " + Texts.real(value), to);
    }
    return (long) rounded;
  }

  /** The double is scaled as a double, then rounded half away from zero. */
  private static long decimal(double value, Type.Decimal to) {
    double scaled = value * Decimals.power(to.scale());
    double rounded = MathKernels.halfAway(scaled);
    double limit = Decimals.power(to.precision());
    if (!(rounded > -limit && rounded < limit)) {
      throw ValueErrors.doesNotFit("CAST: " + Texts.real(value), to);
    }
    return (long) rounded;
  }

  private static Kernel text(Type to) {
    return switch (to) {
      case Type.Varbinary _ -> (a, n) -> a[0];
      case Type.Bool _ -> Rowwise.longs((a, row) -> Texts.toBoolean(Rowwise.string(a, 0, row)));
      case Type.Int _, Type.BigInt _, Type.Decimal _ ->
          Rowwise.longs((a, row) -> toExact(Rowwise.string(a, 0, row), to));
      case Type.Float64 _ -> Rowwise.doubles((a, row) -> Texts.toDouble(Rowwise.string(a, 0, row)));
      case Type.Date _ -> Rowwise.longs((a, row) -> Texts.toDate(Rowwise.string(a, 0, row)));
      case Type.Timestamp _ ->
          Rowwise.longs((a, row) -> Texts.toTimestamp(Rowwise.string(a, 0, row)));
      case Type.Varchar _ -> throw none(Type.VARCHAR, to);
    };
  }

  private static long toExact(String text, Type to) {
    BigDecimal value = Texts.toNumber(text, to);
    return Decimals.unscaled(value, to);
  }

  private static void decoded(BytesVector bytes, int row, VectorBuilder result) {
    ByteBuffer slice = ByteBuffer.wrap(bytes.data(), bytes.start(row), bytes.length(row));
    try {
      result.append(StandardCharsets.UTF_8.newDecoder().decode(slice).toString());
    } catch (CharacterCodingException _) {
      throw ValueErrors.of("CAST: the bytes are not UTF-8 text.");
    }
  }

  private static IllegalArgumentException none(Type from, Type to) {
    return new IllegalArgumentException(from.sql() + " to " + to.sql());
  }

  /** Row by row where a whole column does not convert. */
  private static Kernel orNull(Kernel strict, Type to) {
    return (a, n) -> {
      try {
        return strict.apply(a, n);
      } catch (LeatException _) {
        VectorBuilder result = VectorBuilder.of(to);
        for (int i = 0; i < n; i++) {
          Vector one = a[0].gather(new int[] {i}, 1);
          try {
            result.appendFrom(strict.apply(new Vector[] {one}, 1), 0);
          } catch (LeatException _) {
            result.appendNull();
          }
        }
        return result.build();
      }
    };
  }
}
