package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Rows;
import dev.leat.data.Vector;
import dev.leat.model.Schema;
import dev.leat.sql.Plan.SetKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * DISTINCT and the set operations: for each touched row {@code f(new counts) - f(old counts)},
 * where f is {@code [any > 0]} (UNION, DISTINCT), {@code [all > 0]} (INTERSECT), the least
 * (INTERSECT ALL), {@code [first > 0 and no other > 0]} (EXCEPT), {@code max(first - others, 0)}
 * (EXCEPT ALL).
 */
final class SetOperator implements Operator {
  private static final int COUNTS = 1;

  private final SetKind kind;
  private final Schema schema;
  private final int inputs;
  private final KeyTable table;
  private final RowBlock block;
  private final int[] addresses = new int[RowBlock.ROWS];
  private int[] touched = new int[64];
  private long[] before = new long[64];
  private int touchedCount;
  private long epoch;

  SetOperator(SetKind kind, Schema schema, int inputs) {
    this.kind = kind;
    this.schema = schema;
    this.inputs = inputs;
    RowLayout layout = RowLayout.of(schema);
    int rowAt = COUNTS + inputs;
    table = new KeyTable(new Slab(rowAt + layout.size), layout, rowAt, new ByteHeap());
    block = new RowBlock(layout);
  }

  @Override
  public Batch step(List<Batch> changes) {
    epoch = epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
    touchedCount = 0;
    for (int input = 0; input < inputs; input++) {
      take(changes.get(input), input);
    }
    return emit();
  }

  private void take(Batch delta, int input) {
    if (delta.isEmpty()) {
      return;
    }
    int[] columns = Rows.allColumns(delta);
    for (int from = 0; from < delta.size(); from += RowBlock.ROWS) {
      int to = Math.min(delta.size(), from + RowBlock.ROWS);
      block.encode(delta, columns, from, to);
      table.findOrAdd(block, addresses);
      for (int i = 0; i < to - from; i++) {
        touch(addresses[i]);
        table.slab.chunk(addresses[i])[Slab.offset(addresses[i]) + COUNTS + input] +=
            delta.weights()[from + i];
      }
    }
  }

  private void touch(int address) {
    int at = Slab.offset(address);
    if (table.slab.chunk(address)[at] == epoch) {
      return;
    }
    long[] chunk = table.slab.own(address);
    chunk[at] = epoch;
    if (touchedCount == touched.length) {
      touched = Arrays.copyOf(touched, touchedCount * 2);
      before = Arrays.copyOf(before, touchedCount * 2);
    }
    touched[touchedCount] = address;
    before[touchedCount++] = value(chunk, at + COUNTS);
  }

  private long value(long[] chunk, int at) {
    long first = chunk[at];
    long least = first;
    long most = first;
    long others = 0;
    long mostOther = 0;
    for (int i = 1; i < inputs; i++) {
      long count = chunk[at + i];
      least = Math.min(least, count);
      most = Math.max(most, count);
      others += Math.max(count, 0);
      mostOther = Math.max(mostOther, count);
    }
    return switch (kind) {
      case UNION -> most > 0 ? 1 : 0;
      case INTERSECT -> least > 0 ? 1 : 0;
      case INTERSECT_ALL -> Math.max(least, 0);
      case EXCEPT -> first > 0 && mostOther <= 0 ? 1 : 0;
      case EXCEPT_ALL -> Math.max(first - others, 0);
    };
  }

  private Batch emit() {
    int[] rows = new int[touchedCount];
    long[] weights = new long[touchedCount];
    int count = 0;
    for (int t = 0; t < touchedCount; t++) {
      int address = touched[t];
      long change = value(table.slab.chunk(address), Slab.offset(address) + COUNTS) - before[t];
      if (change != 0) {
        rows[count] = address;
        weights[count++] = change;
      }
    }
    List<Vector> columns = new ArrayList<>();
    for (int column = 0; column < schema.size(); column++) {
      columns.add(table.layout.column(column, table.slab, table.keyAt, table.heap, rows, count));
    }
    release();
    return Batch.of(schema, columns, weights, count);
  }

  private void release() {
    for (int t = 0; t < touchedCount; t++) {
      long[] chunk = table.slab.chunk(touched[t]);
      int at = Slab.offset(touched[t]) + COUNTS;
      boolean empty = true;
      for (int i = 0; i < inputs; i++) {
        empty &= chunk[at + i] == 0;
      }
      if (empty) {
        table.remove(touched[t]);
      }
    }
  }

  @Override
  public String describe() {
    return inputs == 1 ? "DISTINCT" : kind.name().replace('_', ' ');
  }

  @Override
  public long keys() {
    return table.keys();
  }

  @Override
  public long bytes() {
    return table.bytes() + table.slab.bytes() + table.heap.bytes();
  }

  @Override
  public Image freeze() {
    return table.freeze();
  }

  @Override
  public void restore(StateInput in) throws IOException {
    table.restore(in);
  }
}
