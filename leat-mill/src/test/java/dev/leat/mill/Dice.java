package dev.leat.mill;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;

/** What is left to chance, the same for the same seed. */
record Dice(SplittableRandom random) {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  /** From 0 to one below the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int low, int bound) {
    return random.nextInt(low, bound);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  boolean onceIn(int times) {
    return random.nextInt(times) == 0;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Now and then there is no value. */
  String maybe(String value) {
    return onceIn(8) ? "null" : value;
  }

  String price() {
    return "%d.%02d".formatted(below(40), below(100));
  }

  Instant time() {
    return START.plusSeconds(60L * below(200));
  }

  LocalDate day() {
    return LocalDate.of(2026, 1, 1).plusDays(below(70));
  }
}
