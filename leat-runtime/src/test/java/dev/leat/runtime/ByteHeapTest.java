package dev.leat.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ByteHeapTest {
  private static final int LARGE = 150_000;

  private static byte[] written(ByteHeap heap) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    StateOutput out = new StateOutput(target);
    heap.freeze().write(out);
    out.end();
    return target.toByteArray();
  }

  /** As of one long STRING_AGG that changes with every epoch, also over a restart. */
  @Test
  void thePlaceOfALargeBlockIsTakenAgain() throws IOException {
    ByteHeap heap = new ByteHeap();
    long kept = heap.allocate(LARGE);
    heap.own(kept)[LARGE - 1] = 7;
    heap.release(heap.allocate(LARGE), LARGE);
    int size = written(heap).length;
    ByteHeap restored = new ByteHeap();
    restored.restore(new StateInput(new ByteArrayInputStream(written(heap))));
    for (ByteHeap each : new ByteHeap[] {heap, restored}) {
      for (int i = 0; i < 1000; i++) {
        each.release(each.allocate(LARGE), LARGE);
      }
      assertThat(each.chunk(kept)[LARGE - 1]).isEqualTo((byte) 7);
      assertThat(written(each).length).isEqualTo(size);
    }
  }
}
