package dev.leat.mill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A query of corpus.sql.
 *
 * @param recomputed whether no circuit is expected for it
 */
record CorpusQuery(String name, boolean recomputed, String sql) {
  private static final String NAME = "-- name: ";

  static List<CorpusQuery> all() {
    List<CorpusQuery> queries = new ArrayList<>();
    for (String part : text().split("(?m)^(?=" + NAME + ")")) {
      if (part.startsWith(NAME)) {
        int end = part.indexOf('\n');
        String sql = part.substring(end + 1);
        boolean recomputed = sql.startsWith("-- recomputed");
        queries.add(
            new CorpusQuery(part.substring(NAME.length(), end).strip(), recomputed, sql.strip()));
      }
    }
    return queries;
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
