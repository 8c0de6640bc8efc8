package dev.leat.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * What a function takes and gives, as its declaration says it: {@code LPAD(s VARCHAR, length
 * BIGINT, fill VARCHAR?) -> VARCHAR}.
 *
 * @param parameters the last may be optional ({@code ?}) or occur any number of times ({@code ...})
 * @param nulls when the result may be NULL
 */
public record Signature(String name, List<Parameter> parameters, Kind result, Nulls nulls) {

  public Signature {
    parameters = List.copyOf(parameters);
  }

  /** What an argument may be. */
  public enum Kind {
    BOOLEAN,
    INTEGER,
    BIGINT,
    DOUBLE,
    VARCHAR,
    DATE,
    TIMESTAMP,
    /** DATE or TIMESTAMP, as it comes. */
    DATETIME,
    /** Any numeric type, as it comes. */
    NUMBER,
    /** Any type; all such arguments are brought to one. */
    SAME,
    /** A constant: text, or a whole number. */
    CONSTANT
  }

  /** How many times a parameter occurs. */
  public enum Occurs {
    ONCE,
    OPTIONALLY,
    ANY_NUMBER
  }

  /** When the result may be NULL. */
  public enum Nulls {
    /** If an argument is. */
    FROM_ARGUMENTS,
    /** For other reasons too: written {@code -> VARCHAR?}. */
    POSSIBLE,
    /** Not at all: written {@code -> VARCHAR!}. */
    NEVER
  }

  public record Parameter(String name, Kind kind, Occurs occurs) {}

  public int minimum() {
    return (int) parameters.stream().filter(p -> p.occurs() == Occurs.ONCE).count();
  }

  /** -1: any number. */
  public int maximum() {
    boolean unbounded = parameters.stream().anyMatch(p -> p.occurs() == Occurs.ANY_NUMBER);
    return unbounded ? -1 : parameters.size();
  }

  /** What the argument at a position must be. */
  public Kind kind(int argument) {
    return parameters.get(Math.min(argument, parameters.size() - 1)).kind();
  }

  static Signature parse(String text) {
    int open = text.indexOf('(');
    int close = text.indexOf(')', open);
    List<Parameter> parameters = new ArrayList<>();
    for (String part : text.substring(open + 1, close).split(",")) {
      if (!part.isBlank()) {
        parameters.add(parameter(part.strip()));
      }
    }
    String result = text.substring(text.indexOf("->") + 2).strip();
    Nulls nulls =
        result.endsWith("?")
            ? Nulls.POSSIBLE
            : result.endsWith("!") ? Nulls.NEVER : Nulls.FROM_ARGUMENTS;
    Kind kind = Kind.valueOf(result.replaceAll("[?!]", ""));
    return new Signature(text.substring(0, open), parameters, kind, nulls);
  }

  private static Parameter parameter(String text) {
    String[] words = text.split(" ");
    Occurs occurs =
        words[1].endsWith("?")
            ? Occurs.OPTIONALLY
            : words[1].endsWith("...") ? Occurs.ANY_NUMBER : Occurs.ONCE;
    return new Parameter(words[0], Kind.valueOf(words[1].replaceAll("[?.]", "")), occurs);
  }
}
