package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.LongVector;
import dev.leat.data.Rows;
import dev.leat.data.Vector;
import dev.leat.sql.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * GROUP BY: for each touched group {@code -old row +new row}, where a row is there while the
 * group's number of rows is positive; without keys, always.
 */
final class AggregateOperator implements Operator {
  private final Plan.Aggregate plan;
  private final boolean appendOnly;
  private final int[] keyColumns;
  private final AggregateState state;
  private final KeyTable table;
  private final RowBlock block;
  private final Groups groups;
  private final int stateWords;
  private long[] old = new long[0]; // states of the touched groups, as they were
  private long epoch;
  private final boolean waits; // tells of a group only when all changes to it are in
  private boolean gathering; // groups have been touched and not been told of

  AggregateOperator(Plan.Aggregate plan, boolean appendOnly) {
    this.plan = plan;
    this.appendOnly = appendOnly;
    waits = Rules.anewByGroup(plan) || plan.calls().stream().anyMatch(Rules::isSingle);
    keyColumns = plan.keys().stream().mapToInt(Integer::intValue).toArray();
    state = new AggregateState(plan, appendOnly);
    RowLayout layout = RowLayout.of(plan.input().schema(), plan.keys());
    int keyAt = state.words();
    table = new KeyTable(new Slab(keyAt + layout.size), layout, keyAt, new ByteHeap());
    block = new RowBlock(layout);
    groups = new Groups(table.slab, state.filters, Batch.empty(plan.input().schema()));
    stateWords = keyAt - Groups.ROWS_WORD;
  }

  private boolean isGlobal() {
    return keyColumns.length == 0;
  }

  /** Without keys there is a row from the beginning; it comes with the first changes in it. */
  @Override
  public Batch start(List<Batch> inputs) {
    if (!isGlobal()) {
      return step(inputs);
    }
    begin();
    block.encode(new Vector[0], 0, 1);
    table.findOrAdd(block, groups.addresses);
    touch(1);
    take(inputs.getFirst());
    return emit(false);
  }

  @Override
  public Batch step(List<Batch> inputs) {
    if (inputs.getFirst().isEmpty() && !gathering) {
      return Batch.empty(plan.schema());
    }
    if (!gathering) {
      begin();
    }
    gathering = false;
    take(inputs.getFirst());
    return emit(isGlobal());
  }

  @Override
  public Batch gather(List<Batch> inputs) {
    if (!waits) {
      return step(inputs);
    }
    if (!gathering) {
      begin();
    }
    gathering = true;
    take(inputs.getFirst());
    return Batch.empty(plan.schema());
  }

  private void begin() {
    epoch = epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
    groups.touchedCount = 0;
  }

  private void take(Batch input) {
    for (int from = 0; from < input.size(); from += RowBlock.ROWS) {
      int to = Math.min(input.size(), from + RowBlock.ROWS);
      block.encode(input, keyColumns, from, to);
      table.findOrAdd(block, groups.addresses);
      touch(to - from);
      groups.fill(input, from, to);
      count();
      for (Accumulator accumulator : state.accumulators) {
        accumulator.update(groups);
      }
    }
  }

  private void count() {
    CountAccumulator.add(groups, 0, Groups.ROWS_WORD);
  }

  /** Notes the state of each group that the step has not touched before. */
  private void touch(int count) {
    Slab slab = table.slab;
    groups.single = true;
    for (int i = 0; i < count; i++) {
      int address = groups.addresses[i];
      if (i > 0 && address == groups.addresses[i - 1]) {
        continue;
      }
      groups.single = i == 0;
      int at = Slab.offset(address);
      if (slab.chunk(address)[at] >>> 32 != epoch) {
        long[] chunk = slab.own(address);
        int place = groups.touchedCount++;
        if (place == groups.touched.length) {
          groups.touched = Arrays.copyOf(groups.touched, place * 2);
        }
        if (old.length < (place + 1) * stateWords) {
          old = Arrays.copyOf(old, Math.max(64 * stateWords, 2 * old.length));
        }
        groups.touched[place] = address;
        chunk[at] = epoch << 32 | place;
        System.arraycopy(chunk, at + Groups.ROWS_WORD, old, place * stateWords, stateWords);
      }
    }
  }

