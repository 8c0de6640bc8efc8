package dev.leat.runtime;

import dev.leat.data.LongVector;
import dev.leat.data.Vector;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The different values of an argument (or of several together) in every group, each with how often
 * it is there, by filter: {@code V(group, x, w)}. It serves every aggregate over that argument that
 * must know the values, under any changes: each {@link Use} hears when a value appears (its count
 * becomes positive) or disappears. A value of which a part is NULL is none.
 */
final class ValueIndex implements Accumulator {
  private static final int NEXT = 1; // in the chain of the group's values, as address + 1
  private static final int PREVIOUS = 2;
  private static final int COUNTS = 3;
  private static final int LINKED = 1;
  private static final int EMPTIED = 2;

  /** An aggregate over the values. */
  interface Use {
    /** Told once, before anything else. */
    default void attach(ValueIndex index) {}

    int filter();

    default void appears(Groups groups, int row, int value) {}

    default void disappears(Groups groups, int row, int value) {}

    default void settle(Groups groups) {}
  }

  private final int headWord;
  private final int[] arguments;
  private final List<Use> uses;
  private final int[] filters;
  private final int[] slotOf; // of each use, its filter's place in filters
  final KeyTable table;
  private final RowBlock block;
  private long[] groupOf = new long[0];
  private int[] emptied = new int[16];
  private int emptiedCount;

  ValueIndex(int headWord, List<Integer> arguments, RowLayout layout, List<Use> uses) {
    this.headWord = headWord;
    this.arguments = arguments.stream().mapToInt(Integer::intValue).toArray();
    this.uses = List.copyOf(uses);
    filters = uses.stream().mapToInt(Use::filter).distinct().toArray();
    slotOf = new int[uses.size()];
    for (int u = 0; u < slotOf.length; u++) {
      for (int f = 0; f < filters.length; f++) {
        if (filters[f] == uses.get(u).filter()) {
          slotOf[u] = f;
        }
      }
    }
    int keyAt = COUNTS + filters.length;
    table = new KeyTable(new Slab(keyAt + layout.size), layout, keyAt, new ByteHeap());
    block = new RowBlock(layout);
  }

  @Override
  public int words() {
    return 1;
  }

  @Override
  public void update(Groups groups) {
    int end = groups.from + groups.count;
    if (groupOf.length < end) {
      groupOf = new long[Math.max(end, groups.batch.size())];
    }
    for (int i = 0; i < groups.count; i++) {
      groupOf[groups.from + i] = groups.addresses[i];
    }
    Vector[] vectors = new Vector[1 + arguments.length];
    vectors[0] = new LongVector(groupOf, Vector.NO_NULLS, end);
    for (int a = 0; a < arguments.length; a++) {
      vectors[1 + a] = groups.batch.column(arguments[a]);
    }
    block.encode(vectors, groups.from, end);
    for (int i = 0; i < groups.count; i++) {
      if (!block.anyNull(i) && counts(groups, i)) {
        change(groups, i);
      }
    }
  }

  private boolean counts(Groups groups, int row) {
    for (int filter : filters) {
      if (groups.weights(filter)[row] != 0) {
        return true;
      }
    }
    return false;
  }

  private void change(Groups groups, int row) {
    int value = table.findOrAdd(block, row);
    long[] chunk = table.slab.own(value);
    int at = Slab.offset(value);
    if (chunk[at] == 0) {
      link(groups, row, value);
      chunk = table.slab.chunk(value);
    }
    boolean empty = true;
    for (int f = 0; f < filters.length; f++) {
      long weight = groups.weights(filters[f])[row];
      long before = chunk[at + COUNTS + f];
      long after = before + weight;
      chunk[at + COUNTS + f] = after;
      empty &= after == 0;
      if (before > 0 != after > 0) {
        tell(groups, row, value, f, after > 0);
      }
    }
    if (empty && (chunk[at] & EMPTIED) == 0) {
      chunk[at] |= EMPTIED;
      if (emptiedCount == emptied.length) {
        emptied = Arrays.copyOf(emptied, emptiedCount * 2);
      }
      emptied[emptiedCount++] = value;
    }
  }

  private void tell(Groups groups, int row, int value, int filter, boolean appears) {
    for (int u = 0; u < slotOf.length; u++) {
      if (slotOf[u] == filter) {
        if (appears) {
          uses.get(u).appears(groups, row, value);
        } else {
          uses.get(u).disappears(groups, row, value);
        }
      }
    }
  }

