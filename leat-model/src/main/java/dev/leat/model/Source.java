package dev.leat.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where data comes from: one file under sources/. */
public sealed interface Source {

  /** The file's name without its suffix. */
  String name();

  Location at();

  List<SourceTable> tables();

  /** Tables of a database, extracted on a schedule. */
  record Jdbc(
      String name,
      Location at,
      String url,
      Optional<String> user,
      Optional<Secret> password,
      List<SourceTable> tables)
      implements Source {
    public Jdbc {
      tables = List.copyOf(tables);
    }
  }

  /**
   * Files that appear in a folder, each taken once.
   *
   * @param path a glob: relative to the project folder, or absolute; a table's own glob, in {@code
   *     remote}, goes before it
   */
  record Files(String name, Location at, String path, List<SourceTable> tables) implements Source {
    public Files {
      tables = List.copyOf(tables);
    }
  }

  /** Events that are posted to {@code /v1/events/TABLE}. */
  record Http(String name, Location at, List<SourceTable> tables) implements Source {
    public Http {
      tables = List.copyOf(tables);
    }
  }

  /**
   * Topics of a Kafka cluster.
   *
   * @param bootstrap empty: the project's own broker
   */
  record Kafka(String name, Location at, Optional<String> bootstrap, List<SourceTable> tables)
      implements Source {
    public Kafka {
      tables = List.copyOf(tables);
    }
  }

  /** What {@code kind} says in its file. */
  default String kind() {
    return switch (this) {
      case Jdbc _ -> "jdbc";
      case Files _ -> "files";
      case Http _ -> "http";
      case Kafka _ -> "kafka";
    };
  }

  /** Whether its tables arrive as a stream through the log, rather than as extracts. */
  default boolean streams() {
    return switch (this) {
      case Http _, Kafka _ -> true;
      case Jdbc _, Files _ -> false;
    };
  }

  /** How often a batch source is looked at when it does not say. */
  Duration DEFAULT_EVERY = Duration.ofMinutes(10);
}
