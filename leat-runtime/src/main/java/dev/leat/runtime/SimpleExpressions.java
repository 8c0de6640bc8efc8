package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import dev.leat.data.DoubleVector;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.data.VectorBuilder;
import dev.leat.sql.Expr;
import java.util.List;
import java.util.Optional;

/** Compiles the simplest expressions, row by row. */
final class SimpleExpressions {
  private SimpleExpressions() {}

  interface Evaluator {
    Vector evaluate(Batch input);
  }

  static Optional<String> refusal(Expr expr) {
    return Optional.empty();
  }

  static Evaluator of(Expr expr) {
    return switch (expr) {
      case Expr.ColumnRef c -> batch -> batch.column(c.index());
      case Expr.Literal l -> batch -> constant(l, batch.size());
      case Expr.Call c -> call(c);
      case Expr.Cast c -> of(c.operand());
      case Expr.Case _ -> throw new IllegalArgumentException("CASE");
    };
  }

  private static Vector constant(Expr.Literal l, int size) {
    VectorBuilder b = VectorBuilder.of(l.type());
    for (int i = 0; i < size; i++) {
      switch (l.value().orElse(BatchBuilder.NULL)) {
        case Long v -> b.append(v.longValue());
        case Double v -> b.append(v.doubleValue());
        case String v -> b.append(v);
        default -> b.appendNull();
      }
    }
    return b.build();
  }

  private static Evaluator call(Expr.Call c) {
    List<Evaluator> arguments = c.arguments().stream().map(SimpleExpressions::of).toList();
    return (Batch batch) -> {
      LongVector[] a = new LongVector[arguments.size()];
      for (int i = 0; i < a.length; i++) {
        Vector v = arguments.get(i).evaluate(batch);
        a[i] =
            switch (v) {
              case LongVector l -> l;
              case DoubleVector d -> new LongVector(new long[d.size()], d.nulls(), d.size());
              case dev.leat.data.BytesVector d ->
                  new LongVector(new long[d.size()], d.nulls(), d.size());
            };
      }
      int n = batch.size();
      long[] out = new long[n];
      boolean[] nulls = new boolean[n];
      boolean any = false;
      for (int i = 0; i < n; i++) {
        long x = a[0].values()[i];
        long y = a.length > 1 ? a[1].values()[i] : 0;
        boolean xn = a[0].isNull(i);
        boolean yn = a.length > 1 && a[1].isNull(i);
        boolean isNull = xn || yn;
        switch (c.function()) {
          case EQ -> out[i] = x == y ? 1 : 0;
          case NE -> out[i] = x != y ? 1 : 0;
          case LT -> out[i] = x < y ? 1 : 0;
          case LE -> out[i] = x <= y ? 1 : 0;
          case GT -> out[i] = x > y ? 1 : 0;
          case GE -> out[i] = x >= y ? 1 : 0;
          case PLUS -> out[i] = x + y;
          case MINUS -> out[i] = x - y;
          case TIMES -> out[i] = x * y;
          case DIVIDE -> out[i] = isNull ? 0 : Math.floorDiv(x, y);
          case NOT -> out[i] = 1 - x;
          case IS_NULL -> {
            out[i] = xn ? 1 : 0;
            isNull = false;
          }
          case IS_NOT_NULL -> {
            out[i] = xn ? 0 : 1;
            isNull = false;
          }
          case AND -> {
            boolean f = (!xn && x == 0) || (!yn && y == 0);
            out[i] = f || isNull ? 0 : 1;
            isNull = isNull && !f;
          }
          case OR -> {
            boolean t = (!xn && x == 1) || (!yn && y == 1);
            out[i] = t ? 1 : 0;
            isNull = isNull && !t;
          }
          default -> throw new IllegalArgumentException("" + c.function());
        }
        if (isNull) {
          nulls[i] = true;
          out[i] = 0;
          any = true;
        }
      }
      return new LongVector(out, any ? nulls : Vector.NO_NULLS, n);
    };
  }
}
