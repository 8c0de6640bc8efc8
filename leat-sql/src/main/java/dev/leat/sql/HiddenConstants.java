package dev.leat.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Keeps constants from Calcite (1.42) where it goes wrong with them: its decorrelator leaves them
 * out of GROUP BY, and so has a group where there is no row; and {@code x IN (SELECT 'a' …)} takes
 * the constant for a condition. Such a constant is made a call that Calcite knows nothing of, and
 * later a constant again.
 */
final class HiddenConstants {
  private HiddenConstants() {}

  /** Hides what the sub-queries of IN select. */
  static RelNode inSubQueries(RelNode tree) {
    RexShuttle hide =
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            RelNode rel = inSubQueries(subQuery.rel);
            RelNode hidden = rel instanceof Project project ? hidden(project, all(project)) : rel;
            RexNode visited = super.visitSubQuery(subQuery);
            return visited instanceof RexSubQuery same ? same.clone(hidden) : visited;
          }
        };
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            return super.visit(node).accept(hide);
          }
        });
  }

  /** Hides those that are grouped by. */
  static RelNode inGroups(RelNode tree) {
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            RelNode visited = super.visit(node);
            return visited instanceof Aggregate aggregate
                    && aggregate.getInput() instanceof Project project
                ? aggregate.copy(
                    aggregate.getTraitSet(), List.of(hidden(project, aggregate.getGroupSet())))
                : visited;
          }
        });
  }

  /** Brings them back; a group by other columns too is not by them. */
  static RelNode shown(RelNode tree) {
    RexShuttle show =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            return constant(call).<RexNode>map(c -> c).orElseGet(() -> super.visitCall(call));
          }
        };
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            RelNode grouped =
                node instanceof Aggregate aggregate ? withoutConstants(aggregate) : node;
            return super.visit(grouped).accept(show);
          }
        });
  }

  private static ImmutableBitSet all(Project project) {
    return ImmutableBitSet.range(project.getProjects().size());
  }

  private static Project hidden(Project project, ImmutableBitSet columns) {
    RexBuilder builder = project.getCluster().getRexBuilder();
    List<RexNode> expressions = new ArrayList<>(project.getProjects());
    for (int column : columns) {
      if (expressions.get(column) instanceof RexLiteral literal) {
        expressions.set(
            column, builder.makeCall(literal.getType(), Functions.COALESCE, List.of(literal)));
      }
    }
    return project.copy(
        project.getTraitSet(), project.getInput(), expressions, project.getRowType());
  }

  private static Optional<RexLiteral> constant(RexNode node) {
    return node instanceof RexCall call
            && call.getOperator() == Functions.COALESCE
            && call.getOperands().size() == 1
            && call.getOperands().getFirst() instanceof RexLiteral literal
        ? Optional.of(literal)
        : Optional.empty();
  }

  private static RelNode withoutConstants(Aggregate aggregate) {
    if (!(aggregate.getInput() instanceof Project project)
        || aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      return aggregate;
    }
    ImmutableBitSet keys =
        aggregate
            .getGroupSet()
            .except(
                ImmutableBitSet.of(
                    aggregate.getGroupSet().asList().stream()
                        .filter(key -> constant(project.getProjects().get(key)).isPresent())
                        .toList()));
    if (keys.isEmpty() || keys.equals(aggregate.getGroupSet())) {
      return aggregate;
    }
    RelNode fewer =
        aggregate.copy(
            aggregate.getTraitSet(), project, keys, List.of(keys), aggregate.getAggCallList());
    List<RexNode> columns = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      columns.add(
          keys.get(key)
              ? RexInputRef.of(keys.indexOf(key), fewer.getRowType())
              : constant(project.getProjects().get(key)).orElseThrow());
    }
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      columns.add(RexInputRef.of(keys.cardinality() + i, fewer.getRowType()));
    }
    RelNode same =
        LogicalProject.create(
            fewer,
            List.of(),
            columns,
            aggregate.getRowType().getFieldNames(),
            aggregate.getVariablesSet());
    RelOptUtil.verifyTypeEquivalence(aggregate, same, aggregate);
    return same;
  }
}
