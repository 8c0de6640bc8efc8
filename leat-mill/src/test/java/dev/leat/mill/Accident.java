package dev.leat.mill;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Something unforeseen at a boundary. */
final class Accident {
  private Accident() {}

  /**
   * One time in three: at some boundary, one of the first times it is passed.
   *
   * @param told when it happens
   */
  static Boundary.Watch sometimes(SplittableRandom random, Runnable told) {
    if (random.nextInt(3) != 0) {
      return Boundary.Watch.NONE;
    }
    Boundary at = Boundary.values()[random.nextInt(Boundary.values().length)];
    AtomicInteger left = new AtomicInteger(1 + random.nextInt(4));
    return boundary -> {
      if (boundary == at && left.decrementAndGet() == 0) {
        told.run();
        throw new IllegalStateException("an accident at " + boundary);
      }
    };
  }
}
