package dev.leat.testkit;

import java.util.Iterator;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks something on many random cases. Every case comes from a seed; a failure names it, so that
 * {@code -Dleat.seed=…} runs that case alone.
 */
public final class Property {
  private static final int MOST_SHRINKS = 2000;

  private Property() {}

  /** A check that fails by throwing. */
  public interface Check<C> {
    void run(C test) throws Exception;
  }

  /** Runs a check with that many different sources of randomness. */
  public static void check(String name, int runs, Check<Random> check) {
    forEachSeed(
        runs,
        seed -> {
          try {
            check.run(new Random(seed));
          } catch (Exception | AssertionError failure) {
            throw new AssertionError(told(name, seed) + "\n" + failure, failure);
          }
        });
  }

  /**
   * Runs a check on that many random cases. A case that fails is made smaller as long as it fails.
   *
   * @param smaller cases a little smaller than one, most promising first
   */
  public static <C> void check(
      String name,
      int runs,
      Function<Random, C> generate,
      Function<C, Stream<C>> smaller,
      Check<C> check) {
    forEachSeed(
        runs,
        seed -> {
          C found = generate.apply(new Random(seed));
          Throwable failure = failure(check, found);
          if (failure == null) {
            return;
          }
          int tries = 0;
          Iterator<C> next = smaller.apply(found).iterator();
          while (next.hasNext() && tries++ < MOST_SHRINKS) {
            C candidate = next.next();
            Throwable same = failure(check, candidate);
            if (same != null) {
              found = candidate;
              failure = same;
              next = smaller.apply(found).iterator();
            }
          }
          throw new AssertionError(
              told(name, seed) + "\nsmallest case: " + found + "\n" + failure, failure);
        });
  }

  private interface Seeded {
    void run(long seed);
  }

  private static void forEachSeed(int runs, Seeded seeded) {
    Long only = Long.getLong("leat.seed");
    if (only != null) {
      seeded.run(only);
      return;
    }
    for (long seed = 1; seed <= runs; seed++) {
      seeded.run(seed);
    }
  }

  private static String told(String name, long seed) {
    return name + " fails with -Dleat.seed=" + seed;
  }

  private static <C> @org.jspecify.annotations.Nullable Throwable failure(Check<C> check, C test) {
    try {
      check.run(test);
      return null;
    } catch (Exception | AssertionError failure) {
      return failure;
    }
  }
}
