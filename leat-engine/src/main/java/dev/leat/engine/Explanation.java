package dev.leat.engine;

import dev.leat.engine.Rule.Kind;
import dev.leat.sql.Plan;
import dev.leat.sql.PlanText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * A plan's operators with how an engine keeps each right, those that are read below those that read
 * them.
 */
public record Explanation(List<Step> steps) {
  public Explanation {
    steps = List.copyOf(steps);
  }

  /**
   * @param depth how many operators stand above it
   * @param operator in one line
   * @param branch what is drawn before the operator
   * @param trunk what is drawn before lines that belong to it
   */
  public record Step(int depth, String operator, Rule rule, String branch, String trunk) {}

  public static Explanation of(Plan plan, Engine engine) {
    List<Step> steps = new ArrayList<>();
    add(plan, engine, 0, "", "", steps);
    return new Explanation(steps);
  }

  private static void add(
      Plan plan, Engine engine, int depth, String branch, String rest, List<Step> steps) {
    boolean leaf = plan.inputs().isEmpty();
    steps.add(
        new Step(depth, PlanText.line(plan), engine.rule(plan), branch, rest + (leaf ? "" : "│")));
    for (int i = 0; i < plan.inputs().size(); i++) {
      boolean last = i == plan.inputs().size() - 1;
      add(
          plan.inputs().get(i),
          engine,
          depth + 1,
          rest + (last ? "└─ " : "├─ "),
          rest + (last ? "   " : "│  "),
          steps);
    }
  }

  /** The dearest rule among the operators, which is the table's. */
  public Rule rule() {
    return steps.stream()
        .map(Step::rule)
        .reduce((a, b) -> Comparator.comparing(Rule::kind).compare(a, b) >= 0 ? a : b)
        .orElseThrow();
  }

  /** How the table as a whole is kept right, in a sentence. */
  public String verdict() {
    Rule rule = rule();
    return switch (rule.kind()) {
      case PASSING, KEYED -> "kept live: a step costs by what changes in it";
      case GROUPS -> "kept live by groups: each epoch, those that changed are worked out anew";
      case WHOLE -> "recomputed whole at each epoch in which an input changed: " + rule.how();
    };
  }

  /**
   * The operators as a tree, two lines each.
   *
   * @param label how the word of a rule's kind is written
   */
  public String text(Function<Kind, String> label) {
    StringBuilder out = new StringBuilder();
    for (Step step : steps) {
      String trunk = (step.trunk() + "      ").substring(0, step.branch().length() + 4);
      out.append(step.branch())
          .append(step.operator())
          .append('\n')
          .append(trunk)
          .append(label.apply(step.rule().kind()))
          .append(": ")
          .append(step.rule().how())
          .append('\n');
    }
    return out.toString();
  }
}
