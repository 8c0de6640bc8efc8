package dev.leat.server;

import dev.leat.model.Dashboard;
import dev.leat.model.MetricSet;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The SELECTs behind the panels of a dashboard.
 *
 * <p>A panel {@code {measure: revenue, by: country, limit: 10}} over a metric set is
 *
 * <pre>{@code
 * SELECT leat_key AS "country", SUM(amount) AS "revenue"
 * FROM (SELECT CAST((country) AS VARCHAR) AS leat_key, leat_rows.* FROM "sales_lines" AS leat_rows
 *       WHERE <time and dimension filters>) AS leat_keyed
 * GROUP BY leat_key ORDER BY 2 DESC NULLS LAST, 1 LIMIT 10
 * }</pre>
 */
final class DashboardSql {
  static final Set<String> GRAINS =
      Set.of("second", "minute", "hour", "day", "week", "month", "quarter", "year");

  /** SQL has no literal for a time outside these years: there a range has no end. */
  static final int YEAR_MIN = 1;

  static final int YEAR_MAX = 9999;

  private static final int POINTS_MAX = 2_000;
  private static final int BARS_MAX = 200;
  private static final int VALUES_MAX = 500;

  private DashboardSql() {}

  /**
   * What a dashboard is narrowed to.
   *
   * @param dimensions name → value
   */
  record Filter(Optional<Range> range, Map<String, String> dimensions) {
    Filter {
      dimensions = Map.copyOf(dimensions);
    }

    Filter over(Range other) {
      return new Filter(Optional.of(other), dimensions);
    }
  }

  /** A stretch of time; {@code to} is not in it. */
  record Range(LocalDateTime from, LocalDateTime to) {
    /** The stretch of the same length before. */
    Range previous() {
      return new Range(from.minus(Duration.between(from, to)), from);
    }

    /** Whether there is a time in it that SQL can name. */
    boolean isSpeakable() {
      return to.getYear() >= YEAR_MIN && from.getYear() <= YEAR_MAX;
    }
  }

  static String quote(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The first and the last time in the data of a metric set. */
  static Optional<String> bounds(MetricSet metrics) {
    return metrics
        .time()
        .map(time ->
            "SELECT MIN("
                + moment(time)
                + ") AS oldest, MAX("
                + moment(time)
                + ") AS newest"
                + " FROM "
                + quote(metrics.table()));
  }

  /** The values a dimension has. */
  static String values(MetricSet metrics, String dimension) {
    String value = text(metrics.dimensions().getOrDefault(dimension, dimension));
    return "SELECT DISTINCT "
        + value
        + " AS choice FROM "
        + quote(metrics.table())
        + " WHERE "
        + value
        + " IS NOT NULL ORDER BY 1 LIMIT "
        + VALUES_MAX;
  }

  /** One measure, one row. */
  static String number(MetricSet metrics, String measure, Filter filter) {
    return "SELECT "
        + measure(metrics, measure)
        + " FROM "
        + quote(metrics.table())
        + where(metrics, filter, Optional.empty());
  }

  /** A measure by a time grain or a dimension. Newest or largest first. */
  static String series(MetricSet metrics, Dashboard.Panel panel, Filter filter) {
    String measure = panel.measure().orElseThrow();
    String by = panel.by().orElseThrow();
    boolean grain = isGrain(metrics, by);
    String key =
        grain
            ? "FLOOR(" + moment(metrics.time().orElseThrow()) + " TO " + by + ")"
            : text(metrics.dimensions().getOrDefault(by, by));
    Optional<String> present =
        grain ? metrics.time().map(t -> quote(t) + " IS NOT NULL") : Optional.empty();
    int limit = panel.limit().orElse(grain ? POINTS_MAX : BARS_MAX);
    return "SELECT leat_key AS "
        + quote(by)
        + ", "
        + measure(metrics, measure)
        + " FROM (SELECT "
        + key
        + " AS leat_key, leat_rows.* FROM "
        + quote(metrics.table())
        + " AS leat_rows"
        + where(metrics, filter, present)
        + ") AS leat_keyed GROUP BY leat_key"
        + (grain ? " ORDER BY 1 DESC" : " ORDER BY 2 DESC NULLS LAST, 1")
        + " LIMIT "
        + limit;
  }

  static boolean isGrain(MetricSet metrics, String by) {
    return GRAINS.contains(by) && !metrics.dimensions().containsKey(by);
  }

  private static String measure(MetricSet metrics, String measure) {
    return metrics.measures().getOrDefault(measure, measure) + " AS " + quote(measure);
  }

  private static String moment(String column) {
    return "CAST(" + quote(column) + " AS TIMESTAMP)";
  }

  private static String text(String expression) {
    return "CAST((" + expression + ") AS VARCHAR)";
  }

  private static String where(MetricSet metrics, Filter filter, Optional<String> also) {
    List<String> conditions = new ArrayList<>();
    also.ifPresent(conditions::add);
    if (metrics.time().isPresent()) {
      String time = moment(metrics.time().get());
      filter
          .range()
          .ifPresent(range -> {
            if (range.from().getYear() >= YEAR_MIN) {
              conditions.add(time + " >= " + timestamp(range.from()));
            }
            if (range.to().getYear() <= YEAR_MAX) {
              conditions.add(time + " < " + timestamp(range.to()));
            }
          });
    }
    filter.dimensions().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(f -> metrics.dimensions().containsKey(f.getKey()))
        .forEach(f ->
            conditions.add(
                text(metrics.dimensions().getOrDefault(f.getKey(), f.getKey()))
                    + " = "
                    + literal(f.getValue())));
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private static String timestamp(LocalDateTime time) {
    String seconds =
        time.truncatedTo(ChronoUnit.SECONDS)
            .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss"));
    return String.format(Locale.ROOT, "TIMESTAMP '%s.%06d'", seconds, time.getNano() / 1000);
  }
}
