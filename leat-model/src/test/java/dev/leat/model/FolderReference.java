package dev.leat.model;

import java.util.List;

/** Writes {@link FolderKeys} as the reference page docs/reference/folder.md. */
final class FolderReference {
  private static final String CONTRACT_CHANGES =
      """

      ## When a contract changes

      The next `run` or `up` carries the rows that were taken over to the columns of now, in one epoch with the tables that read them. Rows are
      converted where they are and not read again: an event that came first for its key, or a row that left the quarantine, stays what it is.

      | change | rows that were taken |
      | --- | --- |
      | a column is added | have no value there. A jdbc table is compared whole at the next extract, an incremental one too, and gets the database's values |
      | a column is taken out | lose it. Added again it has no value in them |
      | columns change places | stay |
      | another type | are converted, if every value has exactly one form under both: `integer` to `bigint`, `decimal(8,2)` to `decimal(12,2)`, `date` to `timestamp`, anything but `varbinary` to `varchar`; also back, where all values fit. Else the change is refused ([LEAT-3002](../errors.md)) and nothing is touched |
      | `not null` is added | must have a value there when all that is new has been read; else the change is refused |
      | `not null` is taken away | stay; rows in quarantine can be replayed |
      | another `topic`, another cluster (none of its addresses stays: `bootstrap`, or the profile's `log`), or another kind: a stream, files, a database | the change is refused: how far one was read says nothing of the other. Give the table another name |
      | another `incremental` column, or an incremental table's `table` or database | stay; all rows that are there are read once more, each in the place of the one of its key |
      | another `key` of a stream | stay; from now on an event counts if no row has its key |

      Extracts that are staged and not yet published are converted in the same way. To have rows read again from the source under the new contract,
      give the table another name, and the old one as its `table`, `topic` or `path`. A source that takes the name of a table in `tables/` starts empty.
      """;

  private final StringBuilder page = new StringBuilder();

  static String page() {
    var reference = new FolderReference();
    reference.page.append(
        """
        # The project folder: every key

        Generated from the keys the reader checks; do not edit. An example of each kind of file stands in `examples/wheels`.
        Values may hold `${NAME}`: it is taken from the environment, or from the file of `NAME=value` lines that the
        variable `LEAT_SECRETS_FILE` names; one without a value is an error that names it, and no value is ever printed.
        Editors complete and check these files with the schemas in `docs/schemas`. A command reads the folder when it starts:
        what is changed while `up` runs, a dashboard too, counts when it is started again.

        | duration | `500ms` `10s` `5m` `1h` `7d` `2w` |
        | --- | --- |
        | type | `boolean` `integer` `bigint` `double` `decimal(p,s)` (p ≤ 18) `varchar` `varbinary` `date` `timestamp` (microseconds, no zone), each with `not null` after it where a value must be there |
        """);
    reference.section("leat.yaml", FolderKeys.PROJECT);
    reference.section("A profile of leat.yaml", FolderKeys.PROFILE);
    reference.sources();
    reference.section("sources/NAME.schema.yaml", FolderKeys.INFERRED);
    reference.page.append(CONTRACT_CHANGES);
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
          Shape.EmptyOrText _,
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
      case Shape.Text _,
          Shape.EmptyOrText _,
          Shape.Form _,
          Shape.Truth _,
          Shape.Whole _,
          Shape.ColumnType _ ->
          shape.expected();
    };
  }
}
