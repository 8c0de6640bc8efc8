package dev.leat.lake;

import java.time.Duration;

/**
 * Which epochs are kept: every one that is younger than {@code age}, but at most {@code atMost};
 * and always the newest {@code atLeast}.
 */
public record Retention(Duration age, int atLeast, int atMost) {
  public static final Retention DEFAULT = new Retention(Duration.ofHours(1), 20, 4_000);

  public Retention {
    if (atLeast < 1 || atMost < atLeast) {
      throw new IllegalArgumentException("keep " + atLeast + " to " + atMost + " epochs");
    }
  }
}
