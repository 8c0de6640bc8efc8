package dev.leat.runtime;

import dev.leat.data.Vector;
import java.io.IOException;
import java.util.Arrays;

/**
 * A bag of rows with weights, each row in the chain of its key's record.
 *
 * <p>While rows are only added, they are appended to their chain and nothing is looked up. The
 * first deletion builds an index by the whole row, which is kept from then on, also over a restart.
 *
 * <p>A row that is taken away can still be read until {@link #release}, at the end of the step: its
 * owner may have to tell of it, and its place must not be another row's by then.
 */
final class RowBag {
  static final int WEIGHT = 1;
  static final int NEXT = 2; // address + 1
  static final int MATCHES = 3;
  private static final int PREVIOUS = 4;
  private static final int KEY = 5;
  static final int ROW = 6;
  private static final int NO_KEY = -1;

  final RowLayout layout;
  final Slab rows;
  final ByteHeap heap = new ByteHeap();
  private final KeyTable index;
  private final Slab keys;
  private final int headWord;
  private boolean indexed;
  private long owed; // rows that were taken away and have not come
  private int[] dropped = new int[64];
  private int droppedCount;

  /**
   * @param keys the records of the keys
   * @param headWord the word of a key's record that begins its chain, as address + 1
   */
  RowBag(RowLayout layout, Slab keys, int headWord) {
    this.layout = layout;
    this.keys = keys;
    this.headWord = headWord;
    rows = new Slab(ROW + layout.size);
    index = new KeyTable(rows, layout, ROW, heap);
  }

  int first(int key) {
    return (int) keys.chunk(key)[Slab.offset(key) + headWord] - 1;
  }

  int next(int row) {
    return (int) rows.chunk(row)[Slab.offset(row) + NEXT] - 1;
  }

  long weight(int row) {
    return rows.chunk(row)[Slab.offset(row) + WEIGHT];
  }

  long[] own(int row) {
    return rows.own(row);
  }

  /**
   * Adds a row of a block some times, or takes it away.
   *
   * @param key its key's record
   * @param matches kept with the row
   */
  void change(RowBlock block, int row, long weight, int key, long matches) {
    if (weight < 0 && !indexed) {
      index();
    }
    if (!indexed) {
      append(block, row, weight, key, matches);
      return;
    }
    long rest = weight;
    while (rest != 0) {
      int found = index.find(block, row);
      if (found == KeyTable.ABSENT) {
        index.index(append(block, row, rest, key, matches));
        owed += rest < 0 ? 1 : 0;
        return;
      }
      long[] chunk = rows.own(found);
      int at = Slab.offset(found);
      long sum = chunk[at + WEIGHT] + rest;
      owed -= chunk[at + WEIGHT] < 0 && sum >= 0 ? 1 : 0;
      if (sum != 0 && (sum > 0 || chunk[at + WEIGHT] < 0)) {
        chunk[at + WEIGHT] = sum;
        return;
      }
      unlink(found);
      drop(found);
      rest = sum;
    }
  }

  boolean owes() {
    return owed > 0;
  }

  /** Sets a row of a block off against what is owed of it; gives how often it is left. */
  long settle(RowBlock block, int row, long weight, int key) {
    int found = index.find(block, row);
    if (found == KeyTable.ABSENT || weight(found) > 0) {
      return weight;
    }
    long paid = Math.min(weight, -weight(found));
    change(block, row, paid, key, 0);
    return weight - paid;
  }

  private void index() {
    indexed = true;
    owed = 0;
    index.clear();
    rows.forEach(address -> {
      if (rows.chunk(address)[Slab.offset(address) + KEY] != NO_KEY) {
        index.index(address);
        owed += weight(address) < 0 ? 1 : 0;
      }
    });
  }

  private int append(RowBlock block, int row, long weight, int key, long matches) {
    int address = rows.allocate();
    long[] chunk = rows.chunk(address);
    int at = Slab.offset(address);
    layout.store(block, row, chunk, at + ROW, heap);
    chunk[at + WEIGHT] = weight;
    chunk[at + MATCHES] = matches;
    chain(address, key);
    return address;
  }

  /** Stores a row that is in no chain. */
  int store(RowBlock block, int row, long weight) {
    int address = rows.allocate();
    long[] chunk = rows.chunk(address);
    int at = Slab.offset(address);
    layout.store(block, row, chunk, at + ROW, heap);
    chunk[at + WEIGHT] = weight;
    chunk[at + KEY] = NO_KEY;
    return address;
  }

  /** Stores a row that is in no chain and will never be looked up. */
  int store(Vector[] vectors, int row, long weight) {
    int address = rows.allocate();
    long[] chunk = rows.chunk(address);
    int at = Slab.offset(address);
    layout.store(vectors, row, chunk, at + ROW, heap);
    chunk[at + WEIGHT] = weight;
    chunk[at + KEY] = NO_KEY;
    return address;
  }

  /** Puts a row that is in no chain into one. */
  void link(int address, int key) {
    chain(address, key);
    if (indexed) {
      index.index(address);
    }
  }

  /** Takes a row out of its chain; it lives on. */
  void unlink(int address) {
    unchain(address);
    rows.own(address)[Slab.offset(address) + KEY] = NO_KEY;
    if (indexed) {
      index.unindex(address);
    }
  }

  /** Lets go of a row that is in no chain. */
  void drop(int address) {
    if (droppedCount == dropped.length) {
      dropped = Arrays.copyOf(dropped, droppedCount * 2);
    }
    dropped[droppedCount++] = address;
  }

  /** Frees the rows that were taken away or dropped. */
  void release() {
    for (int i = 0; i < droppedCount; i++) {
      layout.release(rows.chunk(dropped[i]), Slab.offset(dropped[i]) + ROW, heap);
      rows.release(dropped[i]);
    }
    droppedCount = 0;
  }

  private void chain(int address, int key) {
    long[] chunk = rows.own(address);
    int at = Slab.offset(address);
    chunk[at + KEY] = key;
    chunk[at + PREVIOUS] = 0;
    long[] head = keys.own(key);
    int headAt = Slab.offset(key) + headWord;
    int next = (int) head[headAt];
    chunk[at + NEXT] = next;
    if (next != 0) {
      rows.own(next - 1)[Slab.offset(next - 1) + PREVIOUS] = address + 1;
    }
    head[headAt] = address + 1;
  }

  private void unchain(int row) {
    long[] chunk = rows.chunk(row);
    int at = Slab.offset(row);
    int next = (int) chunk[at + NEXT];
    int previous = (int) chunk[at + PREVIOUS];
    int key = (int) chunk[at + KEY];
    if (previous == 0) {
      keys.own(key)[Slab.offset(key) + headWord] = next;
    } else {
      rows.own(previous - 1)[Slab.offset(previous - 1) + NEXT] = next;
    }
    if (next != 0) {
      rows.own(next - 1)[Slab.offset(next - 1) + PREVIOUS] = previous;
    }
  }

  long bytes() {
    return rows.bytes() + heap.bytes() + index.bytes();
  }

  Image freeze() {
    int flag = indexed ? 1 : 0;
    return Image.both(out -> out.writeInt(flag), Image.both(rows.freeze(), heap.freeze()));
  }

  void restore(StateInput in) throws IOException {
    indexed = in.readInt() == 1;
    rows.restore(in);
    heap.restore(in);
    if (indexed) {
      index();
    }
  }
}
