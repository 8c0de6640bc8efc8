package dev.leat.model;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads values out of a mapping that {@link ShapeCheck} has looked at: what does not fit its key
 * has been told there, and is absent here.
 */
record Values(Yaml.Mapping mapping) {

  Optional<String> text(String key) {
    return mapping.value(key).flatMap(Values::text);
  }

  Optional<Duration> duration(String key) {
    return text(key).flatMap(Quantities::duration);
  }

  OptionalInt whole(String key) {
    return text(key)
        .filter(t -> t.matches("[0-9]{1,9}"))
        .map(t -> OptionalInt.of(Integer.parseInt(t)))
        .orElse(OptionalInt.empty());
  }

  Optional<Values> values(String key) {
    return mapping.value(key).flatMap(Values::values);
  }

  /** Each item of a list, or the one value there is, with its place. */
  List<Yaml.Scalar> scalars(String key) {
    return items(key).stream().flatMap(y -> scalar(y).stream()).toList();
  }

  List<String> texts(String key) {
    return scalars(key).stream().map(Yaml.Scalar::text).toList();
  }

  List<Values> list(String key) {
    return items(key).stream().flatMap(y -> values(y).stream()).toList();
  }

  /** Chosen names, each with its text, in the file's order. */
  Map<String, String> textByName(String key) {
    var texts = new LinkedHashMap<String, String>();
    values(key)
        .ifPresent(v ->
            v.mapping()
                .entries()
                .forEach(e -> text(e.value()).ifPresent(t -> texts.put(e.key(), t))));
    return texts;
  }

  /** The contract under {@code columns}; empty when there is none, or not all of it can be read. */
  Optional<Schema> columns() {
    return values("columns")
        .map(v -> v.mapping().entries())
        .flatMap(entries -> {
          List<Column> read = entries.stream().flatMap(e -> column(e).stream()).toList();
          return read.size() == entries.size() ? Optional.of(new Schema(read)) : Optional.empty();
        });
  }

  private static Optional<Column> column(Yaml.Entry entry) {
    return text(entry.value())
        .map(TypeParser::parse)
        .flatMap(result ->
            switch (result) {
              case TypeParser.Result.Found(Type type, boolean nullable) ->
                  Optional.of(new Column(entry.key(), type, nullable));
              case TypeParser.Result.Refused _ -> Optional.empty();
            });
  }

  private List<Yaml> items(String key) {
    return mapping.value(key).orElse(mapping) instanceof Yaml.Items(_, List<Yaml> items)
        ? items
        : mapping.value(key).stream().toList();
  }

  /** Text of a scalar; a variable without a value still counts as text, so that it is told once. */
  private static Optional<String> text(Yaml value) {
    return scalar(value).map(Yaml.Scalar::text);
  }

  private static Optional<Yaml.Scalar> scalar(Yaml value) {
    return value instanceof Yaml.Scalar s && !s.written().isEmpty()
        ? Optional.of(s)
        : Optional.empty();
  }

  private static Optional<Values> values(Yaml value) {
    return value instanceof Yaml.Mapping m ? Optional.of(new Values(m)) : Optional.empty();
  }
}
