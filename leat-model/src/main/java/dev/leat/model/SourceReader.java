package dev.leat.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one file under sources/. */
record SourceReader(Path folder, Problems problems) {

  Optional<Source> read(String name, Yaml.Mapping file, Optional<Values> inferred) {
    var values = new Values(file);
    String kind = values.text("kind").orElse("");
    List<SourceTable> tables = tables(values, kind, inferred);
    Location at = Location.start(file.at().file());
    return switch (kind) {
      case "jdbc" ->
          values
              .text("url")
              .map(url ->
                  new Source.Jdbc(name, at, url, values.text("user"), password(file), tables));
      case "files" -> Optional.of(files(name, at, values, tables));
      case "http" -> Optional.of(new Source.Http(name, at, tables));
      case "kafka" -> Optional.of(new Source.Kafka(name, at, values.text("bootstrap"), tables));
      case "postgres-cdc" -> {
        problems.add(
            file.place("kind"),
            ErrorCode.NOT_YET,
            "Change capture from Postgres is not built yet.",
            "Use `kind: jdbc` with `every` until it is.");
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /** An empty one, written or in a variable, is a password as well: some databases have it. */
  private static Optional<Secret> password(Yaml.Mapping file) {
    return file.value("password")
        .flatMap(v ->
            v instanceof Yaml.Scalar scalar
                ? Optional.of(new Secret(scalar.text()))
                : Optional.empty());
  }

  private Source files(String name, Location at, Values values, List<SourceTable> tables) {
    Optional<String> path = values.text("path");
    path.ifPresent(p -> remoteFiles(values.mapping().place("path"), p));
    var located = new ArrayList<SourceTable>();
    for (SourceTable table : tables) {
      if (table.remote().isEmpty() && path.isEmpty()) {
        problems.add(
            table.at(),
            ErrorCode.MISSING_KEY,
            "The table `" + table.name() + "` has no files.",
            "Add `path` here or to the source: a glob such as data/*.csv.");
      }
      table.remote().ifPresent(p -> remoteFiles(table.at(), p));
      located.add(table.remote().isPresent() ? table : table.withRemote(path));
    }
    String first = located.stream().flatMap(t -> t.remote().stream()).findFirst().orElse("");
    return new Source.Files(name, at, path.orElse(first), located);
  }

  private void remoteFiles(Location at, String path) {
    if (path.matches("[a-z0-9]{2,}://.*")) {
      problems.add(
          at,
          ErrorCode.NOT_YET,
          "Files of `" + path.substring(0, path.indexOf(':')) + "` are not read yet.",
          "Give a path of this machine until they are.");
    }
  }

  private List<SourceTable> tables(Values source, String kind, Optional<Values> inferred) {
    var tables = new ArrayList<SourceTable>();
    source
        .values("tables")
        .ifPresent(t ->
            t.mapping()
                .entries()
                .forEach(e -> {
                  Values values =
                      t.values(e.key()).orElse(new Values(new Yaml.Mapping(e.at(), List.of())));
                  Optional<Values> contract =
                      values.values("columns").isPresent()
                          ? Optional.of(values)
                          : inferred.flatMap(i -> i.values(e.key()));
                  tables.add(table(e, values, kind, contract.flatMap(Values::columns)));
                }));
    return tables;
  }

  private SourceTable table(
      Yaml.Entry entry, Values values, String kind, Optional<Schema> columns) {
    var table =
        new SourceTable(
            entry.key(),
            entry.at(),
            values.text("table").or(() -> values.text("path")).or(() -> values.text("topic")),
            columns,
            values.texts("key"),
            values.text("time"),
            values.text("subject"),
            classes(values),
            values.duration("every"),
            values.text("incremental"),
            values.duration("retain"),
            encoding(values));
    new ContractCheck(problems).check(table, values, kind);
    return table;
  }

  private static Map<String, SourceTable.DataClass> classes(Values values) {
    var classes = new LinkedHashMap<String, SourceTable.DataClass>();
    values
        .textByName("classes")
        .forEach((column, word) -> {
          for (var dataClass : SourceTable.DataClass.values()) {
            if (dataClass.name().toLowerCase(Locale.ROOT).equals(word)) {
              classes.put(column, dataClass);
            }
          }
        });
    return classes;
  }

  private SourceTable.Encoding encoding(Values values) {
    if (!values.text("format").equals(Optional.of("avro"))) {
      return new SourceTable.Encoding.Json();
    }
    return new SourceTable.Encoding.Avro(
        values.text("schema").map(file -> avroSchema(values, file)).orElse(""));
  }

  private String avroSchema(Values values, String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      problems.add(
          values.mapping().place("schema"),
          ErrorCode.UNKNOWN_NAME,
          "The file `" + file + "` cannot be read.",
          "Name an Avro schema file, relative to the project folder.");
      return "";
    }
  }
}
