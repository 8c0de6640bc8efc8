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
  private static final String SUB_QUERIES = "sub-queries to joins";

  /**
   * @param plain only for trees without correlation: in others Calcite does not keep it right, and
   *     the engine that recomputes them has passes of its own
   */
  private record Pass(String name, boolean plain, UnaryOperator<RelNode> apply) {
    Pass(String name, UnaryOperator<RelNode> apply) {
      this(name, true, apply);
    }
  }

  private final long began = System.nanoTime();
  private long ended = began;
  private final List<CompilerPass> traces = new ArrayList<>();

  RelNode run(RelNode validated) {
    String before = RelOptUtil.toString(validated);
    traces.add(new CompilerPass("validate", Optional.of(before), since(began)));
    RelNode tree = validated;
    for (Pass pass : all()) {
      if (pass.plain() && Correlations.remain(tree)) {
        continue;
      }
      long start = System.nanoTime();
      tree = applied(pass, tree);
      Duration spent = since(start);
      String after = RelOptUtil.toString(tree);
      Optional<String> changed = after.equals(before) ? Optional.empty() : Optional.of(after);
      traces.add(new CompilerPass(pass.name(), changed, spent));
      before = after;
    }
    ended = System.nanoTime();
    return tree;
  }

  /** A tree is right without a pass that fails, but for the one that removes sub-queries. */
  private static RelNode applied(Pass pass, RelNode tree) {
    try {
      return pass.apply().apply(tree);
    } catch (RuntimeException | AssertionError failed) {
      if (pass.name().equals(SUB_QUERIES)) {
        throw failed;
      }
      return tree;
    }
  }

  /** Notes the plan that was made of the tree, which ends the passes. */
  void end(Plan plan) {
    traces.add(new CompilerPass("operators", Optional.of(PlanText.of(plan)), since(ended)));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** What each pass left. */
  List<CompilerPass> traces() {
    return List.copyOf(traces);
  }

  private static List<Pass> all() {
    return List.of(
        new Pass(SUB_QUERIES, false, Passes::withoutSubQueries),
        new Pass("remove correlation", false, Passes::decorrelate),
        new Pass(
            "filters down",
            rules(
                CoreRules.FILTER_INTO_JOIN,
                CoreRules.JOIN_CONDITION_PUSH,
                CoreRules.FILTER_PROJECT_TRANSPOSE,
                CoreRules.FILTER_AGGREGATE_TRANSPOSE,
                CoreRules.FILTER_SET_OP_TRANSPOSE,
                CoreRules.FILTER_MERGE)),
        new Pass("keys of joins", rules(CoreRules.JOIN_PUSH_EXPRESSIONS)),
        new Pass(
            "joins that only test",
            rules(
                CoreRules.PROJECT_TO_SEMI_JOIN,
                CoreRules.JOIN_TO_SEMI_JOIN,
                CoreRules.JOIN_ON_UNIQUE_TO_SEMI_JOIN)),
        new Pass("unused columns", Passes::trim),
        new Pass(
            "merge",
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
