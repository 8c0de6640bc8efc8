package dev.leat.sql;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * Whether Calcite's decorrelator (1.42) keeps the rows of a tree. It does not
 *
 * <ul>
 *   <li>where there is OVER inside: it is taken over the rows for all rows around it at once;
 *   <li>of a second sub-query whose condition may be true when a column of the row around it is
 *       NULL: after a left join by that column it takes it never to be NULL;
 *   <li>always, of a sub-query in a sub-query that names columns of the outermost row.
 * </ul>
 */
final class Correlations {
  private Correlations() {}

  static boolean remain(RelNode tree) {
    return tree instanceof Correlate || tree.getInputs().stream().anyMatch(Correlations::remain);
  }

  static boolean canBeRemoved(RelNode tree) {
    return tree.getInputs().stream().allMatch(Correlations::canBeRemoved)
        && !(tree instanceof Correlate correlate
            && (isAmbiguous(correlate)
                || hasOver(correlate.getRight())
                || loose(correlate)
                || isNamedTwoLevelsDown(correlate.getCorrelationId(), correlate.getRight())));
  }

  /** Calcite has called two rows around by one name: which is meant cannot be told. */
  static boolean isAmbiguous(Correlate correlate) {
    return isDefined(correlate.getCorrelationId(), correlate.getRight());
  }

  private static boolean isDefined(CorrelationId id, RelNode node) {
    return node instanceof Correlate inner && inner.getCorrelationId().equals(id)
        || node.getInputs().stream().anyMatch(input -> isDefined(id, input));
  }

  private static boolean isNamedTwoLevelsDown(CorrelationId id, RelNode node) {
    return node instanceof Correlate inner
            && RelOptUtil.getVariablesUsed(inner.getRight()).contains(id)
        || node.getInputs().stream().anyMatch(input -> isNamedTwoLevelsDown(id, input));
  }

  private static boolean hasOver(RelNode node) {
    return node instanceof Project project && project.containsOver()
        || node.getInputs().stream().anyMatch(Correlations::hasOver);
  }

  private static boolean loose(Correlate correlate) {
    return hasLeftJoin(correlate.getLeft())
        && correlate.getRequiredColumns().asList().stream()
            .filter(column ->
                correlate.getLeft().getRowType().getFieldList().get(column).getType().isNullable())
            .anyMatch(column ->
                new Column(correlate.getCorrelationId().getId(), column)
                    .mayMatter(correlate.getRight()));
  }

  private static boolean hasLeftJoin(RelNode node) {
    return node instanceof Correlate correlate && correlate.getJoinType() == JoinRelType.LEFT
        || node instanceof Join join && join.getJoinType() != JoinRelType.INNER
        || node.getInputs().stream().anyMatch(Correlations::hasLeftJoin);
  }

  /** A column of the row around. */
  private record Column(int correlation, int index) {

    /**
     * Whether a query may give rows when the column is NULL, and uses it otherwise than to compare.
     */
    boolean mayMatter(RelNode node) {
      return switch (node) {
        case Filter filter ->
            !excluded(filter.getCondition())
                && (isUsed(List.of(filter.getCondition())) || mayMatter(filter.getInput()));
        case Join join ->
            isUsed(List.of(join.getCondition()))
                || mayMatter(join.getLeft())
                || mayMatter(join.getRight());
        case Project project -> isUsed(project.getProjects()) || mayMatter(project.getInput());
        default -> node.getInputs().stream().anyMatch(this::mayMatter);
      };
    }

    /** Whether the condition is never true when the column is NULL. */
    private boolean excluded(RexNode condition) {
      Strong whenNull =
          new Strong() {
            @Override
            public boolean isNull(RexFieldAccess field) {
              return is(field);
            }
          };
      return RelOptUtil.conjunctions(condition).stream()
          .anyMatch(part -> isUsed(List.of(part)) && whenNull.isNotTrue(part));
    }

    private boolean isUsed(List<RexNode> nodes) {
      boolean[] used = {false};
      RexVisitorImpl<Void> finder =
          new RexVisitorImpl<>(true) {
            @Override
            public Void visitFieldAccess(RexFieldAccess field) {
              used[0] |= is(field);
              return super.visitFieldAccess(field);
            }
          };
      nodes.forEach(node -> node.accept(finder));
      return used[0];
    }

    private boolean is(RexFieldAccess field) {
      return field.getReferenceExpr() instanceof RexCorrelVariable around
          && around.id.getId() == correlation
          && field.getField().getIndex() == index;
    }
  }
}
