package dev.leat.sql;

import dev.leat.model.Type;
import dev.leat.sql.Plan.Frame;
import dev.leat.sql.Plan.SortKey;
import dev.leat.sql.Plan.WindowCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints OVER for DuckDB. */
final class DuckDbWindows {
  private DuckDbWindows() {}

  static String call(WindowCall call, String over) {
    String arguments =
        call.arguments().isEmpty() && call.function().equalsIgnoreCase("COUNT")
            ? "*"
            : call.arguments().stream()
                .map(DuckDbPrinter::expression)
                .collect(Collectors.joining(", "));
    if (call.function().equals("AVG") && call.type() instanceof Type.Decimal decimal) {
      Type argument = call.arguments().getFirst().type();
      return DuckDbAggregates.exactAverage(
          argument, "sum(" + arguments + ")" + over, "count(" + arguments + ")" + over, decimal);
    }
    return DuckDbPrinter.cast(
        call.function().toLowerCase(Locale.ROOT) + "(" + arguments + ")" + over, call.type().sql());
  }

  static String over(List<Integer> partition, List<SortKey> order, Optional<Frame> frame) {
    List<String> parts = new ArrayList<>();
    if (!partition.isEmpty()) {
      parts.add(
          "PARTITION BY "
              + DuckDbPrinter.list(partition.size(), i -> DuckDbPrinter.column(partition.get(i))));
    }
    if (!order.isEmpty()) {
      parts.add("ORDER BY " + order(order));
    }
    frame.ifPresent(f -> parts.add(frame(f)));
    return " OVER (" + String.join(" ", parts) + ")";
  }

  private static String frame(Frame frame) {
    return (frame.rows() ? "ROWS" : "RANGE")
        + " BETWEEN "
        + frame.start().map(DuckDbWindows::bound).orElse("UNBOUNDED PRECEDING")
        + " AND "
        + frame.end().map(DuckDbWindows::bound).orElse("UNBOUNDED FOLLOWING");
  }

  private static String bound(long rows) {
    if (rows == 0) {
      return "CURRENT ROW";
    }
    return rows < 0 ? -rows + " PRECEDING" : rows + " FOLLOWING";
  }

  private static String order(List<SortKey> keys) {
    return order(keys, "");
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
