package dev.leat.sql;

import dev.leat.model.Type;
import dev.leat.sql.Plan.AggregateFunction;

/**
 * Which plans give DOUBLEs whose last digits are the engine's own: sums, averages and spreads of
 * DOUBLE depend on the order in which values are added and on when they are rounded, spreads of
 * exact types on the formula. All else that gives a DOUBLE gives the same bits everywhere.
 */
public final class Approximate {
  private Approximate() {}

  public static boolean is(Plan plan) {
    boolean here =
        switch (plan) {
          case Plan.Aggregate aggregate ->
              aggregate.calls().stream().anyMatch(c -> is(c.function(), c.type()));
          case Plan.Window window ->
              window.calls().stream()
                  .anyMatch(c ->
                      Aggregates.function(c.function()).filter(f -> is(f, c.type())).isPresent());
          default -> false;
        };
    return here || plan.inputs().stream().anyMatch(Approximate::is);
  }

  private static boolean is(AggregateFunction function, Type type) {
    return switch (function) {
      case SUM, AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> type instanceof Type.Float64;
      case COUNT, MIN, MAX, MEDIAN, STRING_AGG, BOOL_AND, BOOL_OR, ARG_MIN, ARG_MAX, SINGLE_VALUE ->
          false;
    };
  }
}
