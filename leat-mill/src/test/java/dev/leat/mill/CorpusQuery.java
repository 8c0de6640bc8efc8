package dev.leat.mill;

import dev.leat.sql.CompiledTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A query of corpus.sql.
 *
 * @param recomputed whether no circuit is expected for it
 * @param asked how DuckDB is asked the same by its own words; empty where its answer is one of
 *     several
 */
record CorpusQuery(String name, boolean recomputed, Optional<String> asked, String sql) {
  private static final String NAME = "-- name: ";
  private static final String OTHERWISE = "-- DuckDB: ";
  private static final Pattern AT = Pattern.compile("(?<![\\w\"'.])at(?![\\w\"'])|(?<=\\.)at\\b");

  static List<CorpusQuery> all() {
    List<CorpusQuery> queries = new ArrayList<>();
    for (String part : text().split("(?m)^(?=" + NAME + ")")) {
      if (part.startsWith(NAME)) {
        queries.add(query(part.lines().toList()));
      }
    }
    return queries;
  }

  CompiledTable compiled() {
    return Sources.table(name, sql);
  }

  private static CorpusQuery query(List<String> lines) {
    String name = lines.getFirst().substring(NAME.length()).strip();
    List<String> said = lines.stream().filter(line -> line.startsWith("-- ")).toList();
    String sql =
        lines.stream().filter(line -> !line.startsWith("-- ")).collect(Collectors.joining("\n"));
    Optional<String> otherwise =
        said.stream()
            .filter(line -> line.startsWith(OTHERWISE))
            .map(line -> line.substring(OTHERWISE.length()))
            .findFirst();
    return new CorpusQuery(
        name,
        said.contains("-- recomputed"),
        said.contains("-- DuckDB by chance")
            ? Optional.empty()
            : otherwise.or(() -> Optional.of(AT.matcher(sql).replaceAll("\"at\""))),
        sql.strip());
  }

  private static String text() {
    try (InputStream in =
        Objects.requireNonNull(CorpusQuery.class.getResourceAsStream("corpus.sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
