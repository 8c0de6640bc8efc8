package dev.leat.cli;

import dev.leat.connect.EventGateway;
import dev.leat.server.Events;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Gives the server's posted events to the gateway, and its answers back. */
record GatewayEvents(EventGateway gateway) implements Events {

  @Override
  public Outcome post(String table, String contentType, Compression compression, InputStream body) {
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
      case EventGateway.Result.TooLarge large -> new Outcome.TooLarge(large.toString());
      case EventGateway.Result.Overloaded overloaded ->
          new Outcome.Overloaded(overloaded.retryAfter());
      case EventGateway.Result.UnknownTable _ -> new Outcome.UnknownTable();
    };
  }

  private EventGateway.Result accept(String table, EventGateway.Packing packing, InputStream body) {
    try {
      return gateway.accept(table, packing, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the sender went away
    }
  }
}
