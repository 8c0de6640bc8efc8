package dev.leat.sql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;

/** The passes over the relational tree, in order. Each keeps the rows and changes the work. */
final class Passes {
  /**
   * @param apply what it makes of a tree
   */
  record Pass(String name, Kind kind, UnaryOperator<RelNode> apply) {}

  enum Kind {
    /** There is no plan without it. */
    REQUIRED,
    /** A tree is right without it. */
    OPTIONAL,
    /**
     * Optional, and only for trees without correlation: in others Calcite does not keep it right,
     * and the engine that recomputes them has passes of its own.
     */
    PLAIN
  }

  private final List<Pass> passes;
  private final long began = System.nanoTime();
  private long ended = began;
  private final List<CompilerPass> traces = new ArrayList<>();

  Passes() {
    this(all());
  }

  Passes(List<Pass> passes) {
    this.passes = passes;
  }

  RelNode run(RelNode validated) {
    trace("validate", Optional.of(RelOptUtil.toString(validated)), Optional.empty(), began);
    RelNode tree = validated;
    for (Pass pass : passes) {
      if (pass.kind() != Kind.PLAIN || !Correlations.remain(tree)) {
        tree = applied(pass, tree);
      }
    }
    ended = System.nanoTime();
    return tree;
  }

  private RelNode applied(Pass pass, RelNode before) {
    long start = System.nanoTime();
    try {
      RelNode after = pass.apply().apply(before);
      String text = RelOptUtil.toString(after);
      Optional<String> changed =
          text.equals(RelOptUtil.toString(before)) ? Optional.empty() : Optional.of(text);
      trace(pass.name(), changed, Optional.empty(), start);
      return after;
    } catch (RuntimeException | AssertionError failed) {
      if (pass.kind() == Kind.REQUIRED) {
        throw failed;
      }
      trace(pass.name(), Optional.empty(), Optional.of(failed.toString()), start);
      return before;
    }
  }

  private void trace(String name, Optional<String> tree, Optional<String> failure, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    traces.add(new CompilerPass(name, tree, failure, took));
  }

  /** Notes the plan that was made of the tree, which ends the passes. */
  void end(Plan plan) {
    trace("operators", Optional.of(PlanText.of(plan)), Optional.empty(), ended);
  }

  /** What each pass left. */
  List<CompilerPass> traces() {
    return List.copyOf(traces);
  }

  private static List<Pass> all() {
    return List.of(
        new Pass("sub-queries to joins", Kind.REQUIRED, Passes::withoutSubQueries),
        new Pass("remove correlation", Kind.OPTIONAL, Passes::decorrelate),
        new Pass(
            "filters down",
            Kind.PLAIN,
            rules(
                CoreRules.FILTER_INTO_JOIN,
                CoreRules.JOIN_CONDITION_PUSH,
                CoreRules.FILTER_PROJECT_TRANSPOSE,
                CoreRules.FILTER_AGGREGATE_TRANSPOSE,
                CoreRules.FILTER_SET_OP_TRANSPOSE,
                CoreRules.FILTER_MERGE)),
        new Pass("keys of joins", Kind.PLAIN, rules(CoreRules.JOIN_PUSH_EXPRESSIONS)),
        new Pass(
            "joins that only test",
            Kind.PLAIN,
            rules(
                CoreRules.PROJECT_TO_SEMI_JOIN,
                CoreRules.JOIN_TO_SEMI_JOIN,
                CoreRules.JOIN_ON_UNIQUE_TO_SEMI_JOIN)),
        new Pass("unused columns", Kind.PLAIN, Passes::trim),
        new Pass(
            "merge",
            Kind.PLAIN,
            rules(
                CoreRules.PROJECT_MERGE,
                CoreRules.PROJECT_REMOVE,
                CoreRules.FILTER_MERGE,
                CoreRules.UNION_MERGE)));
  }

  private static UnaryOperator<RelNode> rules(RelOptRule... rules) {
    return tree -> {
      HepProgram program =
          HepProgram.builder()
              .addMatchOrder(HepMatchOrder.TOP_DOWN)
              .addRuleCollection(List.of(rules))
              .build();
      HepPlanner planner = new HepPlanner(program);
      planner.setRoot(tree);
      return planner.findBestExp();
    };
  }

  private static RelNode withoutSubQueries(RelNode tree) {
    return rules(
            CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
            CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
            CoreRules.JOIN_SUB_QUERY_TO_CORRELATE)
        .apply(HiddenConstants.inSubQueries(tree));
  }

  private static RelNode decorrelate(RelNode tree) {
    if (!Correlations.canBeRemoved(tree)) {
      return HiddenConstants.shown(tree);
    }
    RelNode hidden = HiddenConstants.inGroups(tree);
    return HiddenConstants.shown(RelDecorrelator.decorrelateQuery(hidden, builder(hidden)));
  }

  private static RelNode trim(RelNode tree) {
    return new RelFieldTrimmer(null, builder(tree)).trim(tree);
  }

  private static RelBuilder builder(RelNode tree) {
    return RelFactories.LOGICAL_BUILDER.create(tree.getCluster(), null);
  }
}
