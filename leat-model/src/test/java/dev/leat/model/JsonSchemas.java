package dev.leat.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a {@link Shape} as a JSON Schema, which editors use to complete and check YAML. */
final class JsonSchemas {
  private static final String VARIABLE = ".*\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}.*";

  private JsonSchemas() {}

  static String text(String title, Shape shape) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.putAll(schema(shape));
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(schema)
            .replace("\r\n", "\n")
        + "\n";
  }

  private static Map<String, Object> schema(Shape shape) {
    return switch (shape) {
      case Shape.Text _, Shape.EmptyOrText _ ->
          Map.of("type", List.of("string", "number", "boolean"));
      case Shape.Form form -> pattern(form.regex(), form.expected());
      case Shape.Truth _ -> Map.of("type", "boolean");
      case Shape.Whole whole ->
          ordered("type", "integer", "minimum", whole.min(), "maximum", whole.max());
      case Shape.OneOf oneOf -> Map.of("enum", oneOf.words());
      case Shape.ColumnType type -> ordered("type", "string", "description", type.expected());
      case Shape.ListOf(Shape item) -> ordered("type", "array", "items", schema(item));
      case Shape.Named(Shape value) ->
          ordered("type", List.of("object", "null"), "additionalProperties", schema(value));
      case Shape.Fields fields -> fields(fields.keys(), Map.of());
      case Shape.Kinds kinds ->
          ordered(
              "oneOf",
              kinds.variants().stream()
                  .map(v -> fields(v.keys(), Map.of("kind", Map.of("const", v.kind()))))
                  .toList());
    };
  }

  private static Map<String, Object> pattern(String regex, String expected) {
    return ordered(
        "type", "string", "pattern", "^(" + regex + "|" + VARIABLE + ")$", "description", expected);
  }

  private static Map<String, Object> fields(List<Shape.Key> keys, Map<String, Object> kind) {
    var properties = new LinkedHashMap<String, Object>(kind);
    var required = new ArrayList<>(kind.keySet());
    for (Shape.Key key : keys) {
      var property = new LinkedHashMap<>(schema(key.shape()));
      property.put("description", key.meaning());
      properties.put(key.name(), property);
      if (key.need() == Shape.Need.REQUIRED) {
        required.add(key.name());
      }
    }
    Object type = required.isEmpty() ? List.of("object", "null") : "object";
    return ordered(
        "type",
        type,
        "properties",
        properties,
        "required",
        required,
        "additionalProperties",
        false);
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
