package dev.leat.sql;

import dev.leat.model.Nearest;
import java.util.Collection;

/** Which name was probably meant. */
final class Names {
  private Names() {}

  /** "Did you mean x?", or nothing. */
  static String suggestion(String name, Collection<String> candidates) {
    return Nearest.to(name, candidates).map(n -> "Did you mean " + n + "?").orElse("");
  }
}
