package dev.leat.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.model.Dashboard;
import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** How the project and the mill are doing: once, as a stream, and for Prometheus. */
final class StatusRoutes implements AutoCloseable {

  private final ProjectMap map;
  private final Live live;
  private final AtomicBoolean closed = new AtomicBoolean();

  StatusRoutes(ProjectMap map, Live live) {
    this.map = map;
    this.live = live;
  }

  void addTo(HttpRouting.Builder routing) {
    routing
        .get("/health", (_, response) -> Json.send(response, Json.object().put("status", "up")))
        .get("/v1/status", (_, response) -> Json.send(response, StatusJson.of(live.status())))
        .get("/v1/project", (_, response) -> Json.send(response, project()))
        .get("/v1/live", this::stream)
        .get("/metrics", (_, response) -> prometheus(response));
  }

  /** One event for each picture; a slow reader misses pictures, not the newest. */
  private void stream(ServerRequest request, ServerResponse response) {
    ArrayBlockingQueue<Status> next = new ArrayBlockingQueue<>(1);
    response.header("Cache-Control", "no-store");
    try (SseSink sink = response.sink(SseSink.TYPE);
        Live.Subscription _ = live.subscribe(status -> newest(next, status))) {
      emit(sink, live.status());
      while (!closed.get()) {
        Status status = next.poll(1, TimeUnit.SECONDS);
        emit(sink, status == null ? live.status() : status);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The reader has gone: there is nobody to tell.
      if (!isGone(e)) {
        throw e;
      }
    }
  }

  private static boolean isGone(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          || cause instanceof UncheckedIOException
          || cause instanceof IllegalStateException
          || cause instanceof io.helidon.http.RequestException) {
        return true;
      }
    }
    return e.getClass().getName().startsWith("io.helidon");
  }

  private static synchronized void newest(ArrayBlockingQueue<Status> queue, Status status) {
    queue.clear();
    queue.add(status);
  }

  private static void emit(SseSink sink, Status status) {
    sink.emit(SseEvent.builder().name("status").data(Json.text(StatusJson.of(status))).build());
  }

  private void prometheus(ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    response.send(Prometheus.text(live.status()).getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode project() {
    ObjectNode node = Json.object().put("name", map.name());
    ArrayNode relations = node.putArray("relations");
    map.relations().forEach(r -> relations.add(relation(r)));
    ArrayNode dashboards = node.putArray("dashboards");
    for (Dashboard dashboard : map.dashboards()) {
      dashboards
          .addObject()
          .put("name", dashboard.name())
          .put("title", dashboard.title())
          .set("reads", Json.strings(reads(dashboard)));
    }
    return node;
  }

  static ObjectNode relation(ProjectMap.Relation relation) {
    ObjectNode node = Json.object().put("name", relation.name());
    switch (relation.origin()) {
      case ProjectMap.Origin.FromSource(String source, String kind) ->
          node.put("origin", "source").put("source", source).put("kind", kind);
      case ProjectMap.Origin.FromSelect(String layer, var mart, String file, _) -> {
        node.put("origin", "select").put("layer", layer).put("file", file);
        mart.ifPresent(m -> node.put("mart", m));
      }
    }
    relation.description().ifPresent(d -> node.put("description", d));
    relation.team().ifPresent(t -> node.put("team", t));
    node.set("reads", Json.strings(relation.reads()));
    return node;
  }

  /** The relations a dashboard shows: through its metrics, and named in the SQL of its panels. */
  private Set<String> reads(Dashboard dashboard) {
    Set<String> reads = new LinkedHashSet<>();
    dashboard.metrics().flatMap(map::metricSet).ifPresent(m -> reads.add(m.table()));
    for (Dashboard.Panel panel : dashboard.panels()) {
      panel.metrics().flatMap(map::metricSet).ifPresent(m -> reads.add(m.table()));
      panel.sql().ifPresent(sql -> reads.addAll(named(sql)));
    }
    return reads;
  }

  private Set<String> named(String sql) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : sql.split("\\W+", -1)) {
      map.relation(word).ifPresent(r -> words.add(r.name()));
    }
    return words;
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
