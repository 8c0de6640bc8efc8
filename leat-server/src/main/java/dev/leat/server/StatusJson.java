package dev.leat.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;

/** A {@link Status} in JSON: times ISO in UTC, durations in milliseconds. */
final class StatusJson {
  private static final double NANOS_PER_MILLI = 1e6;

  private StatusJson() {}

  static ObjectNode of(Status status) {
    ObjectNode node =
        Json.object()
            .put("time", status.time().toString())
            .put("epoch", status.epoch())
            .put("quarantined", status.quarantined());
    ArrayNode epochs = node.putArray("epochs");
    for (Status.EpochStatus epoch : status.epochs()) {
      epochs
          .addObject()
          .put("number", epoch.number())
          .put("time", epoch.time().toString())
          .put("rows", epoch.rows())
          .put("tookMillis", millis(epoch.took()));
    }
    ArrayNode sources = node.putArray("sources");
    status.sources().forEach(s -> sources.add(source(s)));
    ArrayNode tables = node.putArray("tables");
    status.tables().forEach(t -> tables.add(table(t)));
    ObjectNode freshness = node.putObject("freshness");
    status.freshness().p50().ifPresent(d -> freshness.put("p50Millis", millis(d)));
    status.freshness().p99().ifPresent(d -> freshness.put("p99Millis", millis(d)));
    status
        .process()
        .ifPresent(p ->
            node.putObject("process")
                .put("started", p.started().toString())
                .put("cpu", p.cpu())
                .put("heapBytes", p.heapBytes())
                .put("residentBytes", p.residentBytes()));
    return node;
  }

  private static ObjectNode source(Status.SourceStatus source) {
    ObjectNode node =
        Json.object()
            .put("table", source.table())
            .put("source", source.source())
            .put("kind", source.kind())
            .put("position", source.position())
            .put("rows", source.rows())
            .put("rowsPerSecond", source.rowsPerSecond())
            .put("rejected", source.rejected());
    source.lag().ifPresent(lag -> node.put("lag", lag));
    source.behind().ifPresent(d -> node.put("behindMillis", millis(d)));
    source.newest().ifPresent(t -> node.put("newest", t.toString()));
    source.trouble().ifPresent(t -> node.put("trouble", t));
    return node;
  }

  private static ObjectNode table(Status.TableStatus table) {
    return Json.object()
        .put("table", table.table())
        .put("mode", table.mode().name().toLowerCase(Locale.ROOT))
        .put("why", table.why())
        .put("rows", table.rows())
        .put("bytes", table.bytes())
        .put("changesPerSecond", table.changesPerSecond())
        .put("changed", table.changed());
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / NANOS_PER_MILLI;
  }
}
