package dev.leat.cli;

import dev.leat.duckdb.Values;
import dev.leat.model.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small JSON objects for {@code --json}. */
final class JsonText {
  private JsonText() {}

  static String of(Problem problem) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", problem.code().id());
    problem
        .at()
        .ifPresent(at -> {
          fields.put("file", at.file());
          fields.put("line", at.line());
          fields.put("column", at.column());
        });
    fields.put("message", problem.message());
    fields.put("fix", problem.fix());
    return of(fields);
  }

  /** An object of strings, numbers and booleans, in the map's order. */
  static String of(Map<String, Object> fields) {
    StringBuilder text = new StringBuilder("{");
    fields.forEach((name, value) -> {
      text.append(text.length() > 1 ? ", " : "");
      Values.quoted(text, name);
      text.append(": ");
      if (value instanceof Number || value instanceof Boolean) {
        text.append(value);
      } else {
        Values.quoted(text, value.toString());
      }
    });
    return text.append("}").toString();
  }
}
