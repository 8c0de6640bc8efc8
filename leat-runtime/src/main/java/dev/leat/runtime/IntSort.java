package dev.leat.runtime;

import java.util.Arrays;

/** Sorts ints by an order of their own, stably: merges, or for a few inserts. */
final class IntSort {
  private static final int FEW = 12;

  private IntSort() {}

  interface Order {
    int compare(int left, int right);
  }

  static void sort(int[] values, int count, Order order) {
    sort(values, 0, count, order);
  }

  static void sort(int[] values, int from, int to, Order order) {
    if (!isSorted(values, from, to, order)) {
      int[] source = Arrays.copyOfRange(values, from, to);
      int[] target = source.clone();
      merge(source, target, 0, target.length, order);
      System.arraycopy(target, 0, values, from, target.length);
    }
  }

  private static boolean isSorted(int[] values, int from, int to, Order order) {
    for (int i = from + 1; i < to; i++) {
      if (order.compare(values[i - 1], values[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Sorts {@code target}; {@code source} holds the same and is used up. */
  private static void merge(int[] source, int[] target, int from, int to, Order order) {
    if (to - from <= FEW) {
      insert(target, from, to, order);
      return;
    }
    int middle = (from + to) >>> 1;
    merge(target, source, from, middle, order);
    merge(target, source, middle, to, order);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean fromLeft =
          left < middle && (right == to || order.compare(source[left], source[right]) <= 0);
      target[i] = fromLeft ? source[left++] : source[right++];
    }
  }

  private static void insert(int[] values, int from, int to, Order order) {
    for (int i = from + 1; i < to; i++) {
      int value = values[i];
      int at = i;
      while (at > from && order.compare(values[at - 1], value) > 0) {
        values[at] = values[at - 1];
        at--;
      }
      values[at] = value;
    }
  }
}
