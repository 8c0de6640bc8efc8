package dev.leat.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.model.Dashboard;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.MetricSet;
import dev.leat.model.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/dashboards/NAME/data}: the numbers of every panel, all of one epoch. */
final class DashboardRoutes {
  private static final int ROWS_MAX = 2_000;
  private static final int REMEMBERED_MAX = 500;

  private final ProjectMap map;
  private final Questions questions;
  private final Map<Asked, Questions.Answer> remembered = new ConcurrentHashMap<>();

  DashboardRoutes(ProjectMap map, Questions questions) {
    this.map = map;
    this.questions = questions;
  }

  /**
   * An answer never changes, so it need not be worked out twice; of an epoch that is not the newest
   * nobody asks again.
   */
  private record Asked(long epoch, String sql) {}

  void addTo(HttpRouting.Builder routing) {
    routing.get("/v1/dashboards/{name}/data", this::data);
  }

  private void data(ServerRequest request, ServerResponse response) {
    String name = request.path().pathParameters().get("name");
    Dashboard dashboard =
        map.dashboard(name)
            .orElseThrow(() ->
                new LeatException(
                    Problem.of(
                        ErrorCode.REQUEST_NOT_FOUND,
                        "There is no dashboard " + name + ".",
                        "Add dashboards/" + name + ".yaml.")));
    long epoch = questions.newestEpoch();
    String tag =
        "\"" + epoch + "-" + Integer.toHexString(request.query().value().hashCode()) + "\"";
    response.header(HeaderNames.ETAG, tag);
    response.header("Leat-Epoch", Long.toString(epoch));
    if (request.headers().first(HeaderNames.IF_NONE_MATCH).filter(tag::equals).isPresent()) {
      response.status(Status.NOT_MODIFIED_304);
      response.send();
      return;
    }
    Json.send(response, data(dashboard, epoch, request));
  }

  private ObjectNode data(Dashboard dashboard, long epoch, ServerRequest request) {
    ObjectNode node =
        Json.object()
            .put("name", dashboard.name())
            .put("title", dashboard.title())
            .put("epoch", epoch);
    node.set("filters", Json.strings(dashboard.filters()));
    Optional<MetricSet> metrics = dashboard.metrics().flatMap(map::metricSet);
    ObjectNode dimensions = node.putObject("dimensions");
    Map<String, String> chosen = new LinkedHashMap<>();
    if (metrics.isPresent()) {
      for (String filter : dashboard.filters()) {
        if (metrics.get().dimensions().containsKey(filter)) {
          dimensions.set(filter, choices(metrics.get(), filter, epoch));
          request.query().first(filter).asOptional().ifPresent(v -> chosen.put(filter, v));
        }
      }
    }
    Optional<DashboardSql.Range> bounds = metrics.flatMap(m -> bounds(m, epoch));
    bounds.ifPresent(b -> node.put("oldest", b.from().toString()).put("newest", b.to().toString()));
    Optional<DashboardSql.Range> range = TimeChoice.of(request.query(), bounds);
    range.ifPresent(r -> node.put("from", r.from().toString()).put("to", r.to().toString()));
    DashboardSql.Filter filter = new DashboardSql.Filter(range, chosen);
    ArrayNode panels = node.putArray("panels");
    for (Dashboard.Panel panel : dashboard.panels()) {
      panels.add(panel(dashboard, panel, filter, epoch));
    }
    return node;
  }

  private ArrayNode choices(MetricSet metrics, String dimension, long epoch) {
    ArrayNode choices = Json.array();
    ask(DashboardSql.values(metrics, dimension), epoch)
        .rows()
        .forEach(row -> choices.add(String.valueOf(row.getFirst())));
    return choices;
  }

  private Optional<DashboardSql.Range> bounds(MetricSet metrics, long epoch) {
    return DashboardSql.bounds(metrics)
        .map(sql -> ask(sql, epoch).rows().getFirst())
        .filter(row -> row.get(0) instanceof LocalDateTime)
        .map(row ->
            new DashboardSql.Range(
                (LocalDateTime) Optional.ofNullable(row.get(0)).orElseThrow(),
                (LocalDateTime) Optional.ofNullable(row.get(1)).orElseThrow()));
  }

  /** A panel that fails says so in its place; the others are shown. */
  private ObjectNode panel(
      Dashboard dashboard, Dashboard.Panel panel, DashboardSql.Filter filter, long epoch) {
    ObjectNode node =
        Json.object()
            .put("title", panel.title())
            .put("kind", panel.kind().name().toLowerCase(Locale.ROOT));
    panel.measure().ifPresent(m -> node.put("measure", m));
    panel.by().ifPresent(b -> node.put("by", b));
    try {
      if (panel.sql().isPresent()) {
        Questions.Answer answer = ask(panel.sql().get(), epoch);
        rows(node, answer, answer.rows());
        return node;
      }
      MetricSet metrics =
          panel.metrics().or(dashboard::metrics).flatMap(map::metricSet).orElseThrow();
      if (panel.by().isPresent()) {
        node.put("grain", DashboardSql.isGrain(metrics, panel.by().get()));
        series(node, metrics, panel, filter, epoch);
      } else {
        number(node, metrics, panel, filter, epoch);
      }
    } catch (LeatException e) {
      node.set("error", Json.problems(e.problems()));
    }
    return node;
  }

  private void series(
      ObjectNode node,
      MetricSet metrics,
      Dashboard.Panel panel,
      DashboardSql.Filter filter,
      long epoch) {
    Questions.Answer answer = ask(DashboardSql.series(metrics, panel, filter), epoch);
    List<List<@Nullable Object>> rows = new ArrayList<>(answer.rows());
    boolean grain = DashboardSql.isGrain(metrics, panel.by().orElseThrow());
    rows(node, answer, grain ? rows.reversed() : rows);
  }

  private void number(
      ObjectNode node,
      MetricSet metrics,
      Dashboard.Panel panel,
      DashboardSql.Filter filter,
      long epoch) {
    String measure = panel.measure().orElseThrow();
    Questions.Answer now = ask(DashboardSql.number(metrics, measure, filter), epoch);
    rows(node, now, now.rows());
    Optional<DashboardSql.Range> previous =
        filter.range().map(DashboardSql.Range::previous).filter(DashboardSql.Range::isSpeakable);
    if (panel.compare().isPresent() && previous.isPresent()) {
      DashboardSql.Filter before = filter.over(previous.get());
      node.set(
          "previous", Json.rows(ask(DashboardSql.number(metrics, measure, before), epoch).rows()));
    }
  }

  private static void rows(
      ObjectNode node, Questions.Answer answer, List<List<@Nullable Object>> rows) {
    node.set("columns", Json.columns(answer.schema()));
    node.set("rows", Json.rows(rows));
  }

  private Questions.Answer ask(String sql, long epoch) {
    remembered.keySet().removeIf(asked -> asked.epoch() < epoch);
    if (remembered.size() > REMEMBERED_MAX) {
      remembered.clear();
    }
    return remembered.computeIfAbsent(
        new Asked(epoch, sql), _ -> questions.ask(sql, OptionalLong.of(epoch), ROWS_MAX));
  }
}
