package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.data.Vector;
import dev.leat.model.Column;
import dev.leat.model.Schema;
import dev.leat.sql.Plan;
import dev.leat.sql.Plan.JoinKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Joins on equal keys: the left's change against the old right, then the right's change against the
 * new left: {@code dL|x|R0 + L1|x|dR}. Both halves are one procedure: a change of one side meets
 * the other side as it stands.
 *
 * <p>A row that is given for having no match (outer joins, ANTI), or once for having one (SEMI),
 * comes or goes when the number of its matches becomes positive or stops being so. Without a
 * residual that number is the other side's total of the key; with one it is kept with every row.
 */
final class JoinOperator implements Operator {
  private static final int PAIRS = 8192;

  private final Plan.Join plan;
  private final Optional<Condition> residual;
  private final JoinSide left;
  private final JoinSide right;
  private final boolean countsMatches;
  private final Schema bothSchema;
  private final int[] found = new int[RowBlock.ROWS];
  private final long[] matches = new long[RowBlock.ROWS];
  private final int[] pairRows = new int[PAIRS];
  private final int[] pairOthers = new int[PAIRS];
  private final long[] pairWeights = new long[PAIRS];
  private int pairs;
  private int[] flipped = new int[64]; // rows of the other side whose matches changed
  private long[] flippedBefore = new long[64];
  private int flippedCount;
  private long epoch;
  private final List<Batch> output = new ArrayList<>();

  JoinOperator(Plan.Join plan) {
    this.plan = plan;
    List<Column> columns = new ArrayList<>(plan.left().schema().columns());
    columns.addAll(plan.right().schema().columns());
    bothSchema = new Schema(columns);
    residual = plan.residual().map(r -> new Condition(Evaluators.of(r), bothSchema));
    countsMatches = residual.isPresent() && plan.kind() != JoinKind.INNER;
    left = new JoinSide(plan.left().schema(), plan.leftKeys(), true);
    right = new JoinSide(plan.right().schema(), plan.rightKeys(), givesPairs() || countsMatches);
  }

  @Override
  public Batch start(List<Batch> inputs) {
    return gather(inputs);
  }

  @Override
  public Batch step(List<Batch> inputs) {
    Batch result = gather(inputs);
    residual.ifPresent(Condition::end);
    return result;
  }

  @Override
  public Batch gather(List<Batch> inputs) {
    take(inputs.getFirst(), left, right);
    take(inputs.getLast(), right, left);
    Batch result = Consolidation.concat(plan.schema(), output);
    output.clear();
    return result.insertOnly() ? result : Consolidation.of(result);
  }

  private boolean givesPairs() {
    return switch (plan.kind()) {
      case INNER, LEFT, RIGHT, FULL -> true;
      case SEMI, ANTI -> false;
    };
  }

  /** 1 when a side's row is given while it has a match, -1 while it has none, else 0. */
  private int single(JoinSide side) {
    return switch (plan.kind()) {
      case INNER -> 0;
      case LEFT -> side == left ? -1 : 0;
      case RIGHT -> side == right ? -1 : 0;
      case FULL -> -1;
      case SEMI -> side == left ? 1 : 0;
      case ANTI -> side == left ? -1 : 0;
    };
  }

  private void take(Batch delta, JoinSide own, JoinSide other) {
    if (delta.isEmpty()) {
      return;
    }
    epoch = epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
    flippedCount = 0;
    own.begin();
    RowBlock keyBlock = new RowBlock(own.keys.layout);
    for (int from = 0; from < delta.size(); from += RowBlock.ROWS) {
      int to = Math.min(delta.size(), from + RowBlock.ROWS);
      keyBlock.encode(delta, own.keyColumns, from, to);
      other.keys.find(keyBlock, found);
      Arrays.fill(matches, 0, to - from, 0);
      for (int i = 0; i < to - from; i++) {
        if (found[i] >= 0 && keyBlock.anyNull(i)) {
          found[i] = KeyTable.ABSENT;
        }
      }
      if (givesPairs() || countsMatches) {
        pair(delta, keyBlock, own, other);
      }
      singles(delta, keyBlock, own, other);
      own.take(delta, keyBlock, found, matches);
    }
    if (countsMatches) {
      flipRows(own, other);
    } else {
      flipKeys(own, other);
    }
    own.end();
  }

  private void pair(Batch delta, RowBlock keyBlock, JoinSide own, JoinSide other) {
    for (int i = 0; i < keyBlock.count; i++) {
      if (found[i] >= 0) {
        long weight = delta.weights()[keyBlock.from + i];
        for (int row = other.bag.first(found[i]); row >= 0; row = other.bag.next(row)) {
          if (pairs == PAIRS) {
            givePairs(delta, keyBlock.from, own, other);
          }
          pairRows[pairs] = keyBlock.from + i;
          pairOthers[pairs] = row;
          pairWeights[pairs++] = weight * other.bag.weight(row);
        }
      }
    }
    givePairs(delta, keyBlock.from, own, other);
  }

