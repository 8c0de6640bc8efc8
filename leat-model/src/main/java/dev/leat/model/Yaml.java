package dev.leat.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A YAML document as a tree in which every node knows its place. */
sealed interface Yaml {

  Location at();

  /** What a person would call this node: {@code a list}, {@code text "x"}. */
  String describe();

  /**
   * One value.
   *
   * @param written as it stands in the file, empty when nothing does; the only form that may be
   *     printed
   * @param text with each {@code ${NAME}} replaced
   * @param missing the variables that have no value
   */
  record Scalar(Location at, String written, String text, List<String> missing) implements Yaml {
    @Override
    public String describe() {
      return written.isEmpty() ? "nothing" : "`" + written + "`";
    }
  }

  /** A list. */
  record Items(Location at, List<Yaml> items) implements Yaml {
    @Override
    public String describe() {
      return "a list";
    }
  }

  /** Keys and values in the file's order; each key once. */
  record Mapping(Location at, List<Entry> entries) implements Yaml {
    @Override
    public String describe() {
      return "a mapping";
    }

    Optional<Entry> entry(String key) {
      return entries.stream().filter(e -> e.key().equals(key)).findFirst();
    }

    Optional<Yaml> value(String key) {
      return entry(key).map(Entry::value);
    }

    /** Where a key stands, or the mapping itself when it is not there. */
    Location place(String key) {
      return entry(key).map(Entry::at).orElse(at);
    }

    /** Where each key's value stands. */
    Map<String, Location> places() {
      return entries.stream()
          .collect(Collectors.toMap(Entry::key, entry -> entry.value().at(), (first, _) -> first));
    }
  }

  /**
   * One key of a mapping.
   *
   * @param at the place of the key
   */
  record Entry(Location at, String key, Yaml value) {}
}
