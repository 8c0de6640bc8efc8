package dev.leat.model;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Compares a YAML tree with the {@link Shape} its file should have, and tells every difference. */
final class ShapeCheck {
  private final Problems problems;

  ShapeCheck(Problems problems) {
    this.problems = problems;
  }

  void check(String label, Yaml value, Shape shape) {
    if (value instanceof Yaml.Scalar scalar && !scalar.missing().isEmpty()) {
      return;
    }
    switch (shape) {
      case Shape.Text _ -> scalar(label, value, shape, text -> !text.isEmpty());
      case Shape.EmptyOrText _ -> emptyOrText(label, value, shape);
      case Shape.Form form ->
          scalar(label, value, shape, text -> text.strip().matches(form.regex()));
      case Shape.Truth _ -> scalar(label, value, shape, text -> text.matches("true|false"));
      case Shape.Whole whole -> scalar(label, value, shape, text -> within(text, whole));
      case Shape.OneOf oneOf -> oneOf(label, value, oneOf);
      case Shape.ColumnType _ -> columnType(label, value, shape);
      case Shape.ListOf(Shape item) -> list(label, value, shape, item);
      case Shape.Named(Shape inner) -> named(label, value, shape, inner);
      case Shape.Fields fields -> fields(label, value, fields);
      case Shape.Kinds kinds -> kinds(label, value, kinds);
    }
  }

  private static boolean within(String text, Shape.Whole whole) {
    return text.matches("[0-9]{1,9}")
        && Integer.parseInt(text) >= whole.min()
        && Integer.parseInt(text) <= whole.max();
  }

  private void scalar(String label, Yaml value, Shape shape, Predicate<String> fits) {
    if (!(value instanceof Yaml.Scalar scalar) || !fits.test(scalar.text())) {
      wrong(label, value, shape, "");
    }
  }

  /** Empty only where quotes or a variable say so: a key without a value has been forgotten. */
  private void emptyOrText(String label, Yaml value, Shape shape) {
    if (!(value instanceof Yaml.Scalar scalar) || scalar.written().isEmpty()) {
      wrong(label, value, shape, "");
    }
  }

  private void oneOf(String label, Yaml value, Shape.OneOf shape) {
    if (!(value instanceof Yaml.Scalar scalar)) {
      wrong(label, value, shape, "");
    } else if (!shape.words().contains(scalar.text())) {
      String fix = Nearest.to(scalar.text(), shape.words()).map(ShapeCheck::meant).orElse("");
      wrong(label, value, shape, fix);
    }
  }

  private void columnType(String label, Yaml value, Shape shape) {
    if (!(value instanceof Yaml.Scalar scalar) || scalar.text().isEmpty()) {
      wrong(label, value, shape, "");
    } else if (TypeParser.parse(scalar.text()) instanceof TypeParser.Result.Refused refused) {
      problems.add(
          value.at(), ErrorCode.WRONG_VALUE, label + ": " + refused.message(), refused.fix());
    }
  }

  private void list(String label, Yaml value, Shape shape, Shape item) {
    if (!(value instanceof Yaml.Items(_, List<Yaml> items))) {
      wrong(label, value, shape, "Write it in brackets: [a, b].");
      return;
    }
    items.forEach(i -> check(label, i, item));
  }

  private void named(String label, Yaml value, Shape shape, Shape inner) {
    if (!(value instanceof Yaml.Mapping mapping)) {
      wrong(label, value, shape, "Write `name: value` lines.");
      return;
    }
    mapping.entries().forEach(e -> check(quoted(e.key()), e.value(), inner));
  }

  private void fields(String label, Yaml value, Shape.Fields shape) {
    if (value instanceof Yaml.Mapping mapping) {
      fields(mapping, shape.what(), shape.keys(), List.of());
    } else if (!(value instanceof Yaml.Scalar scalar && scalar.written().isEmpty())) {
      wrong(label, value, shape, "Write `key: value` lines.");
    } else {
      fields(new Yaml.Mapping(value.at(), List.of()), shape.what(), shape.keys(), List.of());
    }
  }

  private void fields(
      Yaml.Mapping mapping, String what, List<Shape.Key> keys, List<String> alsoKnown) {
    List<String> known =
        Stream.concat(alsoKnown.stream(), keys.stream().map(Shape.Key::name)).toList();
    for (Yaml.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        problems.add(
            entry.at(),
            ErrorCode.UNKNOWN_KEY,
            "Key " + quoted(entry.key()) + " is not known in " + what + ".",
            Nearest.suggestion(entry.key(), known));
      }
    }
    for (Shape.Key key : keys) {
      mapping
          .value(key.name())
          .ifPresentOrElse(
              v -> check(quoted(key.name()), v, key.shape()),
              () -> requireAbsent(mapping, what, key));
    }
  }

  private void requireAbsent(Yaml.Mapping mapping, String what, Shape.Key key) {
    if (key.need() == Shape.Need.REQUIRED) {
      problems.add(
          mapping.at(),
          ErrorCode.MISSING_KEY,
          "Key " + quoted(key.name()) + " is missing in " + what + ": " + key.meaning() + ".",
          "Add " + quoted(key.name() + ": …") + ".");
    }
  }

  private void kinds(String label, Yaml value, Shape.Kinds shape) {
    if (!(value instanceof Yaml.Mapping mapping)) {
      wrong(label, value, shape, "Write `kind: " + shape.kinds().getFirst() + "`.");
      return;
    }
    if (mapping.value("kind").isEmpty()) {
      problems.add(
          mapping.at(),
          ErrorCode.MISSING_KEY,
          "Key `kind` is missing in " + shape.what() + ".",
          "Add `kind: …`: " + String.join(", ", shape.kinds()) + ".");
      return;
    }
    Yaml kind = mapping.value("kind").get();
    oneOf("`kind`", kind, new Shape.OneOf(shape.kinds()));
    for (Shape.Variant variant : shape.variants()) {
      if (kind instanceof Yaml.Scalar scalar && scalar.text().equals(variant.kind())) {
        fields(mapping, variant.fields(shape.what()).what(), variant.keys(), List.of("kind"));
      }
    }
  }

  private void wrong(String label, Yaml value, Shape shape, String fix) {
    problems.add(
        value.at(),
        ErrorCode.WRONG_VALUE,
        label + ": expected " + shape.expected() + ", found " + value.describe() + ".",
        fix);
  }

  private static String meant(String word) {
    return "Did you mean " + quoted(word) + "?";
  }

  private static String quoted(String name) {
    return "`" + name + "`";
  }
}
