package dev.leat.runtime;

import java.time.LocalDate;
import java.util.Locale;

/** STRFTIME. */
final class TimeFormat {
  private TimeFormat() {}

  static String text(long micros, String format) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, Casts.MICROS_PER_DAY));
    long clock = Math.floorMod(micros, Casts.MICROS_PER_DAY);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%') {
        append(text, format.charAt(++i), date, clock);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** MONDAY is Monday, whatever the locale. */
  static String name(Enum<?> name) {
    return name.name().charAt(0) + name.name().substring(1).toLowerCase(Locale.ROOT);
  }

  private static void append(StringBuilder text, char code, LocalDate date, long clock) {
    long seconds = clock / 1_000_000;
    long hour = seconds / 3600;
    switch (code) {
      case 'Y' -> digits(text, date.getYear(), date.getYear() < 0 ? 0 : 4);
      case 'm' -> digits(text, date.getMonthValue(), 2);
      case 'd' -> digits(text, date.getDayOfMonth(), 2);
      case 'H' -> digits(text, hour, 2);
      case 'I' -> digits(text, (hour + 11) % 12 + 1, 2);
      case 'M' -> digits(text, seconds / 60 % 60, 2);
      case 'S' -> digits(text, seconds % 60, 2);
      case 'f' -> digits(text, clock % 1_000_000, 6);
      case 'y' -> digits(text, Math.abs(date.getYear()) % 100, 2);
      case 'j' -> digits(text, date.getDayOfYear(), 3);
      case 'B' -> text.append(name(date.getMonth()));
      case 'b' -> text.append(name(date.getMonth()), 0, 3);
      case 'A' -> text.append(name(date.getDayOfWeek()));
      case 'a' -> text.append(name(date.getDayOfWeek()), 0, 3);
      case 'p' -> text.append(hour < 12 ? "AM" : "PM");
      default -> text.append(code);
    }
  }

  static void digits(StringBuilder text, long number, int width) {
    text.append("0".repeat(Math.max(0, width - Long.toString(number).length()))).append(number);
  }
}
