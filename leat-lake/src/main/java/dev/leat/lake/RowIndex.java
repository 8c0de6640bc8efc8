package dev.leat.lake;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Where each row of a table stands, so that a deleted row's position is found without reading
 * files. Equal rows hang on one chain, and any of them serves. 24 bytes a row in parallel arrays
 * and 8 or so for the slots.
 *
 * <p>A place is a file's number in the upper 32 bits and a position in the lower ones.
 */
final class RowIndex {
  private static final int FREE = -1;

  private int[] slots = emptySlots(64);
  private long[] hashes = new long[32];
  private int[] checks = new int[32];
  private long[] places = new long[32];
  private int[] next = new int[32];
  private int used; // entries ever made
  private int spare = FREE; // the first of a chain of entries to use again
  private int distinct; // slots taken
  private long rows;

  static long place(int file, long position) {
    return ((long) file << 32) | position;
  }

  static int file(long place) {
    return (int) (place >>> 32);
  }

  static int position(long place) {
    return (int) place;
  }

  long rows() {
    return rows;
  }

  void add(long hash, int check, long place) {
    int entry = newEntry();
    hashes[entry] = hash;
    checks[entry] = check;
    places[entry] = place;
    int slot = find(hash, check);
    next[entry] = slots[slot];
    if (slots[slot] == FREE) {
      distinct++;
    }
    slots[slot] = entry;
    rows++;
    if (distinct * 2 > slots.length) {
      grow();
    }
  }

  /** Takes a row out; -1 when there is none such. */
  long remove(long hash, int check) {
    int slot = find(hash, check);
    int entry = slots[slot];
    if (entry == FREE) {
      return -1;
    }
    slots[slot] = next[entry];
    if (slots[slot] == FREE) {
      distinct--;
      closeGap(slot);
    }
    long place = places[entry];
    next[entry] = spare;
    places[entry] = -1;
    spare = entry;
    rows--;
    return place;
  }

  /** Gives every row a new place: what the function says of the old one. */
  void move(LongUnaryOperator moved) {
    for (int i = 0; i < used; i++) {
      if (places[i] != -1) {
        places[i] = moved.applyAsLong(places[i]);
      }
    }
  }

  private int newEntry() {
    if (spare != FREE) {
      int entry = spare;
      spare = next[entry];
      return entry;
    }
    if (used == hashes.length) {
      int length = used + (used >> 1);
      hashes = Arrays.copyOf(hashes, length);
      checks = Arrays.copyOf(checks, length);
      places = Arrays.copyOf(places, length);
      next = Arrays.copyOf(next, length);
    }
    return used++;
  }

  private int find(long hash, int check) {
    int mask = slots.length - 1;
    int slot = home(hash, mask);
    while (slots[slot] != FREE && (hashes[slots[slot]] != hash || checks[slots[slot]] != check)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int home(long hash, int mask) {
    return (int) (hash ^ (hash >>> 32)) & mask;
  }

  /** Linear probing without gravestones: what comes after a gap moves into it, if it may. */
  private void closeGap(int gap) {
    int mask = slots.length - 1;
    int hole = gap;
    for (int slot = (hole + 1) & mask; slots[slot] != FREE; slot = (slot + 1) & mask) {
      int home = home(hashes[slots[slot]], mask);
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        slots[hole] = slots[slot];
        slots[slot] = FREE;
        hole = slot;
      }
    }
  }

  private void grow() {
    int[] old = slots;
    slots = emptySlots(old.length * 2);
    int mask = slots.length - 1;
    for (int entry : old) {
      if (entry != FREE) {
        int slot = home(hashes[entry], mask);
        while (slots[slot] != FREE) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = entry;
      }
    }
  }

  private static int[] emptySlots(int length) {
    int[] empty = new int[length];
    Arrays.fill(empty, FREE);
    return empty;
  }
}
