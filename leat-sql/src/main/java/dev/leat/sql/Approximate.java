package dev.leat.sql;

import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.model.Type;
import dev.leat.sql.Plan.AggregateCall;
import dev.leat.sql.Plan.AggregateFunction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which plans give DOUBLEs whose last digits are the engine's own: sums, averages and spreads of
 * DOUBLE depend on the order in which values are added and on when they are rounded, spreads of
 * exact types on the formula. All else that gives a DOUBLE gives the same bits everywhere.
 */
public final class Approximate {
  private Approximate() {}

  public static boolean is(Plan plan) {
    return addends(plan, true).findAny().isPresent();
  }

  /**
   * Plans that together tell how much a sum may be off by: each gives one row with the largest
   * magnitude, a DOUBLE or NULL, of values that are added. What is rounded on the way stays when
   * they cancel.
   */
  public static List<Plan> magnitudes(Plan plan) {
    return addends(plan, true).filter(Addend::standsAlone).map(Addend::magnitude).toList();
  }

  /**
   * Values that are added.
   *
   * @param of which rows
   * @param standsAlone whether these can be asked for by themselves: not those that a lateral or
   *     recursive query makes for a row or in a round
   */
  private record Addend(Plan of, Expr value, boolean standsAlone) {

    Plan magnitude() {
      Expr real =
          value.type() instanceof Type.Float64
              ? value
              : new Expr.Cast(value, Type.DOUBLE, value.nullable(), false);
      Schema one = new Schema(List.of(new Column("magnitude", Type.DOUBLE, true)));
      Plan sizes =
          new Plan.Project(
              of, List.of(new Expr.Call(Function.ABS, List.of(real), Type.DOUBLE, true)), one);
      AggregateCall largest =
          new AggregateCall(
              AggregateFunction.MAX, false, List.of(0), Optional.empty(), Type.DOUBLE);
      return new Plan.Aggregate(sizes, List.of(), List.of(largest), one);
    }
  }

  private static Stream<Addend> addends(Plan plan, boolean alone) {
    return switch (plan) {
      case Plan.Aggregate a ->
          Stream.concat(
              a.calls().stream()
                  .filter(c -> is(c.function(), c.type()))
                  .map(c -> Plans.ref(a.input(), c.arguments().getFirst()))
                  .map(value -> new Addend(a.input(), value, alone)),
              addends(a.input(), alone));
      case Plan.Window w ->
          Stream.concat(
              w.calls().stream()
                  .filter(c ->
                      Aggregates.function(c.function()).filter(f -> is(f, c.type())).isPresent())
                  .map(c -> new Addend(w.input(), c.arguments().getFirst(), alone)),
              addends(w.input(), alone));
      case Plan.Lateral l -> Stream.concat(addends(l.left(), alone), addends(l.right(), false));
      case Plan.Recursive r -> Stream.concat(addends(r.seed(), alone), addends(r.step(), false));
      default -> plan.inputs().stream().flatMap(input -> addends(input, alone));
    };
  }

  private static boolean is(AggregateFunction function, Type type) {
    return switch (function) {
      case SUM, AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> type instanceof Type.Float64;
      case COUNT, MIN, MAX, MEDIAN, STRING_AGG, BOOL_AND, BOOL_OR, ARG_MIN, ARG_MAX, SINGLE_VALUE ->
          false;
    };
  }
}
