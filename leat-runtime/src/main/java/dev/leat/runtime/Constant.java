package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.BytesVector;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.data.VectorBuilder;
import dev.leat.sql.Expr;

/**
 * One value for every row. The vector is kept and grown, so that kernels need no second form for
 * constant arguments: reading one costs a load from the nearest cache. For more rows than a part
 * has it is made anew and not kept.
 */
final class Constant implements Evaluator {
  private final Expr.Literal literal;
  private Vector kept;

  Constant(Expr.Literal literal) {
    this.literal = literal;
    this.kept = filled(16);
  }

  @Override
  public Vector evaluate(Batch input) {
    return ofSize(input.size());
  }

  Vector ofSize(int size) {
    Vector vector = kept;
    if (size > Parts.ROWS) {
      vector = filled(size);
    } else if (vector.size() < size) {
      vector = filled(Math.min(Parts.ROWS, Math.max(size, 2 * vector.size())));
      kept = vector;
    }
    return switch (vector) {
      case LongVector v -> new LongVector(v.values(), v.nulls(), size);
      case DoubleVector v -> new DoubleVector(v.values(), v.nulls(), size);
      case BytesVector v -> new BytesVector(v.data(), v.offsets(), v.nulls(), size);
    };
  }

  private Vector filled(int size) {
    VectorBuilder builder = VectorBuilder.of(literal.type());
    for (int i = 0; i < size; i++) {
      switch (literal.value().orElse(Absent.ABSENT)) {
        case Long value -> builder.append(value.longValue());
        case Double value -> builder.append(value.doubleValue());
        case String value -> builder.append(value);
        default -> builder.appendNull();
      }
    }
    return builder.build();
  }

  private enum Absent {
    ABSENT
  }
}
