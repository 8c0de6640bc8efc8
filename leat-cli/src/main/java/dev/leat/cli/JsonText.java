package dev.leat.cli;

import dev.leat.duckdb.Values;
import dev.leat.model.Problem;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** JSON for {@code --json}. */
final class JsonText {
  private JsonText() {}

  static String of(Problem problem) {
    return of(fields(problem));
  }

  static Map<String, Object> fields(Problem problem) {
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
    return fields;
  }

  /** An object in the map's order; texts, numbers, booleans, maps, lists; empty is null. */
  static String of(Map<String, Object> fields) {
    StringBuilder text = new StringBuilder();
    append(text, fields);
    return text.toString();
  }

  private static void append(StringBuilder text, Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        text.append('{');
        String between = "";
        for (Map.Entry<?, ?> field : map.entrySet()) {
          Values.quoted(text.append(between), field.getKey().toString());
          append(text.append(": "), field.getValue());
          between = ", ";
        }
        text.append('}');
      }
      case Collection<?> list -> {
        text.append('[');
        for (Iterator<?> each = list.iterator(); each.hasNext(); ) {
          append(text, each.next());
          text.append(each.hasNext() ? ", " : "");
        }
        text.append(']');
      }
      case Optional<?> maybe when maybe.isEmpty() -> text.append("null");
      case Optional<?> maybe -> append(text, maybe.get());
      case Problem problem -> append(text, fields(problem));
      case Number number -> text.append(number);
      case Boolean truth -> text.append(truth);
      case Object other -> Values.quoted(text, other.toString());
    }
  }
}
