package dev.leat.runtime;

import dev.leat.data.Vector;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import java.util.List;

/** GREATEST, LEAST and NULLIF: rows of their arguments. */
final class Extremal {
  private Extremal() {}

  static Kernel kernel(Expr.Call call) {
    Type type = call.type();
    return switch (call.function()) {
      case GREATEST -> (a, n) -> extreme(a, n, type, 1);
      case LEAST -> (a, n) -> extreme(a, n, type, -1);
      case NULLIF -> (a, n) -> nullIf(a, n, type);
      default -> throw new IllegalArgumentException(call.function().name());
    };
  }

  private static Vector extreme(Vector[] arguments, int n, Type type, int sign) {
    boolean[] nulls = Nulls.any(arguments, n);
    Choice choice = new Choice(n);
    for (int i = 0; i < n; i++) {
      if (!Nulls.at(nulls, i)) {
        int best = 0;
        for (int j = 1; j < arguments.length; j++) {
          if (Comparisons.compare(arguments[j], i, arguments[best], i) * sign > 0) {
            best = j;
          }
        }
        choice.take(i, best, i);
      }
    }
    return choice.build(type, List.of(arguments));
  }

  private static Vector nullIf(Vector[] arguments, int n, Type type) {
    long[] equal = Comparisons.equal(arguments[0], arguments[1], n);
    Choice choice = new Choice(n);
    for (int i = 0; i < n; i++) {
      boolean same = equal[i] != 0 && !arguments[1].isNull(i);
      if (!same && !arguments[0].isNull(i)) {
        choice.take(i, 0, i);
      }
    }
    return choice.build(type, List.of(arguments));
  }
}
