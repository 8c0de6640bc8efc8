package dev.leat.runtime;

import dev.leat.sql.Expr;
import dev.leat.sql.Plan;
import java.util.List;
import java.util.Optional;

/** Says of a plan why it cannot be kept live here. */
final class Refusals {
  private static final int LARGEST_LIMIT = 8000;
  private static final int MOST_WINDOWS = 1000;

  private Refusals() {}

  static Optional<String> of(Plan plan) {
    Optional<String> own = own(plan);
    if (own.isPresent()) {
      return own;
    }
    return plan.inputs().stream().map(Refusals::of).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> own(Plan plan) {
    return switch (plan) {
      case Plan.Scan _, Plan.Values _, Plan.UnionAll _, Plan.Distinct _, Plan.SetOperation _ ->
          Optional.empty();
      case Plan.Filter p -> Evaluators.refusal(p.predicate());
      case Plan.Project p -> first(p.expressions());
      case Plan.Join p -> p.residual().flatMap(Evaluators::refusal);
      case Plan.Aggregate p ->
          p.calls().stream()
              .filter(c -> !AggregateOperator.keeps(c, p.input()))
              .findFirst()
              .map(c -> c.function() + " has no keyed form");
      case Plan.TopN p ->
          p.limit() <= LARGEST_LIMIT
              ? Optional.empty()
              : Optional.of("more than " + LARGEST_LIMIT + " first rows of a partition");
      case Plan.Hop p ->
          p.sizeMicros() / p.slideMicros() < MOST_WINDOWS
              ? Optional.empty()
              : Optional.of("more than " + MOST_WINDOWS + " windows a row");
      case Plan.Sort p ->
          p.limit().isEmpty() && p.offset() == 0
              ? Optional.empty()
              : Optional.of("LIMIT or OFFSET over a whole relation");
      case Plan.Window _ -> Optional.of("OVER other than ROW_NUMBER() <= n");
    };
  }

  private static Optional<String> first(List<Expr> expressions) {
    return expressions.stream().map(Evaluators::refusal).flatMap(Optional::stream).findFirst();
  }
}
