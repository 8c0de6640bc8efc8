package dev.leat.runtime;

import dev.leat.data.Batch;
import dev.leat.data.Consolidation;
import dev.leat.model.LeatException;
import dev.leat.model.Schema;
import java.util.function.Consumer;

/**
 * Rows for which what an operator works out of them fails. They wait until the end of the step: a
 * row that came may be about to go, as the sum does that a group has in the first part of a large
 * step, or a row without a match while the other side is still to come.
 */
final class Waiting {
  private static final long MOST_BYTES = 1 << 26; // more are not there by mishap

  private final Consumer<Batch> work;
  private final Consolidation rows;

  /**
   * @param work fails for some rows
   */
  Waiting(Schema schema, Consumer<Batch> work) {
    this.work = work;
    rows = new Consolidation(schema);
  }

  /** Finds the rows for which the work does not fail, and gives how many; the others wait. */
  int sound(Batch batch, int[] positions) {
    Sieve sieve = new Sieve(batch, positions);
    sieve.sift(0, batch.size());
    rows.add(batch.gather(sieve.failing, sieve.failingCount));
    if (rows.bytesAdded() > MOST_BYTES) {
      Batch left = rows.drain();
      if (left.bytes() > MOST_BYTES / 2) {
        work.accept(left);
      }
      rows.add(left);
    }
    return sieve.soundCount;
  }

  /** Fails for the rows that are still there. */
  void end() {
    Batch left = rows.drain();
    if (!left.isEmpty()) {
      work.accept(left);
    }
  }

  /** Parts the rows by halves, for few fail as a rule. */
  private final class Sieve {
    private final Batch batch;
    private final int[] sound;
    private int soundCount;
    private final int[] failing;
    private int failingCount;

    Sieve(Batch batch, int[] sound) {
      this.batch = batch;
      this.sound = sound;
      failing = new int[batch.size()];
    }

    void sift(int from, int to) {
      if (from == to) {
        return;
      }
      if (!fails(from, to)) {
        for (int i = from; i < to; i++) {
          sound[soundCount++] = i;
        }
      } else if (to - from == 1) {
        failing[failingCount++] = from;
      } else {
        int middle = (from + to) >>> 1;
        sift(from, middle);
        sift(middle, to);
      }
    }

    private boolean fails(int from, int to) {
      try {
        work.accept(Parts.between(from, to, batch));
        return false;
      } catch (LeatException _) {
        return true;
      }
    }
  }
}
