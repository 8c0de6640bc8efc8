package dev.leat.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.model.ErrorCode;
import dev.leat.model.Nearest;
import dev.leat.model.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code POST /v1/events/TABLE}. */
final class EventRoutes {
  private static final Set<String> TYPES =
      Set.of(
          "",
          "application/json",
          "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "text/plain",
          "application/x-www-form-urlencoded",
          "application/octet-stream");

  private final Events events;

  EventRoutes(Events events) {
    this.events = events;
  }

  void addTo(HttpRouting.Builder routing) {
    routing.post("/v1/events/{table}", this::post);
    routing.any("/v1/events/{table}", EventRoutes::notPosted);
  }

  private static void notPosted(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.ALLOW, "POST");
    send(
        response,
        Status.METHOD_NOT_ALLOWED_405,
        ErrorCode.REQUEST_INVALID,
        "Events are posted; " + request.prologue().method().text() + " is for nothing here.",
        "Send them with POST; ask for those that came with POST /v1/query.");
  }

  private void post(ServerRequest request, ServerResponse response) {
    String table = request.path().pathParameters().get("table");
    String type =
        request
            .headers()
            .first(HeaderNames.CONTENT_TYPE)
            .orElse("")
            .replaceFirst(";.*", "")
            .strip()
            .toLowerCase(Locale.ROOT);
    String encoding =
        request
            .headers()
            .first(HeaderNames.CONTENT_ENCODING)
            .orElse("identity")
            .strip()
            .toLowerCase(Locale.ROOT);
    if (!TYPES.contains(type)) {
      unsupported(response, "Events come as JSON or NDJSON, not as " + type + ".");
      return;
    }
    switch (encoding) {
      case "identity", "" -> take(request, response, table, Events.Compression.NONE);
      case "gzip", "x-gzip" -> take(request, response, table, Events.Compression.GZIP);
      default -> unsupported(response, "Bodies may be compressed with gzip, not " + encoding + ".");
    }
  }

  private void take(
      ServerRequest request,
      ServerResponse response,
      String table,
      Events.Compression compression) {
    Events.Outcome outcome = events.post(table, compression, request.content().inputStream());
    switch (outcome) {
      case Events.Outcome.Accepted(long count) -> {
        response.status(Status.ACCEPTED_202);
        Json.send(response, Json.object().put("accepted", count));
      }
      case Events.Outcome.Refused(List<Events.Fault> faults) -> refused(response, faults);
      case Events.Outcome.TooLarge(String message) ->
          send(
              response,
              Status.REQUEST_ENTITY_TOO_LARGE_413,
              ErrorCode.SOURCE_TOO_LARGE,
              message,
              "Send fewer events at a time.");
      case Events.Outcome.UnknownTable(Set<String> tables) ->
          send(
              response,
              Status.NOT_FOUND_404,
              ErrorCode.REQUEST_NOT_FOUND,
              "No source of kind http has a table " + table + ".",
              tables.isEmpty()
                  ? "Declare it in a file under sources/."
                  : Nearest.suggestion(table, tables));
      case Events.Outcome.Overloaded(var retryAfter) -> {
        retryAfter(response, retryAfter);
        send(
            response,
            Status.TOO_MANY_REQUESTS_429,
            ErrorCode.SOURCE_OVERLOADED,
            "Events arrive faster than they can be kept; nothing of this request is.",
            "Send it again after a while.");
      }
      case Events.Outcome.Unavailable(String message, var retryAfter) -> {
        retryAfter(response, retryAfter);
        send(
            response,
            Status.SERVICE_UNAVAILABLE_503,
            ErrorCode.LOG_FAILED,
            message,
            "Send it again after a while; what was kept all the same counts once if it has a key.");
      }
    }
  }

  private static void retryAfter(ServerResponse response, Duration time) {
    response.header(HeaderNames.RETRY_AFTER, Long.toString(Math.max(1, time.toSeconds())));
  }

  private static void refused(ServerResponse response, List<Events.Fault> faults) {
    Events.Fault first = faults.getFirst();
    ObjectNode body =
        Json.problem(
            Problem.of(
                ErrorCode.SOURCE_CONTRACT,
                place(first) + ": " + first.reason(),
                "Mend the lines named and send the request again: nothing of it is kept."));
    body.put("line", first.line()).put("field", first.field());
    ArrayNode all = body.putArray("faults");
    for (Events.Fault fault : faults) {
      all.addObject()
          .put("line", fault.line())
          .put("field", fault.field())
          .put("reason", fault.reason());
    }
    response.status(Status.BAD_REQUEST_400);
    Json.send(response, body);
  }

  private static String place(Events.Fault fault) {
    String line = "Line " + fault.line();
    return fault.field().isEmpty() ? line : line + ", field " + fault.field();
  }

  private static void unsupported(ServerResponse response, String message) {
    send(
        response,
        Status.UNSUPPORTED_MEDIA_TYPE_415,
        ErrorCode.REQUEST_INVALID,
        message,
        "Send Content-Type application/x-ndjson or application/json.");
  }

  private static void send(
      ServerResponse response, Status status, ErrorCode code, String message, String fix) {
    response.status(status);
    Json.send(response, Json.problem(Problem.of(code, message, fix)));
  }
}
