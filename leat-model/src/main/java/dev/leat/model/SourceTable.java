package dev.leat.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One table of a source, and its contract.
 *
 * @param name what SQL calls it
 * @param remote the table or topic as the source calls it, when it differs; of files always the
 *     glob
 * @param columns the contract; empty until it is inferred
 * @param key the columns that tell one row from another; may be empty
 * @param time the event-time column
 * @param subject the column that says whose data a row is
 * @param every how often to look, for batch sources
 * @param incremental the column that only grows, for incremental extracts
 * @param retain how long the log keeps events, for streams
 */
public record SourceTable(
    String name,
    Location at,
    Optional<String> remote,
    Optional<Schema> columns,
    List<String> key,
    Optional<String> time,
    Optional<String> subject,
    Map<String, DataClass> classes,
    Optional<Duration> every,
    Optional<String> incremental,
    Optional<Duration> retain,
    Encoding encoding) {

  public SourceTable {
    key = List.copyOf(key);
    classes = Map.copyOf(classes);
  }

  /** This table under another name at its source. */
  SourceTable withRemote(Optional<String> other) {
    return new SourceTable(
        name,
        at,
        other,
        columns,
        key,
        time,
        subject,
        classes,
        every,
        incremental,
        retain,
        encoding);
  }

  /** How a record of a topic is written. */
  public sealed interface Encoding {
    record Json() implements Encoding {}

    /**
     * Avro, with its schema in the folder.
     *
     * @param schemaJson the text of the {@code .avsc} file
     */
    record Avro(String schemaJson) implements Encoding {}
  }

  /** What kind of data a column holds. */
  public enum DataClass {
    PUBLIC,
    INTERNAL,
    PSEUDONYMOUS,
    PERSONAL,
    HEALTH,
    FINANCIAL
  }
}
