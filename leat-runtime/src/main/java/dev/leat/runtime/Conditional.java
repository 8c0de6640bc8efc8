package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import dev.leat.model.Type;
import dev.leat.sql.Expr;
import dev.leat.sql.Failure;
import java.util.ArrayList;
import java.util.List;

/** CASE and COALESCE: what can fail is evaluated for the rows that need it only. */
final class Conditional {
  private Conditional() {}

  /** An expression that can be evaluated for some rows. */
  private record Part(Evaluator evaluator, boolean canFail, Selection selection) {
    static Part of(Expr expr) {
      return new Part(Evaluators.of(expr), Failure.isPossible(expr), new Selection(expr));
    }

    /** Whether it is evaluated for all rows: position and row are then the same. */
    boolean isForAll(Batch input, int count) {
      return count == input.size() || !canFail;
    }

    Vector evaluate(Batch input, int[] rows, int count) {
      return isForAll(input, count)
          ? evaluator.evaluate(input)
          : evaluator.evaluate(selection.of(input, rows, count));
    }
  }

  private record Branch(Part condition, Part value) {}

  static Evaluator of(Expr.Case choice) {
    List<Branch> branches =
        choice.branches().stream()
            .map(b -> new Branch(Part.of(b.condition()), Part.of(b.value())))
            .toList();
    Part otherwise = Part.of(choice.otherwise());
    Type type = choice.type();
    return input -> choose(input, branches, otherwise, type);
  }

  private static Vector choose(Batch input, List<Branch> branches, Part otherwise, Type type) {
    Choice choice = new Choice(input.size());
    List<Vector> sources = new ArrayList<>();
    int[] open = new int[input.size()];
    for (Branch branch : branches) {
      int count = choice.open(open);
      if (count == 0) {
        break;
      }
      Vector condition = branch.condition.evaluate(input, open, count);
      boolean all = branch.condition.isForAll(input, count);
      int[] chosen = new int[count];
      int chosenCount = 0;
      long[] holds = ((LongVector) condition).values();
      for (int i = 0; i < count; i++) {
        if (holds[all ? open[i] : i] != 0) {
          chosen[chosenCount++] = open[i];
        }
      }
      take(input, branch.value, chosen, chosenCount, choice, sources);
    }
    int rest = choice.open(open);
    take(input, otherwise, open, rest, choice, sources);
    return choice.build(type, sources);
  }

  private static void take(
      Batch input, Part part, int[] rows, int count, Choice choice, List<Vector> sources) {
    if (count == 0) {
      return;
    }
    sources.add(part.evaluate(input, rows, count));
    boolean all = part.isForAll(input, count);
    for (int i = 0; i < count; i++) {
      choice.take(rows[i], sources.size() - 1, all ? rows[i] : i);
    }
  }

  static Evaluator coalesce(Expr.Call call) {
    List<Part> parts = call.arguments().stream().map(Part::of).toList();
    Type type = call.type();
    return input -> {
      Choice choice = new Choice(input.size());
      List<Vector> sources = new ArrayList<>();
      int[] open = new int[input.size()];
      for (Part part : parts) {
        int count = choice.open(open);
        if (count == 0) {
          break;
        }
        Vector value = part.evaluate(input, open, count);
        sources.add(value);
        boolean all = part.isForAll(input, count);
        for (int i = 0; i < count; i++) {
          int position = all ? open[i] : i;
          if (!value.isNull(position)) {
            choice.take(open[i], sources.size() - 1, position);
          }
        }
      }
      return choice.build(type, sources);
    };
  }
}
