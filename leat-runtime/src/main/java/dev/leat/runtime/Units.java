package dev.leat.runtime;

import static dev.leat.runtime.Casts.MICROS_PER_DAY;
import static dev.leat.runtime.Rowwise.number;

import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Function;
import java.time.LocalDate;

/** Units of time: the start of one, and how many lie between. */
final class Units {
  private Units() {}

  static Kernel kernel(Expr.Call call) {
    String unit = TextKernels.constant(call.arguments().getFirst());
    if (call.function() == Function.DATE_TRUNC) {
      return call.type() instanceof Type.Date
          ? Rowwise.longs((a, i) -> start(unit, Casts.midnight(number(a, 1, i))) / MICROS_PER_DAY)
          : Rowwise.longs((a, i) -> start(unit, number(a, 1, i)));
    }
    return call.function() == Function.DATE_DIFF
        ? Rowwise.longs((a, i) -> index(unit, number(a, 2, i)) - index(unit, number(a, 1, i)))
        : Rowwise.longs((a, i) -> whole(unit, number(a, 1, i), number(a, 2, i)));
  }

  /** Microseconds of a unit that always has as many; 0 for the others. */
  private static long micros(String unit) {
    return switch (unit) {
      case "week" -> 7 * MICROS_PER_DAY;
      case "day" -> MICROS_PER_DAY;
      case "hour" -> 3_600_000_000L;
      case "minute" -> 60_000_000L;
      case "second" -> 1_000_000L;
      case "millisecond" -> 1_000L;
      default -> 0;
    };
  }

  private static int months(String unit) {
    return switch (unit) {
      case "year" -> 12;
      case "quarter" -> 3;
      default -> 1;
    };
  }

  /** Weeks start on Monday: 1970-01-01 was a Thursday. */
  private static long offset(String unit) {
    return unit.equals("week") ? 3 * MICROS_PER_DAY : 0;
  }

  /** Which unit it is, counted from one that is the same for all. */
  private static long index(String unit, long time) {
    long size = micros(unit);
    if (size != 0) {
      return Math.floorDiv(time + offset(unit), size);
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(time, MICROS_PER_DAY));
    return Math.floorDiv(date.getYear() * 12L + date.getMonthValue() - 1, months(unit));
  }

  private static long start(String unit, long time) {
    long size = micros(unit);
    if (size != 0) {
      return index(unit, time) * size - offset(unit);
    }
    long month = index(unit, time) * months(unit);
    return LocalDate.of((int) Math.floorDiv(month, 12L), (int) Math.floorMod(month, 12L) + 1, 1)
            .toEpochDay()
        * MICROS_PER_DAY;
  }

  private static long whole(String unit, long from, long to) {
    if (micros(unit) != 0) {
      return (to - from) / micros(unit);
    }
    long months = from <= to ? monthsUpTo(from, to) : -monthsUpTo(to, from);
    return months / months(unit);
  }

  /** The most months that can be added without coming after {@code to}. */
  private static long monthsUpTo(long from, long to) {
    long months = index("month", to) - index("month", from);
    return TimeKernels.plusMonths(from, months, false) <= to ? months : months - 1;
  }
}