  private Batch emit(boolean hadRow) {
    for (Accumulator accumulator : state.accumulators) {
      accumulator.settle(groups);
    }
    int count = groups.touchedCount;
    Result.States states = states(count);
    boolean[] was = new boolean[count];
    boolean[] is = new boolean[count];
    boolean[] differs = new boolean[count];
    for (int t = 0; t < count; t++) {
      was[t] = isGlobal() ? hadRow : old[t * stateWords] > 0;
      is[t] = isGlobal() || states.words()[(count + t) * stateWords] > 0;
      differs[t] = was[t] != is[t];
    }
    List<Vector> results = new ArrayList<>();
    for (Result result : state.results) {
      Vector vector = result.result(states);
      compare(vector, count, differs);
      results.add(vector);
    }
    Batch change = changes(count, was, is, differs, results);
    for (Accumulator accumulator : state.accumulators) {
      accumulator.forget(groups);
    }
    release(count);
    if (count > Parts.ROWS) {
      letGo();
    }
    return change;
  }

  /** Few steps touch as many groups as one that waits for all rows of a table. */
  private void letGo() {
    old = new long[0];
    groups.touched = new int[64];
    groups.touchedCount = 0;
  }

  /** The old states of the touched groups and, after them, the new ones. */
  private Result.States states(int count) {
    long[] words = Arrays.copyOf(old, 2 * count * stateWords);
    for (int t = 0; t < count; t++) {
      int address = groups.touched[t];
      System.arraycopy(
          table.slab.chunk(address),
          Slab.offset(address) + Groups.ROWS_WORD,
          words,
          (count + t) * stateWords,
          stateWords);
    }
    return new Result.States(words, stateWords, 2 * count);
  }

  private static void compare(Vector vector, int count, boolean[] differs) {
    if (vector instanceof LongVector v && !v.hasNulls()) {
      long[] values = v.values();
      for (int t = 0; t < count; t++) {
        differs[t] |= values[t] != values[count + t];
      }
      return;
    }
    for (int t = 0; t < count; t++) {
      differs[t] |= !Rows.same(vector, t, vector, count + t);
    }
  }

  private Batch changes(
      int count, boolean[] was, boolean[] is, boolean[] differs, List<Vector> results) {
    int[] picks = new int[2 * count];
    int[] addresses = new int[2 * count];
    long[] weights = new long[2 * count];
    int rows = 0;
    for (int t = 0; t < count; t++) {
      if (was[t] && differs[t]) {
        picks[rows] = t;
        addresses[rows] = groups.touched[t];
        weights[rows++] = -1;
      }
      if (is[t] && differs[t]) {
        picks[rows] = count + t;
        addresses[rows] = groups.touched[t];
        weights[rows++] = 1;
      }
    }
    List<Vector> columns = new ArrayList<>();
    for (int key = 0; key < keyColumns.length; key++) {
      columns.add(table.layout.column(key, table.slab, table.keyAt, table.heap, addresses, rows));
    }
    for (Vector result : results) {
      columns.add(result.gather(picks, rows));
    }
    return Batch.of(plan.schema(), columns, weights, rows);
  }

  /** Drops the groups that hold nothing any more. */
  private void release(int count) {
    if (isGlobal()) {
      return;
    }
    for (int t = 0; t < count; t++) {
      int address = groups.touched[t];
      long[] chunk = table.slab.chunk(address);
      int at = Slab.offset(address);
      if (chunk[at + Groups.ROWS_WORD] == 0 && isZero(chunk, at)) {
        for (Accumulator accumulator : state.accumulators) {
          accumulator.release(address, table.slab);
        }
        table.remove(address);
      }
    }
  }

  private boolean isZero(long[] chunk, int record) {
    for (int a = 0; a < state.accumulators.size(); a++) {
      if (!state.accumulators.get(a).isZero(chunk, record + state.firstWords.get(a))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String describe() {
    return isGlobal()
        ? "aggregate"
        : plan.keys().stream()
            .map(k -> plan.input().schema().column(k).name())
            .collect(Collectors.joining(", ", "GROUP BY ", ""));
  }

  @Override
  public String form() {
    return appendOnly ? "append-only" : "any changes";
  }

  @Override
  public long keys() {
    return table.keys();
  }

  @Override
  public long bytes() {
    return table.bytes()
        + table.slab.bytes()
        + table.heap.bytes()
        + (long) old.length * Long.BYTES
        + (long) groups.touched.length * Integer.BYTES
        + state.accumulators.stream().mapToLong(Accumulator::bytes).sum();
  }

  @Override
  public Image freeze() {
    List<Image> images = new ArrayList<>();
    images.add(table.freeze());
    state.accumulators.forEach(a -> images.add(a.freeze()));
    return out -> {
      for (Image image : images) {
        image.write(out);
      }
    };
  }

  @Override
  public void restore(StateInput in) throws IOException {
    table.restore(in);
    for (Accumulator accumulator : state.accumulators) {
      accumulator.restore(in);
    }
  }
}
