package dev.leat.runtime;

import static dev.leat.runtime.Casts.MICROS_PER_DAY;
import static dev.leat.runtime.Rowwise.number;

import dev.leat.data.Vector;
import dev.leat.model.LeatException;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.ValueRange;

/** Functions of DATE and TIMESTAMP, in the proleptic Gregorian calendar. */
final class TimeKernels {
  private static final long SECOND = 1_000_000L;

  /** What DuckDB's TIMESTAMP reaches. */
  static final long EARLIEST = -9_223_372_022_400_000_000L;

  static final long LATEST = Long.MAX_VALUE - 1;

  /** What DuckDB's DATE reaches, to either side of 1970. */
  private static final long FARTHEST = Integer.MAX_VALUE - 1L;

  /** What can be made of its parts, and what text reads as. */
  private static final ValueRange YEARS = ValueRange.of(1, 9999);

  private TimeKernels() {}

  /** A number of a date. */
  private interface OfDate {
    long of(LocalDate date);
  }

  static Kernel kernel(Expr.Call call) {
    boolean date = call.arguments().getFirst().type() instanceof Type.Date;
    return switch (call.function()) {
      case YEAR -> part(date, LocalDate::getYear);
      case QUARTER -> part(date, d -> d.get(IsoFields.QUARTER_OF_YEAR));
      case MONTH -> part(date, LocalDate::getMonthValue);
      case WEEK -> part(date, d -> d.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case ISOYEAR -> part(date, d -> d.get(IsoFields.WEEK_BASED_YEAR));
      case DAY -> part(date, LocalDate::getDayOfMonth);
      case DAYOFWEEK -> part(date, d -> d.getDayOfWeek().getValue() % 7 + 1L);
      case ISODOW -> part(date, d -> d.getDayOfWeek().getValue());
      case DAYOFYEAR -> part(date, LocalDate::getDayOfYear);
      case LAST_DAY -> part(date, d -> d.withDayOfMonth(d.lengthOfMonth()).toEpochDay());
      case HOUR -> Rowwise.longs((a, i) -> clock(a, i) / (3600 * SECOND));
      case MINUTE -> Rowwise.longs((a, i) -> clock(a, i) / (60 * SECOND) % 60);
      case SECOND -> Rowwise.longs((a, i) -> clock(a, i) / SECOND % 60);
      case MILLISECOND -> Rowwise.longs((a, i) -> clock(a, i) % (60 * SECOND) / 1000);
      case MICROSECOND -> Rowwise.longs((a, i) -> clock(a, i) % (60 * SECOND));
      case EPOCH -> Rowwise.longs((a, i) -> Math.floorDiv(number(a, 0, i), SECOND));
      case EPOCH_MS -> Rowwise.longs((a, i) -> Math.floorDiv(number(a, 0, i), 1000));
      case DAYNAME -> Rowwise.text((a, i) -> TimeFormat.name(day(a, i, date).getDayOfWeek()));
      case MONTHNAME -> Rowwise.text((a, i) -> TimeFormat.name(day(a, i, date).getMonth()));
      case DATE_TRUNC, DATE_DIFF, TIMESTAMPDIFF -> Units.kernel(call);
      case ADD_MONTHS ->
          Rowwise.longs((a, i) -> plusMonths(number(a, 0, i), number(a, 1, i), date));
      case ADD_DAYS ->
          date
              ? Rowwise.longs((a, i) -> dayPlusDays(number(a, 0, i), number(a, 1, i)))
              : Rowwise.longs((a, i) -> plusDays(number(a, 0, i), number(a, 1, i)));
      case ADD_MICROS ->
          Rowwise.longs((a, i) ->
              inRange(plus(number(a, 0, i), number(a, 1, i)), number(a, 1, i), "microseconds"));
      case MAKE_DATE -> Rowwise.longs((a, i) -> made(a, i).toEpochDay());
      case MAKE_TIMESTAMP -> Rowwise.longs(TimeKernels::timestamp);
      case TO_TIMESTAMP -> Rowwise.longs((a, i) -> times(number(a, 0, i), SECOND));
      case TO_TIMESTAMP_MS -> Rowwise.longs((a, i) -> times(number(a, 0, i), 1000));
      case STRFTIME -> {
        String format = TextKernels.constant(call.arguments().get(1));
        yield Rowwise.text((a, i) -> TimeFormat.text(number(a, 0, i), format));
      }
      default -> throw new IllegalArgumentException(call.function().name());
    };
  }

  private static Kernel part(boolean date, OfDate part) {
    return Rowwise.longs((a, i) -> part.of(day(a, i, date)));
  }

  private static LocalDate day(Vector[] arguments, int row, boolean date) {
    long value = number(arguments, 0, row);
    return LocalDate.ofEpochDay(date ? value : Math.floorDiv(value, MICROS_PER_DAY));
  }

  private static long clock(Vector[] arguments, int row) {
    return Math.floorMod(number(arguments, 0, row), MICROS_PER_DAY);
  }

  static long plusMonths(long time, long months, boolean date) {
    long day = date ? time : Math.floorDiv(time, MICROS_PER_DAY);
    if (months != (int) months) {
      throw tooFar(months + " months");
    }
    long moved = LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay();
    if (date) { // by way of a TIMESTAMP in DuckDB
      inRange(times(moved, MICROS_PER_DAY), months, "months");
      return moved;
    }
    return plus(times(moved, MICROS_PER_DAY), Math.floorMod(time, MICROS_PER_DAY));
  }

  private static long plusDays(long time, long days) {
    if (days != (int) days) {
      throw tooFar(days + " days");
    }
    return plus(time, times(days, MICROS_PER_DAY));
  }

  private static long dayPlusDays(long day, long days) {
    if (days != (int) days || Math.abs(day + days) > FARTHEST) {
      throw tooFar(days + " days");
    }
    return day + days;
  }

  private static long plus(long a, long b) {
    try {
      return Math.addExact(a, b);
    } catch (ArithmeticException _) {
      throw tooFar(b + " microseconds");
    }
  }

  private static long inRange(long micros, long amount, String unit) {
    if (micros < EARLIEST || micros > LATEST) {
      throw tooFar(amount + " " + unit);
    }
    return micros;
  }

  private static long times(long a, long b) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException _) {
      throw tooFar(Long.toString(a));
    }
  }

  private static LeatException tooFar(String amount) {
    return ValueErrors.of("A point in time moved by " + amount + " does not fit TIMESTAMP.");
  }

  private static LocalDate made(Vector[] a, int i) {
    long year = number(a, 0, i);
    long month = number(a, 1, i);
    long day = number(a, 2, i);
    try {
      return LocalDate.of(
          YEARS.checkValidIntValue(year, ChronoField.YEAR),
          ChronoField.MONTH_OF_YEAR.checkValidIntValue(month),
          ChronoField.DAY_OF_MONTH.checkValidIntValue(day));
    } catch (DateTimeException _) {
      throw ValueErrors.of("There is no day " + year + "-" + month + "-" + day + ".");
    }
  }

  private static long timestamp(Vector[] a, int i) {
    long hour = number(a, 3, i);
    long minute = number(a, 4, i);
    long second = number(a, 5, i);
    boolean valid =
        hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
    if (!valid) {
      throw ValueErrors.of("There is no time " + hour + ":" + minute + ":" + second + ".");
    }
    long clock = ((hour * 60 + minute) * 60 + second) * SECOND;
    return plus(times(made(a, i).toEpochDay(), MICROS_PER_DAY), clock);
  }
}
