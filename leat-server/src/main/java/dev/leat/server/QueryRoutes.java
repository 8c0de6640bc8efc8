package dev.leat.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.model.Column;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.OptionalLong;

/** Questions in SQL, and the rows of tables. */
final class QueryRoutes {
  private static final int ROWS_MAX = 10_000;
  private static final int ROWS_USUAL = 1_000;
  private static final int SQL_CHARACTERS_MAX = 100_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private final ProjectMap map;
  private final Questions questions;

  QueryRoutes(ProjectMap map, Questions questions) {
    this.map = map;
    this.questions = questions;
  }

  void addTo(HttpRouting.Builder routing) {
    routing
        .post("/v1/query", this::query)
        .get("/v1/tables/{table}", this::table)
        .get("/v1/tables/{table}/rows", this::rows)
        .get("/v1/quarantine", this::quarantine);
  }

  private void query(ServerRequest request, ServerResponse response) {
    JsonNode body = body(request);
    String sql = body.path("sql").isTextual() ? body.path("sql").asText() : "";
    if (sql.isBlank() || sql.length() > SQL_CHARACTERS_MAX) {
      throw invalid("The body needs \"sql\", a SELECT of at most 100,000 characters.");
    }
    answer(
        request, response, sql, epoch(text(body.path("epoch"))), limit(text(body.path("limit"))));
  }

  private static JsonNode body(ServerRequest request) {
    try {
      return request.content().hasEntity()
          ? Json.mapper().readTree(request.content().as(String.class))
          : Json.object();
    } catch (JsonProcessingException e) {
      throw invalid("The body is not JSON: " + e.getOriginalMessage() + ".");
    }
  }

  /** As it would stand in an address: what is no number is refused there, not passed over. */
  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText("");
  }

  private void rows(ServerRequest request, ServerResponse response) {
    ProjectMap.Relation relation = relation(request);
    answer(
        request,
        response,
        "SELECT * FROM " + DashboardSql.quote(relation.name()),
        epoch(request),
        limit(request.query().first("limit").asOptional().orElse("")));
  }

  private void quarantine(ServerRequest request, ServerResponse response) {
    try {
      answer(
          request,
          response,
          "SELECT * FROM leat_quarantine ORDER BY \"time\" DESC, id",
          epoch(request),
          limit(request.query().first("limit").asOptional().orElse("")));
    } catch (LeatException e) {
      ErrorCode code = e.problems().getFirst().code();
      if (code != ErrorCode.SQL_UNKNOWN_TABLE && code != ErrorCode.LAKE_EPOCH_MISSING) {
        throw e;
      }
      // Nothing has been refused yet.
      ObjectNode none = Json.object().put("epoch", questions.newestEpoch()).put("complete", true);
      none.putArray("columns");
      none.putArray("rows");
      Json.send(response, none);
    }
  }

  /** An answer never changes: its epoch is its tag. */
  private void answer(
      ServerRequest request, ServerResponse response, String sql, OptionalLong epoch, int limit) {
    long began = System.nanoTime();
    Questions.Answer answer = questions.ask(sql, epoch, limit);
    double millis = (System.nanoTime() - began) / NANOS_PER_MILLI;
    String tag = "\"" + answer.epoch() + "-" + Integer.toHexString((sql + limit).hashCode()) + "\"";
    response.header(HeaderNames.ETAG, tag);
    response.header("Leat-Epoch", Long.toString(answer.epoch()));
    ObjectNode node =
        Json.object()
            .put("epoch", answer.epoch())
            .put("millis", millis)
            .put("complete", answer.complete() == Questions.Completeness.ALL);
    node.set("columns", Json.columns(answer.schema()));
    node.set("rows", Json.rows(answer.rows()));
    Json.send(response, node);
  }

  private void table(ServerRequest request, ServerResponse response) {
    ProjectMap.Relation relation = relation(request);
    ObjectNode node = StatusRoutes.relation(relation);
    if (relation.origin() instanceof ProjectMap.Origin.FromSelect select) {
      node.put("sql", select.sql().strip());
    }
    node.set("key", Json.strings(relation.key()));
    node.set(
        "readBy",
        Json.strings(
            map.relations().stream()
                .filter(r -> r.reads().contains(relation.name()))
                .map(ProjectMap.Relation::name)
                .toList()));
    ArrayNode columns = node.putArray("columns");
    for (Column column : relation.schema().columns()) {
      ArrayNode from =
          columns
              .addObject()
              .put("name", column.name())
              .put("type", column.type().sql())
              .put("nullable", column.nullable())
              .putArray("from");
      for (ProjectMap.ColumnOf c : relation.lineage().getOrDefault(column.name(), List.of())) {
        from.addObject().put("relation", c.relation()).put("column", c.column());
      }
    }
    Json.send(response, node);
  }

  private ProjectMap.Relation relation(ServerRequest request) {
    String name = request.path().pathParameters().get("table");
    return map.relation(name)
        .orElseThrow(() ->
            new LeatException(
                Problem.of(
                    ErrorCode.REQUEST_NOT_FOUND,
                    "There is no table " + name + ".",
                    "GET /v1/project names all there are.")));
  }

  private static OptionalLong epoch(ServerRequest request) {
    return epoch(request.query().first("epoch").asOptional().orElse(""));
  }

  private static OptionalLong epoch(String text) {
    try {
      return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException _) {
      throw invalid("epoch must be a whole number, not " + text + ".");
    }
  }

  private static int limit(String text) {
    try {
      int limit = text.isEmpty() ? ROWS_USUAL : Integer.parseInt(text);
      if (limit >= 0 && limit <= ROWS_MAX) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw invalid("limit must be a whole number from 0 to 10000, not " + text + ".");
  }

  private static LeatException invalid(String message) {
    return new LeatException(Problem.of(ErrorCode.REQUEST_INVALID, message, ""));
  }
}
