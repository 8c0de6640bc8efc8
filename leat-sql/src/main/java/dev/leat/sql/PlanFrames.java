package dev.leat.sql;

import dev.leat.model.Schema;
import dev.leat.model.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** The frames of OVER. */
final class PlanFrames {
  private static final Frame.Bound UNBOUNDED = new Frame.Bound.Unbounded();
  private static final Frame.Bound CURRENT = new Frame.Bound.Rows(0);

  private PlanFrames() {}

  static Frame frame(RexWindow window, List<Plan.SortKey> order, Schema schema) {
    Frame.Exclusion exclusion =
        switch (window.getExclude()) {
          case EXCLUDE_NO_OTHER -> Frame.Exclusion.NO_OTHERS;
          case EXCLUDE_CURRENT_ROW -> Frame.Exclusion.CURRENT_ROW;
          case EXCLUDE_GROUP -> Frame.Exclusion.GROUP;
          case EXCLUDE_TIES -> Frame.Exclusion.TIES;
        };
    boolean whole =
        window.getLowerBound().isUnbounded()
            && (window.getUpperBound().isUnbounded() || window.orderKeys.isEmpty())
            && !window.isRows();
    if (whole) {
      return new Frame(false, UNBOUNDED, UNBOUNDED, exclusion);
    }
    boolean peers = exclusion == Frame.Exclusion.GROUP || exclusion == Frame.Exclusion.TIES;
    if (window.isRows() && peers) {
      throw Refusal.unsupported(
          SqlPart.some(SqlKind.OVER),
          "ROWS with EXCLUDE " + exclusion + ", which leaves to chance what is left out,",
          "Use RANGE, or EXCLUDE CURRENT ROW.");
    }
    return new Frame(
        window.isRows(),
        bound(window.getLowerBound(), window, order, schema),
        bound(window.getUpperBound(), window, order, schema),
        exclusion);
  }

  private static Frame.Bound bound(
      RexWindowBound bound, RexWindow window, List<Plan.SortKey> order, Schema schema) {
    if (bound.isUnbounded()) {
      return UNBOUNDED;
    }
    if (bound.isCurrentRow()) {
      return CURRENT;
    }
    RexNode offset = Objects.requireNonNull(bound.getOffset());
    if (!(offset instanceof RexLiteral literal) || literal.isNull()) {
      throw Refusal.unsupported(
          SqlPart.some(SqlKind.OVER), "A frame whose bound is not a constant", "Write the number.");
    }
    BigDecimal amount = Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
    BigDecimal after = bound.isPreceding() ? amount.negate() : amount;
    return window.isRows()
        ? new Frame.Bound.Rows(after.longValueExact())
        : distance(after, literal.getType(), schema.column(order.getFirst().column()).type());
  }

  /** Calcite has made sure that there is one column, and that it and the distance go together. */
  private static Frame.Bound distance(BigDecimal after, RelDataType type, Type column) {
    if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName())) {
      return new Frame.Bound.Distance(after, Frame.Unit.MONTHS);
    }
    if (SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName())) {
      return new Frame.Bound.Distance(
          after.multiply(BigDecimal.valueOf(1000)), Frame.Unit.MICROSECONDS);
    }
    if (after.stripTrailingZeros().scale() > 0
        && (column instanceof Type.Int || column instanceof Type.BigInt)) {
      throw Refusal.unsupported(
          SqlPart.some(SqlKind.OVER),
          "A RANGE by parts of a whole number",
          "Write a whole number.");
    }
    return new Frame.Bound.Distance(after, Frame.Unit.NUMBER);
  }
}
