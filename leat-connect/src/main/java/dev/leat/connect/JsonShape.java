package dev.leat.connect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The keys of records seen so far, in the order they came: records of one producer have the same
 * keys in the same order, so the next key is nearly always the next of the shape.
 */
final class JsonShape {
  /** The column of a key that is not in the contract. */
  static final int IGNORED = -1;

  static final int NOT_FOUND = -1;

  private static final int KEYS_MAX = 128;

  private byte[][] keys;
  private int[] columns;

  JsonShape(List<String> names) {
    keys = new byte[names.size()][];
    columns = new int[names.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = quoted(names.get(i));
      columns[i] = i;
    }
  }

  private static byte[] quoted(String name) {
    return ("\"" + name + "\"").getBytes(StandardCharsets.UTF_8);
  }

  int size() {
    return keys.length;
  }

  int column(int key) {
    return columns[key];
  }

  /** How many bytes a key takes with its quotes. */
  int bytes(int key) {
    return keys[key].length;
  }

  /** The key that stands at {@code i}, looked for from {@code expected} on and then from 0. */
  int find(byte[] data, int i, int limit, int expected) {
    int n = keys.length;
    int key = expected;
    for (int tried = 0; tried < n; tried++, key++) {
      if (key >= n) {
        key = 0;
      }
      byte[] bytes = keys[key];
      if (i + bytes.length <= limit
          && Arrays.equals(data, i, i + bytes.length, bytes, 0, bytes.length)) {
        return key;
      }
    }
    return NOT_FOUND;
  }

  /** Moves a key that came earlier than expected to where it came. */
  void move(int key, int to) {
    byte[] bytes = keys[key];
    int column = columns[key];
    if (key > to) {
      System.arraycopy(keys, to, keys, to + 1, key - to);
      System.arraycopy(columns, to, columns, to + 1, key - to);
    } else {
      System.arraycopy(keys, key + 1, keys, key, to - key);
      System.arraycopy(columns, key + 1, columns, key, to - key);
    }
    keys[to] = bytes;
    columns[to] = column;
  }

  /** Adds a key that was not foreseen; a shape does not grow for ever. */
  void learn(String name, int column) {
    if (keys.length < KEYS_MAX) {
      keys = Arrays.copyOf(keys, keys.length + 1);
      columns = Arrays.copyOf(columns, columns.length + 1);
      keys[keys.length - 1] = quoted(name);
      columns[columns.length - 1] = column;
    }
  }
}
