package dev.leat.cli;

import dev.leat.connect.EventGateway;
import dev.leat.model.Problem;
import dev.leat.server.Events;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives the server's posted events to the gateway, and its answers back.
 *
 * @param logTrouble why the log takes nothing any more, if so: then nobody is kept waiting for it
 */
record GatewayEvents(EventGateway gateway, Supplier<Optional<Problem>> logTrouble)
    implements Events {
  private static final Duration RESTARTED = Duration.ofSeconds(60);

  @Override
  public Outcome post(String table, Compression compression, InputStream body) {
    Optional<Problem> trouble = logTrouble.get();
    if (trouble.isPresent()) {
      return new Outcome.Unavailable(trouble.get().message(), RESTARTED);
    }
    EventGateway.Packing packing =
        switch (compression) {
          case NONE -> EventGateway.Packing.PLAIN;
          case GZIP -> EventGateway.Packing.GZIP;
        };
    return switch (accept(table, packing, body)) {
      case EventGateway.Result.Accepted accepted -> new Outcome.Accepted(accepted.count());
      case EventGateway.Result.Refused refused ->
          new Outcome.Refused(
              refused.faults().stream()
                  .map(f -> new Fault(f.line(), f.field(), f.reason()))
                  .toList());
      case EventGateway.Result.TooLarge large -> new Outcome.TooLarge(tooLarge(large));
      case EventGateway.Result.Overloaded overloaded ->
          new Outcome.Overloaded(overloaded.retryAfter());
      case EventGateway.Result.LogFailing failing ->
          new Outcome.Unavailable(failing.reason(), failing.retryAfter());
      case EventGateway.Result.UnknownTable unknown -> new Outcome.UnknownTable(unknown.tables());
    };
  }

  private static String tooLarge(EventGateway.Result.TooLarge large) {
    String what =
        large.limit() == EventGateway.EVENT_BYTES_MAX ? "An event" : "A request, unpacked,";
    return what
        + " holds at most "
        + (large.limit() >> 20)
        + " MB; nothing of this request is kept.";
  }

  private EventGateway.Result accept(String table, EventGateway.Packing packing, InputStream body) {
    try {
      return gateway.accept(table, packing, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the sender went away
    }
  }
}
