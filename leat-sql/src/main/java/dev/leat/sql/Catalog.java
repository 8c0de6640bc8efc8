package dev.leat.sql;

import dev.leat.model.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The relations SQL may name: source tables and tables. Names match without regard to case and keep
 * the spelling they were declared with. Immutable.
 */
public final class Catalog {
  private final Map<String, Relation> relations;

  /** A relation's declared name and columns. */
  public record Relation(String name, Schema schema) {}

  private Catalog(Map<String, Relation> relations) {
    this.relations = relations;
  }

  public static Catalog of(Map<String, Schema> schemas) {
    Map<String, Relation> relations = new TreeMap<>();
    schemas.forEach((name, schema) -> relations.put(folded(name), new Relation(name, schema)));
    return new Catalog(relations);
  }

  /** This catalog and one more relation. */
  public Catalog with(String name, Schema schema) {
    Map<String, Relation> more = new TreeMap<>(relations);
    more.put(folded(name), new Relation(name, schema));
    return new Catalog(more);
  }

  public Optional<Relation> relation(String name) {
    return Optional.ofNullable(relations.get(folded(name)));
  }

  public List<Relation> relations() {
    return new ArrayList<>(relations.values());
  }

  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