  private void givePairs(Batch delta, int blockFrom, JoinSide own, JoinSide other) {
    if (pairs == 0) {
      return;
    }
    List<Vector> mine = new ArrayList<>();
    for (Vector column : delta.columns()) {
      mine.add(column.gather(pairRows, pairs));
    }
    List<Vector> theirs = other.columns(pairOthers, pairs);
    long[] weights = Arrays.copyOf(pairWeights, pairs);
    Batch joined = joined(own == left ? mine : theirs, own == left ? theirs : mine, weights);
    if (residual.isPresent()) {
      int[] passing = new int[pairs];
      int count = residual.get().passing(joined, passing);
      if (countsMatches) {
        countMatches(delta, blockFrom, other, passing, count);
      }
      joined = count == pairs ? joined : joined.gather(passing, count);
    }
    if (givesPairs() && !joined.isEmpty()) {
      output.add(joined.as(plan.schema()));
    }
    pairs = 0;
  }

  private Batch joined(List<Vector> leftColumns, List<Vector> rightColumns, long[] weights) {
    List<Vector> columns = new ArrayList<>(leftColumns);
    columns.addAll(rightColumns);
    return Batch.of(bothSchema, columns, weights, weights.length);
  }

  private void countMatches(Batch delta, int blockFrom, JoinSide other, int[] passing, int count) {
    for (int p = 0; p < count; p++) {
      int row = pairRows[passing[p]];
      int theirs = pairOthers[passing[p]];
      matches[row - blockFrom] += other.bag.weight(theirs);
      long[] chunk = other.bag.own(theirs);
      int at = Slab.offset(theirs);
      if (chunk[at] != epoch) {
        chunk[at] = epoch;
        if (flippedCount == flipped.length) {
          flipped = Arrays.copyOf(flipped, flippedCount * 2);
          flippedBefore = Arrays.copyOf(flippedBefore, flippedCount * 2);
        }
        flipped[flippedCount] = theirs;
        flippedBefore[flippedCount++] = chunk[at + RowBag.MATCHES];
      }
      chunk[at + RowBag.MATCHES] += delta.weights()[row];
    }
  }

  /** The rows of the change that are given by themselves. */
  private void singles(Batch delta, RowBlock keyBlock, JoinSide own, JoinSide other) {
    int single = single(own);
    if (single == 0) {
      return;
    }
    int[] rows = new int[keyBlock.count];
    int count = 0;
    for (int i = 0; i < keyBlock.count; i++) {
      boolean matched = countsMatches ? matches[i] > 0 : found[i] >= 0 && other.total(found[i]) > 0;
      if (matched == single > 0) {
        rows[count++] = keyBlock.from + i;
      }
    }
    if (count > 0) {
      Batch some = delta.gather(rows, count);
      give(own, some.columns(), some.weights(), count);
    }
  }

  private void give(JoinSide side, List<Vector> columns, long[] weights, int count) {
    List<Vector> all = new ArrayList<>();
    if (givesPairs()) {
      all.addAll(side == left ? columns : left.nulls(count));
      all.addAll(side == left ? right.nulls(count) : columns);
    } else {
      all.addAll(columns);
    }
    output.add(Batch.of(plan.schema(), all, weights, count));
  }

  /** Keys whose total on the own side crossed zero: the other side's rows of that key change. */
  private void flipKeys(JoinSide own, JoinSide other) {
    int single = single(other);
    if (single == 0) {
      return;
    }
    Flips flips = new Flips(other);
    for (int t = 0; t < own.touchedCount; t++) {
      boolean before = own.totals[t] > 0;
      boolean after = own.total(own.touched[t]) > 0;
      if (before != after && own.others[t] >= 0) {
        int sign = after ? single : -single;
        for (int row = other.bag.first(own.others[t]); row >= 0; row = other.bag.next(row)) {
          flips.add(row, sign * other.bag.weight(row));
        }
      }
    }
    flips.give();
  }

  /** Rows of the other side whose number of matches crossed zero. */
  private void flipRows(JoinSide own, JoinSide other) {
    int single = single(other);
    if (single == 0) {
      return;
    }
    Flips flips = new Flips(other);
    for (int i = 0; i < flippedCount; i++) {
      int row = flipped[i];
      boolean after = other.bag.rows.chunk(row)[Slab.offset(row) + RowBag.MATCHES] > 0;
      if (flippedBefore[i] > 0 != after) {
        flips.add(row, (after ? single : -single) * other.bag.weight(row));
      }
    }
    flips.give();
  }

  /** Stored rows of a side that come or go by themselves. */
  private final class Flips {
    private final JoinSide side;
    private int[] rows = new int[64];
    private long[] weights = new long[64];
    private int count;

    Flips(JoinSide side) {
      this.side = side;
    }

    void add(int row, long weight) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, count * 2);
        weights = Arrays.copyOf(weights, count * 2);
      }
      rows[count] = row;
      weights[count++] = weight;
    }

    void give() {
      if (count > 0) {
        JoinOperator.this.give(
            side, side.columns(rows, count), Arrays.copyOf(weights, count), count);
      }
    }
  }

  @Override
  public String describe() {
    List<String> names =
        plan.leftKeys().stream().map(k -> plan.left().schema().column(k).name()).toList();
    return plan.kind() + " JOIN ON " + (names.isEmpty() ? "TRUE" : String.join(", ", names));
  }

  @Override
  public long keys() {
    return left.keys.keys() + right.keys.keys();
  }

  @Override
  public long bytes() {
    return left.bytes() + right.bytes();
  }

  @Override
  public Image freeze() {
    Image leftImage = left.freeze();
    Image rightImage = right.freeze();
    return out -> {
      leftImage.write(out);
      rightImage.write(out);
    };
  }

  @Override
  public void restore(StateInput in) throws IOException {
    left.restore(in);
    right.restore(in);
  }
}
