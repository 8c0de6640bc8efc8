package dev.leat.runtime;

import dev.leat.sql.Plan;
import java.util.Set;

/** Whether the result of a plan never loses a row, given which relations never do. */
final class AppendOnly {
  private AppendOnly() {}

  static boolean is(Plan plan, Set<String> relations) {
    return switch (plan) {
      case Plan.Scan p -> relations.contains(p.relation());
      case Plan.Values _ -> true;
      case Plan.Filter _, Plan.Project _, Plan.UnionAll _, Plan.Hop _, Plan.Distinct _ ->
          inputs(plan, relations);
      case Plan.Join p ->
          switch (p.kind()) {
            case INNER, SEMI -> inputs(plan, relations);
            case LEFT, RIGHT, FULL, ANTI -> false;
          };
      case Plan.SetOperation p ->
          switch (p.kind()) {
            case UNION, INTERSECT, INTERSECT_ALL -> inputs(plan, relations);
            case EXCEPT, EXCEPT_ALL -> false;
          };
      case Plan.Aggregate _, Plan.TopN _, Plan.Window _ -> false;
      case Plan.Lateral _, Plan.Recursive _, Plan.Itself _ -> false;
      case Plan.Sort p -> p.limit().isEmpty() && inputs(plan, relations);
    };
  }

  private static boolean inputs(Plan plan, Set<String> relations) {
    return plan.inputs().stream().allMatch(p -> is(p, relations));
  }
}
