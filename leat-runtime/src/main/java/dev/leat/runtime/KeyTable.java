package dev.leat.runtime;

import java.io.IOException;

/**
 * Records found by a key: an open-addressing index over the records of a {@link Slab}, whose key
 * stands in the record itself.
 *
 * <p>The index is 64 sub-tables by the hash's top bits, so that growing one is short; they grow at
 * different fillings, so that they do not all grow in one step. A slot is {@code tag << 32 |
 * address + 1}, the tag being 32 other bits of the hash: a sub-table grows without looking at
 * records. The index is not in a snapshot; it is built again from the records.
 */
final class KeyTable {
  private static final int SUBS = 64;
  private static final int FIRST_SLOTS = 8;
  static final int ABSENT = -1;
  private static final int WARM_KEYS = 20_000;

  final Slab slab;
  final RowLayout layout;

  /** Where in a record the key stands. */
  final int keyAt;

  final ByteHeap heap;
  private final long[][] subs = new long[SUBS][];
  private final int[] shifts = new int[SUBS];
  private final int[] sizes = new int[SUBS];
  private final int[] limits = new int[SUBS];
  private final long[] guesses = new long[RowBlock.ROWS];
  private long warmed; // so that reading ahead is not optimised away

  KeyTable(Slab slab, RowLayout layout, int keyAt, ByteHeap heap) {
    this.slab = slab;
    this.layout = layout;
    this.keyAt = keyAt;
    this.heap = heap;
    for (int sub = 0; sub < SUBS; sub++) {
      allot(sub, FIRST_SLOTS);
    }
  }

  private void allot(int sub, int slots) {
    subs[sub] = new long[slots];
    shifts[sub] = Integer.numberOfLeadingZeros(slots) + 1;
    limits[sub] = (int) (slots * (0.45 + 0.3 * sub / SUBS));
  }

  private static int sub(long hash) {
    return (int) (hash >>> 58);
  }

  private static int tag(long hash) {
    return (int) (hash >>> 26);
  }

  /** The record of each row of a block, {@link #ABSENT} where there is none. */
  void find(RowBlock block, int[] addresses) {
    warm(block);
    for (int row = 0; row < block.count; row++) {
      addresses[row] = block.repeats(row) ? addresses[row - 1] : find(block, row);
    }
  }

  /**
   * Reads what the rows of a block will need, in loops so short that many reads are under way at
   * once: a large table is not in the cache.
   */
  private void warm(RowBlock block) {
    if (slab.live() < WARM_KEYS) {
      return;
    }
    for (int row = 0; row < block.count; row++) {
      long hash = block.hashes[row];
      int sub = sub(hash);
      guesses[row] = subs[sub][tag(hash) >>> shifts[sub]];
    }
    long read = 0;
    for (int row = 0; row < block.count; row++) {
      long slot = guesses[row];
      if (slot != 0 && (int) (slot >>> 32) == tag(block.hashes[row])) {
        int address = (int) slot - 1;
        read += slab.chunk(address)[Slab.offset(address)];
      }
    }
    warmed = read;
  }

  int find(RowBlock block, int row) {
    long hash = block.hashes[row];
    int sub = sub(hash);
    int tag = tag(hash);
    long[] slots = subs[sub];
    int mask = slots.length - 1;
    int at = tag >>> shifts[sub];
    while (true) {
      long slot = slots[at];
      if (slot == 0) {
        return ABSENT;
      }
      if ((int) (slot >>> 32) == tag && matches((int) slot - 1, block, row)) {
        return (int) slot - 1;
      }
      at = (at + 1) & mask;
    }
  }

  /** The record of each row of a block; a new one, zero but for its key, where there was none. */
  void findOrAdd(RowBlock block, int[] addresses) {
    warm(block);
    for (int row = 0; row < block.count; row++) {
      addresses[row] = block.repeats(row) ? addresses[row - 1] : findOrAdd(block, row);
    }
  }

