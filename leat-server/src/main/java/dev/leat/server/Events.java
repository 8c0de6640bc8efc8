package dev.leat.server;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Where events go that are posted to {@code /v1/events/TABLE}. */
public interface Events {

  /**
   * Takes a request whole or not at all, and returns when that is certain: accepted events are
   * durable.
   *
   * @param body as it came over the wire; at most {@link Server#MAX_BODY_BYTES} of it can be read
   */
  Outcome post(String table, Compression compression, InputStream body);

  /** How a body is compressed. */
  enum Compression {
    NONE,
    GZIP
  }

  /** What became of a request. */
  sealed interface Outcome {
    /** All of them are durable. */
    record Accepted(long events) implements Outcome {}

    /** Nothing of the request is kept. */
    record Refused(List<Fault> faults) implements Outcome {
      public Refused {
        faults = List.copyOf(faults);
      }
    }

    record TooLarge(String message) implements Outcome {}

    /**
     * @param tables that events can be posted to
     */
    record UnknownTable(Set<String> tables) implements Outcome {}

    /** The log cannot take more now; nothing of the request is kept. */
    record Overloaded(Duration retryAfter) implements Outcome {}

    /** The log does not work; some of the request may be kept, and may be sent again. */
    record Unavailable(String message, Duration retryAfter) implements Outcome {}
  }

  /**
   * What is wrong with an event.
   *
   * @param line of the body, or place in the array, from 1
   * @param field empty when the whole event is wrong
   */
  record Fault(long line, String field, String reason) {}
}
