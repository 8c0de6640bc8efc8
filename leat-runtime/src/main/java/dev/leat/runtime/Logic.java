package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.sql.Expr;
import dev.leat.sql.Failure;
import dev.leat.sql.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Three-valued logic. A value's slot holds 0 where it is NULL, which the loops make use of. */
final class Logic {
  private Logic() {}

  static Kernel kernel(Function function) {
    return switch (function) {
      case NOT -> (a, n) -> not((LongVector) a[0], n);
      case IS_NULL -> (a, n) -> nulls(a[0], n, 1);
      case IS_NOT_NULL -> (a, n) -> nulls(a[0], n, 0);
      case IS_TRUE -> (a, n) -> test((LongVector) a[0], n, 1, 0);
      case IS_NOT_TRUE -> (a, n) -> test((LongVector) a[0], n, 1, 1);
      case IS_FALSE -> (a, n) -> test((LongVector) a[0], n, 0, 0);
      case IS_NOT_FALSE -> (a, n) -> test((LongVector) a[0], n, 0, 1);
      default -> throw new IllegalArgumentException(function.name());
    };
  }

  private static Vector not(LongVector a, int n) {
    long[] values = a.values();
    long[] result = new long[n];
    for (int i = 0; i < n; i++) {
      result[i] = values[i] ^ 1;
    }
    Nulls.clear(result, a.nulls(), n);
    return new LongVector(result, a.nulls(), n);
  }

  private static Vector nulls(Vector a, int n, long whenNull) {
    long[] result = new long[n];
    boolean[] nulls = a.nulls();
    for (int i = 0; i < n; i++) {
      result[i] = Nulls.at(nulls, i) ? whenNull : 1 - whenNull;
    }
    return new LongVector(result, Vector.NO_NULLS, n);
  }

  /** 1 where the value is {@code wanted}, turned around when {@code turned} is 1. */
  private static Vector test(LongVector a, int n, long wanted, long turned) {
    long[] result = new long[n];
    boolean[] nulls = a.nulls();
    long[] values = a.values();
    for (int i = 0; i < n; i++) {
      long is = !Nulls.at(nulls, i) && values[i] == wanted ? 1 : 0;
      result[i] = is ^ turned;
    }
    return new LongVector(result, Vector.NO_NULLS, n);
  }

  /** One operand of AND or OR. */
  private record Operand(Evaluator evaluator, boolean canFail, Selection selection) {}

  /** AND and OR: an operand that can fail sees only the rows that are not decided before it. */
  static Evaluator connective(Expr.Call call) {
    List<Operand> operands = new ArrayList<>();
    for (Expr argument : call.arguments()) {
      operands.add(
          new Operand(
              Evaluators.of(argument), Failure.isPossible(argument), new Selection(argument)));
    }
    long deciding = call.function() == Function.OR ? 1 : 0;
    return input -> {
      LongVector result = (LongVector) operands.getFirst().evaluator.evaluate(input);
      for (Operand operand : operands.subList(1, operands.size())) {
        LongVector next = next(input, operand, result, deciding);
        result = deciding == 1 ? or(result, next, input.size()) : and(result, next, input.size());
      }
      return result;
    };
  }

  /** The operand's value; where it need not be asked for: the value that decides nothing. */
  private static LongVector next(Batch input, Operand operand, LongVector before, long deciding) {
    if (!operand.canFail) {
      return (LongVector) operand.evaluator.evaluate(input);
    }
    int[] rows = new int[input.size()];
    int count = 0;
    for (int i = 0; i < input.size(); i++) {
      if (before.isNull(i) || before.values()[i] != deciding) {
        rows[count++] = i;
      }
    }
    if (count == input.size()) {
      return (LongVector) operand.evaluator.evaluate(input);
    }
    long[] values = new long[input.size()];
    boolean[] nulls = new boolean[input.size()];
    Arrays.fill(values, 1 - deciding);
    if (count > 0) {
      Batch selected = operand.selection.of(input, rows, count);
      LongVector some = (LongVector) operand.evaluator.evaluate(selected);
      for (int i = 0; i < count; i++) {
        values[rows[i]] = some.values()[i];
        nulls[rows[i]] = some.isNull(i);
      }
    }
    return new LongVector(values, nulls, input.size());
  }

  private static LongVector and(LongVector a, LongVector b, int n) {
    long[] x = a.values();
    long[] y = b.values();
    long[] result = new long[n];
    for (int i = 0; i < n; i++) {
      result[i] = x[i] & y[i];
    }
    if (!a.hasNulls() && !b.hasNulls()) {
      return new LongVector(result, Vector.NO_NULLS, n);
    }
    boolean[] nulls = new boolean[n];
    for (int i = 0; i < n; i++) {
      boolean p = Nulls.at(a.nulls(), i);
      boolean q = Nulls.at(b.nulls(), i);
      nulls[i] = (p & (q | y[i] != 0)) | (q & x[i] != 0);
    }
    return new LongVector(result, nulls, n);
  }

  private static LongVector or(LongVector a, LongVector b, int n) {
    long[] x = a.values();
    long[] y = b.values();
    long[] result = new long[n];
    for (int i = 0; i < n; i++) {
      result[i] = x[i] | y[i];
    }
    if (!a.hasNulls() && !b.hasNulls()) {
      return new LongVector(result, Vector.NO_NULLS, n);
    }
    boolean[] nulls = new boolean[n];
    for (int i = 0; i < n; i++) {
      nulls[i] = (Nulls.at(a.nulls(), i) | Nulls.at(b.nulls(), i)) & result[i] == 0;
    }
    return new LongVector(result, nulls, n);
  }
}