  int findOrAdd(RowBlock block, int row) {
    long hash = block.hashes[row];
    int sub = sub(hash);
    int tag = tag(hash);
    long[] slots = subs[sub];
    int mask = slots.length - 1;
    int at = tag >>> shifts[sub];
    while (true) {
      long slot = slots[at];
      if (slot == 0) {
        int address = slab.allocate();
        layout.store(block, row, slab.chunk(address), Slab.offset(address) + keyAt, heap);
        slots[at] = slot(tag, address);
        added(sub);
        return address;
      }
      if ((int) (slot >>> 32) == tag && matches((int) slot - 1, block, row)) {
        return (int) slot - 1;
      }
      at = (at + 1) & mask;
    }
  }

  private static long slot(int tag, int address) {
    return (long) tag << 32 | (address + 1);
  }

  private boolean matches(int address, RowBlock block, int row) {
    return layout.same(slab.chunk(address), Slab.offset(address) + keyAt, heap, block, row);
  }

  private void added(int sub) {
    if (++sizes[sub] > limits[sub]) {
      long[] old = subs[sub];
      allot(sub, old.length * 2);
      long[] slots = subs[sub];
      int mask = slots.length - 1;
      for (long slot : old) {
        if (slot != 0) {
          int at = (int) (slot >>> 32) >>> shifts[sub];
          while (slots[at] != 0) {
            at = (at + 1) & mask;
          }
          slots[at] = slot;
        }
      }
    }
  }

  /** Takes a record out of the index and frees it. */
  void remove(int address) {
    unindex(address);
    layout.release(slab.chunk(address), Slab.offset(address) + keyAt, heap);
    slab.release(address);
  }

  /** Takes a record out of the index; it lives on. */
  void unindex(int address) {
    long hash = layout.hash(slab.chunk(address), Slab.offset(address) + keyAt);
    int sub = sub(hash);
    long wanted = slot(tag(hash), address);
    long[] slots = subs[sub];
    int mask = slots.length - 1;
    int at = tag(hash) >>> shifts[sub];
    while (slots[at] != wanted) {
      at = (at + 1) & mask;
    }
    closeGap(slots, mask, shifts[sub], at);
    sizes[sub]--;
  }

  /** Moves later slots of the run back, so that no empty slot stands before one at home there. */
  private static void closeGap(long[] slots, int mask, int shift, int gap) {
    int at = gap;
    while (true) {
      at = (at + 1) & mask;
      long slot = slots[at];
      if (slot == 0) {
        slots[gap] = 0;
        return;
      }
      int home = (int) (slot >>> 32) >>> shift;
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        slots[gap] = slot;
        gap = at;
      }
    }
  }

  long keys() {
    long keys = 0;
    for (int size : sizes) {
      keys += size;
    }
    return keys;
  }

  /** Of the index; the slab and the heap tell their own. */
  long bytes() {
    long bytes = 0;
    for (long[] slots : subs) {
      bytes += (long) slots.length * Long.BYTES;
    }
    return bytes;
  }

  /** Builds the index from the records of the slab. */
  void index() {
    clear();
    slab.forEach(this::index);
  }

  void clear() {
    for (int sub = 0; sub < SUBS; sub++) {
      sizes[sub] = 0;
      allot(sub, FIRST_SLOTS);
    }
  }

  /** Adds a record that the slab holds already and whose key is not in the index. */
  void index(int address) {
    long hash = layout.hash(slab.chunk(address), Slab.offset(address) + keyAt);
    int sub = sub(hash);
    long[] slots = subs[sub];
    int mask = slots.length - 1;
    int at = tag(hash) >>> shifts[sub];
    while (slots[at] != 0) {
      at = (at + 1) & mask;
    }
    slots[at] = slot(tag(hash), address);
    added(sub);
  }

  /** The records and their bytes, for a heap that is this table's alone. */
  Image freeze() {
    return Image.both(slab.freeze(), heap.freeze());
  }

  void restore(StateInput in) throws IOException {
    slab.restore(in);
    heap.restore(in);
    index();
  }
}