  private void link(Groups groups, int row, int value) {
    long[] group = groups.chunk(row);
    int head = groups.offset(row) + headWord;
    int next = (int) group[head];
    long[] chunk = table.slab.own(value);
    int at = Slab.offset(value);
    chunk[at] = LINKED;
    chunk[at + NEXT] = next;
    if (next != 0) {
      table.slab.own(next - 1)[Slab.offset(next - 1) + PREVIOUS] = value + 1;
    }
    group[head] = value + 1;
  }

  private void unlink(Slab groups, int value) {
    long[] chunk = table.slab.chunk(value);
    int at = Slab.offset(value);
    int next = (int) chunk[at + NEXT];
    int previous = (int) chunk[at + PREVIOUS];
    if (previous == 0) {
      int group = (int) chunk[at + table.keyAt + table.layout.word(0)];
      groups.own(group)[Slab.offset(group) + headWord] = next;
    } else {
      table.slab.own(previous - 1)[Slab.offset(previous - 1) + NEXT] = next;
    }
    if (next != 0) {
      table.slab.own(next - 1)[Slab.offset(next - 1) + PREVIOUS] = previous;
    }
  }

  /**
   * The first of all values of a group, {@link #next} gives the others: also those that are there
   * for no use, or for other uses only.
   */
  int first(long[] chunk, int record) {
    return (int) chunk[record + headWord] - 1;
  }

  int next(int value) {
    return (int) table.slab.chunk(value)[Slab.offset(value) + NEXT] - 1;
  }

  boolean isThere(int value, Use use) {
    return count(value, use) > 0;
  }

  /** How often a value is there for a use. */
  long count(int value, Use use) {
    int slot = slotOf[uses.indexOf(use)];
    return table.slab.chunk(value)[Slab.offset(value) + COUNTS + slot];
  }

  /** The word of a value's part; parts count from 1. */
  long word(int value, int part) {
    return table.slab.chunk(value)[Slab.offset(value) + table.keyAt + table.layout.word(part)];
  }

  /** Orders two values by their parts, one after the other. */
  int compare(int left, int right) {
    for (int part = 1; part <= arguments.length; part++) {
      int order =
          switch (table.layout.kinds[part]) {
            case LONG -> Long.compare(word(left, part), word(right, part));
            case DOUBLE ->
                Double.compare(
                    Double.longBitsToDouble(word(left, part)),
                    Double.longBitsToDouble(word(right, part)));
            case BYTES -> compareBytes(left, right, part);
          };
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int compareBytes(int left, int right, int part) {
    int from = bytesStart(left, part);
    int other = bytesStart(right, part);
    return Arrays.compareUnsigned(
        bytes(left),
        from,
        from + (int) word(left, part),
        bytes(right),
        other,
        other + (int) word(right, part));
  }

  /** Where the bytes of a value are. */
  byte[] bytes(int value) {
    return table.heap.chunk(reference(value));
  }

  /** Where in {@link #bytes} a part begins; its word's low half is how long it is. */
  int bytesStart(int value, int part) {
    int at = Slab.offset(value) + table.keyAt;
    return ByteHeap.offset(reference(value))
        + table.layout.byteStart(table.slab.chunk(value), at, part);
  }

  private long reference(int value) {
    return table.layout.reference(table.slab.chunk(value), Slab.offset(value) + table.keyAt);
  }

  /** The last part of many values; of an address that is negative, NULL. */
  Vector column(int[] values) {
    return table.layout.column(
        arguments.length, table.slab, table.keyAt, table.heap, values, values.length);
  }

  @Override
  public void settle(Groups groups) {
    for (Use use : uses) {
      use.settle(groups);
    }
  }

  @Override
  public void forget(Groups groups) {
    for (int i = 0; i < emptiedCount; i++) {
      int value = emptied[i];
      long[] chunk = table.slab.own(value);
      int at = Slab.offset(value);
      chunk[at] = LINKED;
      boolean empty = true;
      for (int f = 0; f < filters.length; f++) {
        empty &= chunk[at + COUNTS + f] == 0;
      }
      if (empty) {
        unlink(groups.slab, value);
        table.remove(value);
      }
    }
    emptiedCount = 0;
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
    table.slab.forEach(value -> table.slab.chunk(value)[Slab.offset(value)] = LINKED);
  }
}
