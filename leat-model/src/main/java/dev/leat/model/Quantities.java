package dev.leat.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as people write them: {@code 10s}, {@code 99.9%}, {@code 50 USD/month}, {@code 2GB}. */
public final class Quantities {
  static final String DURATION = "[0-9]{1,9} ?(ms|s|m|h|d|w)";
  static final String PERCENT = "(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?) ?%";
  static final String MONEY_PER_MONTH = "[0-9]{1,12}(\\.[0-9]{1,2})? [A-Z]{3}/month";
  static final String MEMORY = "[0-9]{1,9} ?(KB|MB|GB|TB|KiB|MiB|GiB|TiB)";

  private static final Pattern PARTS = Pattern.compile("([0-9.]+) ?([A-Za-z%]+)(/month)?");

  private Quantities() {}

  /** A length of time: a whole number and one of ms, s, m, h, d, w. */
  public static Optional<Duration> duration(String text) {
    return parts(text, DURATION).map(m -> span(Long.parseLong(m.group(1)), m.group(2)));
  }

  private static Duration span(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> Duration.ofDays(7 * amount);
    };
  }

  /** {@code 99.9%} is 99.9. */
  public static Optional<BigDecimal> percent(String text) {
    return parts(text, PERCENT).map(m -> new BigDecimal(m.group(1)));
  }

  /** Bytes of {@code 2GB} (powers of 1000) or {@code 2GiB} (powers of 1024). */
  public static Optional<Long> bytes(String text) {
    return parts(text, MEMORY).map(m -> Long.parseLong(m.group(1)) * unitBytes(m.group(2)));
  }

  private static long unitBytes(String unit) {
    long base = unit.endsWith("iB") ? 1024 : 1000;
    return (long) Math.pow(base, "KMGT".indexOf(unit.charAt(0)) + 1);
  }

  /** An amount a month in a currency. */
  record Money(BigDecimal amount, String currency) {}

  static Optional<Money> moneyPerMonth(String text) {
    return parts(text, MONEY_PER_MONTH).map(m -> new Money(new BigDecimal(m.group(1)), m.group(2)));
  }

  private static Optional<Matcher> parts(String text, String form) {
    Matcher matcher = PARTS.matcher(text.strip());
    return text.strip().matches(form) && matcher.matches()
        ? Optional.of(matcher)
        : Optional.empty();
  }
}
