package dev.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowIndexTest {

  @Test
  void equals_a_map_of_stacks() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      RowIndex index = new RowIndex();
      Map<Long, Deque<Long>> model = new HashMap<>();
      long rows = 0;
      for (int i = 0; i < 20_000; i++) {
        long key = random.nextInt(random.nextInt(100) == 0 ? 3 : 2_000);
        long hash = key % 500 << 7; // many share a hash, and are told apart by the check
        if (random.nextInt(5) < 3) {
          index.add(hash, (int) key, i);
          model.computeIfAbsent(key, _ -> new ArrayDeque<>()).push((long) i);
          rows++;
        } else {
          Deque<Long> stack = model.getOrDefault(key, new ArrayDeque<>());
          long expected = stack.isEmpty() ? -1 : stack.pop();
          assertThat(index.remove(hash, (int) key)).as("seed %d", seed).isEqualTo(expected);
          rows -= expected == -1 ? 0 : 1;
        }
      }
      assertThat(index.rows()).isEqualTo(rows);
    }
  }
}
