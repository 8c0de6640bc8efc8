package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Vector;
import dev.leat.sql.Expr;
import java.util.List;
import java.util.Optional;

/** Compiles expressions into {@link Evaluator}s: a tree of kernels over whole columns. */
public final class Evaluators {
  private static final String OUTER = "depends on a row around it";

  private Evaluators() {}

  /** Only for an expression without a {@link #refusal}. */
  public static Evaluator of(Expr expr) {
    return switch (expr) {
      case Expr.ColumnRef column -> {
        int index = column.index();
        yield input -> input.column(index);
      }
      case Expr.OuterRef _ -> throw new IllegalArgumentException(OUTER);
      case Expr.Literal literal -> new Constant(literal);
      case Expr.Case choice -> Conditional.of(choice);
      case Expr.Cast cast -> applied(Casts.kernel(cast), List.of(cast.operand()));
      case Expr.Call call ->
          switch (call.function()) {
            case AND, OR -> Logic.connective(call);
            case COALESCE -> Conditional.coalesce(call);
            default -> applied(kernel(call), call.arguments());
          };
    };
  }

  /** Why the expression has no evaluator, if it has none: its table is then recomputed by SQL. */
  public static Optional<String> refusal(Expr expr) {
    return switch (expr) {
      case Expr.ColumnRef _, Expr.Literal _ -> Optional.empty();
      case Expr.OuterRef _ -> Optional.of(OUTER);
      case Expr.Cast cast -> refusal(cast.operand());
      case Expr.Case choice ->
          choice.branches().stream()
              .flatMap(b -> List.of(b.condition(), b.value()).stream())
              .map(Evaluators::refusal)
              .flatMap(Optional::stream)
              .findFirst()
              .or(() -> refusal(choice.otherwise()));
      case Expr.Call call ->
          call.arguments().stream().map(Evaluators::refusal).flatMap(Optional::stream).findFirst();
    };
  }

  private static Kernel kernel(Expr.Call call) {
    return switch (call.function().group()) {
      case LOGIC -> Logic.kernel(call.function());
      case COMPARISON -> Comparisons.kernel(call.function(), call.arguments());
      case ARITHMETIC -> Arithmetic.kernel(call);
      case CONDITIONAL -> Extremal.kernel(call);
      case MATHS -> MathKernels.kernel(call);
      case TEXT -> TextKernels.kernel(call);
      case TIME -> TimeKernels.kernel(call);
      case JSON -> JsonKernels.kernel(call);
    };
  }

  private static Evaluator applied(Kernel kernel, List<Expr> arguments) {
    Evaluator[] evaluators = arguments.stream().map(Evaluators::of).toArray(Evaluator[]::new);
    return input -> kernel.apply(evaluated(evaluators, input), input.size());
  }

  private static Vector[] evaluated(Evaluator[] evaluators, Batch input) {
    Vector[] vectors = new Vector[evaluators.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = evaluators[i].evaluate(input);
    }
    return vectors;
  }
}
