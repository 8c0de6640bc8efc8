package dev.leat.model;

import java.util.List;

/** Writes {@link FolderKeys} as the reference page docs/reference/folder.md. */
final class FolderReference {
  private final StringBuilder page = new StringBuilder();

  static String page() {
    var reference = new FolderReference();
    reference.page.append(
        """
        # The project folder: every key

        Generated from the keys the reader checks; do not edit. An example of each kind of file stands in `examples/wheels`.
        Values may hold `${NAME}`: it is taken from the environment, or from the file of `NAME=value` lines that the
        variable `LEAT_SECRETS_FILE` names; one without a value is an error that names it, and no value is ever printed.
        Editors complete and check these files with the schemas in `docs/schemas`.

        | duration | `500ms` `10s` `5m` `1h` `7d` `2w` |
        | --- | --- |
        | type | `boolean` `integer` `bigint` `double` `decimal(p,s)` (p ≤ 18) `varchar` `varbinary` `date` `timestamp` (microseconds, no zone), each with `not null` after it where a value must be there |
        """);
    reference.section("leat.yaml", FolderKeys.PROJECT);
    reference.section("A profile of leat.yaml", FolderKeys.PROFILE);
    reference.sources();
    reference.section("sources/NAME.schema.yaml", FolderKeys.INFERRED);
    reference.section("tables/**/NAME.sql: the header `/* leat … */`", FolderKeys.TABLE_HEADER);
    reference.section("metrics/NAME.yaml", FolderKeys.METRICS);
    reference.section("dashboards/NAME.yaml", FolderKeys.DASHBOARD);
    return reference.page.toString();
  }

  private void sources() {
    for (Shape.Variant variant : FolderKeys.SOURCE.variants()) {
      String later = variant.support() == Shape.Support.LATER ? " (not built yet)" : "";
      section("sources/NAME.yaml, kind: " + variant.kind() + later, variant.fields("a source"));
    }
  }

  private void section(String title, Shape.Fields fields) {
    page.append("\n## ")
        .append(title)
        .append("\n\n| key | takes | meaning |\n| --- | --- | --- |\n");
    rows("", fields.keys());
  }

  private void rows(String prefix, List<Shape.Key> keys) {
    for (Shape.Key key : keys) {
      String name = prefix + key.name();
      String need = key.need() == Shape.Need.REQUIRED ? " (required)" : "";
      page.append(
          "| `%s`%s | %s | %s |\n".formatted(name, need, takes(key.shape()), key.meaning()));
      inner(name, key.shape());
    }
  }

  private void inner(String name, Shape shape) {
    switch (shape) {
      case Shape.Fields fields when fields != FolderKeys.PROFILE -> rows(name + ".", fields.keys());
      case Shape.Named(Shape value) -> inner(name + ".NAME", value);
      case Shape.ListOf(Shape item) -> inner(name + "[]", item);
      case Shape.Kinds kinds ->
          kinds.variants().forEach(v -> rows(name + "(" + v.kind() + ").", v.keys()));
      case Shape.Fields _,
          Shape.Text _,
          Shape.Form _,
          Shape.Truth _,
          Shape.Whole _,
          Shape.ColumnType _,
          Shape.OneOf _ -> {}
    }
  }

  private static String kind(Shape.Variant variant) {
    return variant.support() == Shape.Support.LATER
        ? variant.kind() + " (not built yet)"
        : variant.kind();
  }

  private static String takes(Shape shape) {
    return switch (shape) {
      case Shape.Fields _ -> "keys, below";
      case Shape.Named(Shape value) -> "names, each with " + takes(value);
      case Shape.ListOf(Shape item) -> "a list: " + takes(item);
      case Shape.Kinds kinds ->
          "`kind`: "
              + String.join(", ", kinds.variants().stream().map(FolderReference::kind).toList());
      case Shape.OneOf oneOf -> "`" + String.join("`, `", oneOf.words()) + "`";
      case Shape.Text _, Shape.Form _, Shape.Truth _, Shape.Whole _, Shape.ColumnType _ ->
          shape.expected();
    };
  }
}
