package dev.leat.model;

import java.util.Optional;

/**
 * Something that is wrong, told so that its reader can mend it.
 *
 * @param code stable, documented
 * @param at where, when it stands in a file
 * @param message what was found and what was expected
 * @param fix what to do next; may be empty when the message says it
 */
public record Problem(ErrorCode code, Optional<Location> at, String message, String fix) {

  public static Problem at(Location at, ErrorCode code, String message, String fix) {
    return new Problem(code, Optional.of(at), message, fix);
  }

  public static Problem of(ErrorCode code, String message, String fix) {
    return new Problem(code, Optional.empty(), message, fix);
  }

  /** The same, found in a file, if it does not say where already. */
  public Problem in(Location place) {
    return at.isPresent() ? this : new Problem(code, Optional.of(place), message, fix);
  }

  /** One line: {@code tables/a.sql:3:8 LEAT-2001 message. Fix.} */
  @Override
  public String toString() {
    return at.map(l -> l + " ").orElse("")
        + code.id()
        + " "
        + message
        + (fix.isEmpty() ? "" : " " + fix);
  }
}
