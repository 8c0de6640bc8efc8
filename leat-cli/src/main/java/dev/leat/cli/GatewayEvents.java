package dev.leat.cli;

import dev.leat.connect.EventGateway;
import dev.leat.server.Events;
import java.io.InputStream;

/** Gives the server's posted events to the gateway, and its answers back. */
record GatewayEvents(EventGateway gateway) implements Events {

  @Override
  public Outcome post(
      String table, String contentType, Compression compression, InputStream body) {
    EventGateway.Packing packing =
        switch (compression) {
          case NONE -> EventGateway.Packing.PLAIN;
          case GZIP -> EventGateway.Packing.GZIP;
        };
    return switch (gateway.accept(table, packing, body)) {
      case EventGateway.Result.Accepted accepted -> new Outcome.Accepted(accepted.count());
      case EventGateway.Result.Refused refused ->
          new Outcome.Refused(
              refused.faults().stream()
                  .map(f -> new Fault(f.line(), f.fault().field(), f.fault().reason()))
                  .toList());
      case EventGateway.Result.TooLarge large -> new Outcome.TooLarge(large.toString());
      case EventGateway.Result.Overloaded overloaded ->
          new Outcome.Overloaded(overloaded.retryAfter());
      case EventGateway.Result.UnknownTable _ -> new Outcome.UnknownTable();
    };
  }
}
