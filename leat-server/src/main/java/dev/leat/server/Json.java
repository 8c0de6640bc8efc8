package dev.leat.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.model.Column;
import dev.leat.model.Problem;
import dev.leat.model.Schema;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How things are said in JSON. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode strings(Iterable<String> values) {
    ArrayNode array = array();
    values.forEach(array::add);
    return array;
  }

  static String text(ObjectNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectMapper mapper() {
    return MAPPER;
  }

  static void send(ServerResponse response, ObjectNode body) {
    response.headers().contentType(MediaTypes.APPLICATION_JSON);
    response.send(text(body).getBytes(StandardCharsets.UTF_8));
  }

  /** The first problem, and all of them when there are more. */
  static ObjectNode problems(List<Problem> problems) {
    ObjectNode node = problem(problems.getFirst());
    if (problems.size() > 1) {
      ArrayNode all = node.putArray("problems");
      problems.forEach(p -> all.add(problem(p)));
    }
    return node;
  }

  static ObjectNode problem(Problem problem) {
    ObjectNode node =
        object()
            .put("code", problem.code().id())
            .put("message", problem.message())
            .put("fix", problem.fix());
    problem.at().ifPresent(at -> node.put("line", at.line()).put("column", at.column()));
    return node;
  }

  static ArrayNode columns(Schema schema) {
    ArrayNode columns = array();
    for (Column column : schema.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("type", column.type().sql())
          .put("nullable", column.nullable());
    }
    return columns;
  }

  static ArrayNode rows(List<List<@Nullable Object>> rows) {
    ArrayNode array = array();
    for (List<@Nullable Object> row : rows) {
      ArrayNode cells = array.addArray();
      row.forEach(value -> cell(cells, value));
    }
    return array;
  }

  /** Numbers are exact; what JSON has no form for is text: ISO dates, NaN, base64 bytes. */
  private static void cell(ArrayNode to, @Nullable Object value) {
    switch (value) {
      case null -> to.addNull();
      case Boolean b -> to.add(b);
      case Integer i -> to.add(i);
      case Long l -> to.add(l);
      case BigDecimal d -> to.add(d);
      case Double d when Double.isFinite(d) -> to.add(d);
      case byte[] bytes -> to.add(Cells.text(bytes));
      case Object other -> to.add(other.toString());
    }
  }
}
