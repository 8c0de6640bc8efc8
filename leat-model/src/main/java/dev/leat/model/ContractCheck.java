package dev.leat.model;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Checks what a source's table says about its own columns. */
record ContractCheck(Problems problems) {

  void check(SourceTable table, Values values, String kind) {
    columnsOnce(values);
    columnsThere(values, kind);
    List<String> columns = names(table, values);
    if (!columns.isEmpty()) {
      references(values, columns);
    }
    time(table, values);
    if (table.incremental().isPresent() && table.key().isEmpty()) {
      problems.add(
          values.mapping().place("incremental"),
          ErrorCode.MISSING_KEY,
          "An incremental extract needs `key`, to know which rows are new versions of old ones.",
          "Add `key: [column]`.");
    }
    boolean avro = values.text("format").equals(Optional.of("avro"));
    if (kind.equals("kafka") && avro && values.text("schema").isEmpty()) {
      problems.add(
          values.mapping().place("format"),
          ErrorCode.MISSING_KEY,
          "Avro records need `schema`.",
          "Add `schema: FILE.avsc`, relative to the project folder.");
    }
  }

  private void columnsOnce(Values values) {
    var seen = new HashSet<String>();
    values
        .values("columns")
        .ifPresent(columns ->
            columns.mapping().entries().stream()
                .filter(e -> !seen.add(e.key().toLowerCase(Locale.ROOT)))
                .forEach(e ->
                    problems.add(
                        e.at(),
                        ErrorCode.DUPLICATE_NAME,
                        "The column `" + e.key() + "` stands here twice.",
                        "Names match without regard to case; rename one.")));
  }

  private void columnsThere(Values values, String kind) {
    values
        .values("columns")
        .filter(columns -> columns.mapping().entries().isEmpty())
        .ifPresent(columns ->
            problems.add(
                columns.mapping().at(),
                ErrorCode.WRONG_VALUE,
                "`columns` names none.",
                List.of("jdbc", "files").contains(kind)
                    ? "Name at least one, or leave `columns` out: they are inferred then."
                    : "Name at least one."));
  }

  /** A column whose type cannot be read has a name all the same. */
  private static List<String> names(SourceTable table, Values values) {
    return values
        .values("columns")
        .map(columns -> columns.mapping().entries().stream().map(Yaml.Entry::key).toList())
        .or(() -> table.columns().map(s -> s.columns().stream().map(Column::name).toList()))
        .orElse(List.of());
  }

  private void references(Values values, List<String> columns) {
    values.scalars("key").forEach(k -> column(k.at(), k.text(), columns));
    column(values, "time", columns);
    column(values, "subject", columns);
    column(values, "incremental", columns);
    values
        .values("classes")
        .ifPresent(c -> c.mapping().entries().forEach(e -> column(e.at(), e.key(), columns)));
  }

  private void time(SourceTable table, Values values) {
    table
        .columns()
        .flatMap(schema ->
            table
                .time()
                .map(schema::indexOf)
                .filter(OptionalInt::isPresent)
                .map(i -> schema.column(i.getAsInt())))
        .filter(c -> !List.of(Type.TIMESTAMP, Type.DATE).contains(c.type()))
        .ifPresent(c -> notTime(values, c));
  }

  private void notTime(Values values, Column column) {
    problems.add(
        values.mapping().value("time").map(Yaml::at).orElse(values.mapping().at()),
        ErrorCode.WRONG_VALUE,
        "`time`: the column `" + column.name() + "` is " + column.type().sql() + ".",
        "Name a column of type timestamp or date.");
  }

  private void column(Values values, String key, List<String> columns) {
    values
        .mapping()
        .value(key)
        .ifPresent(v -> values.text(key).ifPresent(name -> column(v.at(), name, columns)));
  }

  private void column(Location at, String name, List<String> columns) {
    if (columns.stream().noneMatch(name::equalsIgnoreCase)) {
      problems.unknown(at, "The column", name, columns);
    }
  }
}
