package dev.leat.server;

import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import io.helidon.common.uri.UriQuery;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stretch of time a request asks for: {@code from} and {@code to} (dates, the last of which is
 * in it, or times, the last of which is not), or {@code last=30d}, counted back from the newest row
 * there is. Units: h, d, w, mo, y.
 */
final class TimeChoice {
  private static final Pattern LAST = Pattern.compile("(\\d{1,5})(m|h|d|w|mo|y)");

  private TimeChoice() {}

  static Optional<DashboardSql.Range> of(UriQuery query, Optional<DashboardSql.Range> bounds) {
    Optional<String> last = query.first("last").asOptional().filter(t -> !t.isEmpty());
    if (last.isPresent()) {
      return bounds.map(b -> last(last.get(), b.to()));
    }
    Optional<String> from = query.first("from").asOptional().filter(t -> !t.isEmpty());
    Optional<String> to = query.first("to").asOptional().filter(t -> !t.isEmpty());
    if (from.isEmpty() && to.isEmpty()) {
      return Optional.empty();
    }
    LocalDateTime first =
        from.map(TimeChoice::start)
            .or(() -> bounds.map(DashboardSql.Range::from))
            .orElse(LocalDate.EPOCH.atStartOfDay());
    LocalDateTime end =
        to.map(TimeChoice::end).or(() -> bounds.map(b -> after(b.to()))).orElse(first.plusYears(1));
    if (!first.isBefore(end)) {
      throw invalid("from must be before to.");
    }
    return Optional.of(new DashboardSql.Range(first, end));
  }

  private static DashboardSql.Range last(String text, LocalDateTime newest) {
    Matcher matcher = LAST.matcher(text);
    if (!matcher.matches()) {
      throw invalid("last must look like 30d (m, h, d, w, mo, y), not " + text + ".");
    }
    ChronoUnit unit =
        switch (matcher.group(2)) {
          case "m" -> ChronoUnit.MINUTES;
          case "h" -> ChronoUnit.HOURS;
          case "d" -> ChronoUnit.DAYS;
          case "w" -> ChronoUnit.WEEKS;
          case "mo" -> ChronoUnit.MONTHS;
          default -> ChronoUnit.YEARS;
        };
    LocalDateTime end = after(newest);
    return new DashboardSql.Range(end.minus(Long.parseLong(matcher.group(1)), unit), end);
  }

  private static LocalDateTime after(LocalDateTime time) {
    return time.plus(1, ChronoUnit.MICROS);
  }

  private static LocalDateTime start(String text) {
    return written(text.length() <= 10 ? date(text).atStartOfDay() : time(text));
  }

  private static LocalDateTime end(String text) {
    return text.length() <= 10
        ? written(date(text).atStartOfDay()).plusDays(1)
        : written(time(text));
  }

  private static LocalDateTime written(LocalDateTime time) {
    if (time.getYear() < DashboardSql.YEAR_MIN || time.getYear() > DashboardSql.YEAR_MAX) {
      throw invalid("Years are those from 1 to 9999; " + time.getYear() + " is not.");
    }
    return time;
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException _) {
      throw invalid("A date looks like 2026-01-31, not " + text + ".");
    }
  }

  private static LocalDateTime time(String text) {
    try {
      return LocalDateTime.parse(text.replace(' ', 'T'));
    } catch (DateTimeParseException _) {
      throw invalid("A time looks like 2026-01-31T12:30:00, not " + text + ".");
    }
  }

  private static LeatException invalid(String message) {
    return new LeatException(Problem.of(ErrorCode.REQUEST_INVALID, message, ""));
  }
}
