package dev.leat.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.data.Batch;
import dev.leat.engine.Circuit;
import dev.leat.model.LeatException;
import dev.leat.sql.Plan;
import dev.leat.testkit.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Plan PLAN = new Plan.Distinct(Story.L);

  private static Batch rows(long from, long to) {
    List<Map.Entry<List<Object>, Long>> rows = new ArrayList<>();
    for (long i = from; i < to; i++) {
      rows.add(Map.entry(Story.row(i, i), 1L));
    }
    return Bag.batch(Story.KV, rows);
  }

  private static byte[] snapshot() throws IOException {
    Circuit circuit = new MaintenanceEngine().open(PLAN);
    circuit.step(Map.of("l", rows(0, 5000)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    circuit.freeze().write(out);
    return out.toByteArray();
  }

  private static void refused(Plan plan, byte[] bytes) {
    Circuit circuit = new MaintenanceEngine().open(plan);
    assertThatThrownBy(() -> circuit.restore(new ByteArrayInputStream(bytes)))
        .isInstanceOf(LeatException.class)
        .hasMessageContaining("LEAT-6003");
  }

  @Test
  void isWrittenAsItWasWhileStepsGoOn() throws IOException {
    Circuit circuit = new MaintenanceEngine().open(PLAN);
    circuit.step(Map.of("l", rows(0, 5000)));
    Circuit.Frozen frozen = circuit.freeze();
    circuit.step(Map.of("l", rows(2500, 20000)));
    circuit.step(Map.of("l", rows(0, 20000).negate()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    frozen.write(out);
    Circuit restored = new MaintenanceEngine().open(PLAN);
    restored.restore(new ByteArrayInputStream(out.toByteArray()));
    assertThat(restored.report().getLast().keys()).isEqualTo(5000);
    assertThat(restored.step(Map.of("l", rows(4000, 6000))).size()).isEqualTo(1000);
  }

  @Test
  void ofAnotherPlanIsRefused() throws IOException {
    refused(new Plan.Distinct(Story.R), snapshot());
  }

  @Test
  void thatIsCutShortIsRefused() throws IOException {
    byte[] bytes = snapshot();
    refused(PLAN, Arrays.copyOf(bytes, bytes.length - 1));
    refused(PLAN, new byte[0]);
  }

  /** Before the checksum is read: no more memory may be asked for than there is input. */
  @Test
  void withAFlippedBitInACountIsRefused() throws IOException {
    byte[] bytes = snapshot();
    int slab = Long.BYTES + Integer.BYTES + Long.BYTES; // after the beginning
    int heap = bytes.length - Long.BYTES - (4 + 2 * 80) * Integer.BYTES; // empty, at the end
    for (int at = slab; at < slab + 7 * Integer.BYTES; at++) {
      refusedWithFlippedBits(bytes, at);
    }
    for (int at = heap; at < heap + 4 * Integer.BYTES; at++) {
      refusedWithFlippedBits(bytes, at);
    }
  }

  private static void refusedWithFlippedBits(byte[] bytes, int at) {
    for (int bit = 0; bit < 8; bit++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << bit);
      refused(PLAN, damaged);
    }
  }

  @Test
  void withAFlippedBitIsRefused() throws IOException {
    byte[] bytes = snapshot();
    Property.check(
        "a flipped bit",
        300,
        random -> {
          byte[] damaged = bytes.clone();
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
          refused(PLAN, damaged);
        });
  }
}
