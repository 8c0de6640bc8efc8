package dev.leat.runtime;

import dev.leat.sql.Plan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the aggregates mean that need all values of a group. */
final class AggregateReference {
  private AggregateReference() {}

  /** Of several rows with the best by the one with the best value. */
  static Object argExtreme(Plan.AggregateCall call, Bag rows) {
    int sign = call.function() == Plan.AggregateFunction.ARG_MIN ? 1 : -1;
    Comparator<List<Object>> best =
        (l, r) -> {
          int by =
              Reference.compare(l.get(call.arguments().get(1)), r.get(call.arguments().get(1)));
          int value =
              Reference.compare(l.get(call.arguments().get(0)), r.get(call.arguments().get(0)));
          return sign * (by != 0 ? by : value);
        };
    return rows.rows().keySet().stream()
        .filter(r -> call.arguments().stream().noneMatch(a -> r.get(a) == Bag.NULL))
        .filter(r -> call.filter().isEmpty() || r.get(call.filter().get()).equals(1L))
        .min(best)
        .map(r -> r.get(call.arguments().getFirst()))
        .orElse(Bag.NULL);
  }

  private static double number(Object value, int scale) {
    return value instanceof Long unscaled
        ? BigDecimal.valueOf(unscaled, scale).doubleValue()
        : ((Number) value).doubleValue();
  }

  /**
   * @param scale of the values, if they are unscaled decimals
   */
  static Object median(List<Object> values, int scale) {
    double[] sorted = values.stream().mapToDouble(v -> number(v, scale)).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[half]
        : sorted[half - 1] * 0.5 + sorted[half] * 0.5 + 0.0;
  }

  static Object spread(Spread spread, List<Object> values, int scale) {
    int divisor = values.size() - (spread.sample() ? 1 : 0);
    if (divisor == 0) {
      return Bag.NULL;
    }
    double variance =
        values.getFirst() instanceof Double
            ? squares(values) / divisor
            : exact(values, divisor, scale);
    return spread.root() ? Math.sqrt(variance) : variance;
  }

  private static double exact(List<Object> values, int divisor, int scale) {
    BigDecimal n = BigDecimal.valueOf(values.size());
    BigDecimal sum = Reference.exact(values);
    BigDecimal squares = BigDecimal.ZERO;
    for (Object value : values) {
      squares = squares.add(BigDecimal.valueOf((Long) value).pow(2));
    }
    return n.multiply(squares)
        .subtract(sum.pow(2))
        .divide(n.multiply(BigDecimal.valueOf(divisor)), new MathContext(25))
        .scaleByPowerOfTen(-2 * scale)
        .doubleValue();
  }

  /** The squares of the distances to the mean, each different value once times its number. */
  private static double squares(List<Object> values) {
    Map<Object, Long> counts = new TreeMap<>(Reference::compare);
    values.forEach(v -> counts.merge(v, 1L, Long::sum));
    double sum = 0;
    for (Map.Entry<Object, Long> value : counts.entrySet()) {
      sum += number(value.getKey(), 0) * value.getValue();
    }
    double mean = sum / values.size();
    double squares = 0;
    for (Map.Entry<Object, Long> value : counts.entrySet()) {
      double distance = number(value.getKey(), 0) - mean;
      squares += distance * distance * value.getValue();
    }
    return squares;
  }
}
