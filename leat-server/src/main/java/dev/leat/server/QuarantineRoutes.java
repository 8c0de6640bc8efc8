package dev.leat.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.model.ErrorCode;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /v1/quarantine/replay} with {@code {"ids": […]}}, and for one id the corrected {@code
 * "record"} (text) or {@code "recordBase64"}; {@code POST /v1/quarantine/drop} with {@code {"ids":
 * […]}}. 202: the next epoch has it.
 */
final class QuarantineRoutes {
  private static final int IDS_MAX = 10_000;

  private final QuarantineActions actions;

  QuarantineRoutes(QuarantineActions actions) {
    this.actions = actions;
  }

  void addTo(HttpRouting.Builder routing) {
    routing.post("/v1/quarantine/replay", this::replay).post("/v1/quarantine/drop", this::drop);
  }

  private void replay(ServerRequest request, ServerResponse response) {
    JsonNode body = body(request);
    List<String> ids = ids(body);
    Optional<byte[]> record = record(body);
    if (record.isEmpty()) {
      actions.replay(ids);
    } else if (ids.size() == 1) {
      actions.correct(ids.getFirst(), record.get());
    } else {
      throw invalid("A corrected record goes with one id; there are " + ids.size() + ".");
    }
    accept(response, ids);
  }

  private void drop(ServerRequest request, ServerResponse response) {
    List<String> ids = ids(body(request));
    actions.drop(ids);
    accept(response, ids);
  }

  private static void accept(ServerResponse response, List<String> ids) {
    response.status(Status.ACCEPTED_202);
    Json.send(response, Json.object().put("accepted", ids.size()));
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

  private static List<String> ids(JsonNode body) {
    List<String> ids = new ArrayList<>();
    for (JsonNode id : body.path("ids")) {
      ids.add(id.asText());
    }
    if (ids.isEmpty() || ids.size() > IDS_MAX) {
      throw invalid("The body needs \"ids\": 1 to 10,000 rows, as /v1/quarantine names them.");
    }
    return ids;
  }

  /** A correction that is not understood must not become a replay of what came. */
  private static Optional<byte[]> record(JsonNode body) {
    if (body.has("record")) {
      return Optional.of(text(body, "record").getBytes(StandardCharsets.UTF_8));
    }
    if (!body.has("recordBase64")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(text(body, "recordBase64")));
    } catch (IllegalArgumentException _) {
      throw invalid("\"recordBase64\" is not Base64.");
    }
  }

  private static String text(JsonNode body, String field) {
    if (!body.path(field).isTextual()) {
      throw invalid(
          "\"" + field + "\" must be text, quoted as JSON: the record as its source has it.");
    }
    return body.path(field).asText();
  }

  private static LeatException invalid(String message) {
    return new LeatException(
        Problem.of(
            ErrorCode.REQUEST_INVALID,
            message,
            "For example {\"ids\": [\"clicks:0:17\"], \"record\": \"{…}\"}."));
  }
}
