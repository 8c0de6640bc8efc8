package dev.leat.model;

/**
 * A column of a relation.
 *
 * @param name as people spell it; names match without regard to case
 * @param nullable whether a value may be missing
 */
public record Column(String name, Type type, boolean nullable) {

  public static Column required(String name, Type type) {
    return new Column(name, type, false);
  }

  public static Column optional(String name, Type type) {
    return new Column(name, type, true);
  }
}
