package dev.leat.sql;

import dev.leat.sql.Frame.Bound;
import dev.leat.sql.Frame.Unit;
import dev.leat.sql.Plan.SortKey;
import dev.leat.sql.Plan.WindowCall;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints OVER for DuckDB. */
final class DuckDbWindows {
  /** They pick a row of the frame by its place. */
  private static final Set<String> POSITIONAL = Set.of("FIRST_VALUE", "LAST_VALUE", "NTH_VALUE");

  private DuckDbWindows() {}

  static String call(WindowCall call, Plan.Window window) {
    boolean positional = POSITIONAL.contains(call.function());
    boolean framed = window.frame().isPresent() && !window.frame().get().rows();
    boolean ownOrder = positional && framed && !window.ties().isEmpty();
    String over =
        over(
            window.partition(),
            ownOrder ? window.order() : window.totalOrder(),
            window.frame().map(DuckDbWindows::frame).orElse(""));
    Optional<Plan.AggregateFunction> aggregate = Aggregates.function(call.function());
    if (aggregate.isPresent()) {
      return DuckDbAggregates.call(call, aggregate.get(), over);
    }
    String arguments =
        call.arguments().stream().map(DuckDbPrinter::expression).collect(Collectors.joining(", "))
            + (ownOrder ? " ORDER BY " + order(window.totalOrder(), "") : "")
            + (call.ignoreNulls() ? " IGNORE NULLS" : "");
    return DuckDbPrinter.cast(
        call.function().toLowerCase(Locale.ROOT) + "(" + arguments + ")" + over, call.type().sql());
  }

  static String over(List<Integer> partition, List<SortKey> order, String frame) {
    List<String> parts = new ArrayList<>();
    if (!partition.isEmpty()) {
      parts.add(
          "PARTITION BY "
              + DuckDbPrinter.list(partition.size(), i -> DuckDbPrinter.column(partition.get(i))));
    }
    if (!order.isEmpty()) {
      parts.add("ORDER BY " + order(order, ""));
    }
    if (!frame.isEmpty()) {
      parts.add(frame);
    }
    return " OVER (" + String.join(" ", parts) + ")";
  }

  private static String frame(Frame frame) {
    return (frame.rows() ? "ROWS" : "RANGE")
        + " BETWEEN "
        + bound(frame.start(), "PRECEDING")
        + " AND "
        + bound(frame.end(), "FOLLOWING")
        + switch (frame.exclusion()) {
          case NO_OTHERS -> "";
          case CURRENT_ROW -> " EXCLUDE CURRENT ROW";
          case GROUP -> " EXCLUDE GROUP";
          case TIES -> " EXCLUDE TIES";
        };
  }

  private static String bound(Bound bound, String unbounded) {
    return switch (bound) {
      case Bound.Unbounded _ -> "UNBOUNDED " + unbounded;
      case Bound.Rows(long after) when after == 0 -> "CURRENT ROW";
      case Bound.Rows(long after) -> Math.abs(after) + (after < 0 ? " PRECEDING" : " FOLLOWING");
      case Bound.Distance(BigDecimal amount, Unit unit) ->
          distance(amount.abs().toPlainString(), unit)
              + (amount.signum() < 0 ? " PRECEDING" : " FOLLOWING");
    };
  }

  private static String distance(String amount, Unit unit) {
    return switch (unit) {
      case NUMBER -> amount;
      case MICROSECONDS -> "to_microseconds(" + amount + ")";
      case MONTHS -> "to_months(" + amount + ")";
    };
  }

  static String order(List<SortKey> keys, String qualifier) {
    return keys.stream()
        .map(key ->
            qualifier
                + DuckDbPrinter.column(key.column())
                + (key.descending() ? " DESC" : " ASC")
                + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"))
        .collect(Collectors.joining(", "));
  }
}
