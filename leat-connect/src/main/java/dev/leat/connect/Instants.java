package dev.leat.connect;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Dates and timestamps as text and as numbers. */
final class Instants {
  /** What is answered for text that is no date or timestamp. */
  static final long NONE = Long.MIN_VALUE;

  private static final long SECOND = 1_000_000L;
  private static final long DAY = 86_400L * SECOND;
  private static final long FIRST_MICROS = days(1, 1, 1) * DAY;
  private static final long LAST_MICROS = days(9999, 12, 31) * DAY + DAY - 1;
  private static final BigDecimal SECONDS_BELOW = new BigDecimal("1e11");
  private static final int[] MONTH_DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Instants() {}

  /** Days since 1970 of {@code YYYY-MM-DD}, or {@link #NONE}. */
  static long date(byte[] data, int start, int end) {
    return end - start == 10 ? dateAt(data, start) : NONE;
  }

  /**
   * Microseconds since 1970 of {@code YYYY-MM-DD[(T| )HH:MM[:SS[.fraction]]][Z|±HH[[:]MM]]}, or
   * {@link #NONE}. Text with an offset is converted to UTC; digits past microseconds are dropped.
   */
  static long timestamp(byte[] data, int start, int end) {
    if (end - start < 10) {
      return NONE;
    }
    long days = dateAt(data, start);
    if (days == NONE) {
      return NONE;
    }
    long micros = days * DAY;
    int i = start + 10;
    if (i == end) {
      return micros;
    }
    if (end - i < 6 || !separator(data[i]) || data[i + 3] != ':') {
      return NONE;
    }
    int hour = two(data, i + 1);
    int minute = two(data, i + 4);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
      return NONE;
    }
    micros += (hour * 60L + minute) * 60L * SECOND;
    i += 6;
    if (i < end && data[i] == ':') {
      if (end - i < 3) {
        return NONE;
      }
      int second = two(data, i + 1);
      if (second < 0 || second > 59) {
        return NONE;
      }
      micros += second * SECOND;
      i += 3;
      if (i < end && data[i] == '.') {
        int digits = digitsAt(data, i + 1, end);
        if (digits == 0 || digits > 12) {
          return NONE;
        }
        micros += fraction(data, i + 1, digits);
        i += 1 + digits;
      }
    }
    long offset = offset(data, i, end);
    return offset == NONE ? NONE : inRange(micros - offset);
  }

  /**
   * Microseconds of a number: seconds since 1970 when its size is under 1e11, else milliseconds.
   * Digits past microseconds are dropped.
   */
  static long timestamp(BigDecimal number) {
    if (number.precision() - (long) number.scale() > 18) {
      return NONE;
    }
    int shift = number.abs().compareTo(SECONDS_BELOW) < 0 ? 6 : 3;
    if (number.scale() > 1000) {
      return number.signum() < 0 ? -1 : 0;
    }
    BigDecimal micros = number.scaleByPowerOfTen(shift).setScale(0, RoundingMode.FLOOR);
    return micros.precision() > 18 ? NONE : inRange(micros.longValueExact());
  }

  /** The same microseconds, or {@link #NONE} when they lie outside the years 1 to 9999. */
  static long ofMicros(long micros) {
    return inRange(micros);
  }

  /** Microseconds of seconds and nanoseconds, or {@link #NONE}. */
  static long ofSeconds(long seconds, int nanos) {
    boolean fits = seconds >= FIRST_MICROS / SECOND && seconds <= LAST_MICROS / SECOND;
    return fits ? seconds * SECOND + nanos / 1_000 : NONE;
  }

  /** Microseconds of milliseconds, or {@link #NONE}. */
  static long ofMillis(long millis) {
    boolean fits = millis >= FIRST_MICROS / 1000 && millis <= LAST_MICROS / 1000;
    return fits ? millis * 1000 : NONE;
  }

  /** Whether a count of days since 1970 lies in the years 1 to 9999. */
  static boolean isDay(long days) {
    return days >= FIRST_MICROS / DAY && days <= LAST_MICROS / DAY;
  }

  private static long inRange(long micros) {
    return micros < FIRST_MICROS || micros > LAST_MICROS ? NONE : micros;
  }

  private static boolean separator(byte b) {
    return b == 'T' || b == ' ' || b == 't';
  }

  private static long dateAt(byte[] data, int i) {
    int century = two(data, i);
    int rest = two(data, i + 2);
    int month = two(data, i + 5);
    int day = two(data, i + 8);
    if ((century | rest | month | day) < 0 || data[i + 4] != '-' || data[i + 7] != '-') {
      return NONE;
    }
    int year = century * 100 + rest;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > MONTH_DAYS[month - 1]) {
      return NONE;
    }
    if (month == 2 && day == 29 && (year % 4 != 0 || (year % 100 == 0 && year % 400 != 0))) {
      return NONE;
    }
    return days(year, month, day);
  }

  /** Days since 1970 of a date of the Gregorian calendar; March is the first month of its year. */
  private static long days(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468L;
  }

  /** Two digits; negative when they are none. */
  private static int two(byte[] data, int i) {
    int tens = data[i] - '0';
    int ones = data[i + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  private static int digitsAt(byte[] data, int i, int end) {
    int n = 0;
    while (i + n < end && data[i + n] >= '0' && data[i + n] <= '9') {
      n++;
    }
    return n;
  }

  private static long fraction(byte[] data, int i, int digits) {
    long micros = 0;
    for (int k = 0; k < 6; k++) {
      micros = micros * 10 + (k < digits ? data[i + k] - '0' : 0);
    }
    return micros;
  }

  /** Microseconds east of UTC that stand at the end of a timestamp. */
  private static long offset(byte[] data, int i, int end) {
    if (i == end || (end - i == 1 && (data[i] == 'Z' || data[i] == 'z'))) {
      return 0;
    }
    boolean east = data[i] == '+';
    int length = end - i;
    if ((!east && data[i] != '-') || (length != 3 && length != 5 && length != 6)) {
      return NONE;
    }
    int hours = two(data, i + 1);
    int minutes = 0;
    if (length == 6 && data[i + 3] != ':') {
      return NONE;
    }
    if (length > 3) {
      minutes = two(data, end - 2);
    }
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return NONE;
    }
    long micros = (hours * 60L + minutes) * 60L * SECOND;
    return east ? micros : -micros;
  }
}
