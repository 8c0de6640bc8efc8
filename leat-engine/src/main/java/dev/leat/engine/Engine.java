package dev.leat.engine;

import dev.leat.engine.Rule.Kind;
import dev.leat.sql.Plan;
import java.util.Optional;

/** Keeps plans live. */
public interface Engine {

  /** How an operator is kept right here, its inputs left aside. */
  Rule rule(Plan operator);

  /** A circuit for a plan that is not refused, over empty inputs. */
  Circuit open(Plan plan);

  /** Why a plan cannot be kept live here; empty when it can. */
  default Optional<String> refusal(Plan plan) {
    return first(plan, Kind.WHOLE);
  }

  /**
   * Which operator of a plan works touched groups out anew, if one does: its circuit had better
   * take few large steps.
   */
  default Optional<String> byGroup(Plan plan) {
    return first(plan, Kind.GROUPS);
  }

  private Optional<String> first(Plan plan, Kind kind) {
    Rule rule = rule(plan);
    return rule.kind() == kind
        ? Optional.of(rule.how())
        : plan.inputs().stream().flatMap(input -> first(input, kind).stream()).findFirst();
  }
}
