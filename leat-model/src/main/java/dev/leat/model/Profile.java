package dev.leat.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a project runs: the one place that chooses log, engine, lake and fleet.
 *
 * @param durability of the embedded log and of the lake; a cluster's is its own
 */
public record Profile(
    String name,
    LogChoice log,
    EngineChoice engine,
    LakeChoice lake,
    FleetChoice fleet,
    Durability durability) {

  /** The log a project's streams go through. */
  public sealed interface LogChoice {
    /** A broker in this process, its data under the state folder. */
    record Embedded() implements LogChoice {}

    record Kafka(String bootstrap) implements LogChoice {}
  }

  /**
   * The engine that answers batch work and keeps tables live.
   *
   * @param memory for example {@code 2GB}
   */
  public record EngineChoice(Optional<String> memory) {}

  /** The lake tables are published to. */
  public sealed interface LakeChoice {
    record Local(Path path) implements LakeChoice {}
  }

  /** The servers that answer. */
  public record FleetChoice(int min, int max, List<String> zones) {
    public FleetChoice {
      zones = List.copyOf(zones);
    }
  }
}
