package dev.leat.mill;

import dev.leat.data.Position;
import dev.leat.lake.EpochWriter;
import dev.leat.lake.Lake;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a power cut took from the end of the project's own log although the lake has it. New records
 * get the offsets of the lost ones, and would be passed over by who reads on from where reading
 * stood. So it goes back to where the log ends, before anything new is accepted.
 */
final class LogTail {
  private LogTail() {}

  /**
   * Publishes an epoch that differs in the positions alone, if a log ends before what has been read
   * of it. State snapshots go first: what lies between them and the epoch cannot be replayed.
   *
   * @param inputs that read the project's own log
   */
  static void makeUpFor(
      Lake lake, List<Input> inputs, Snapshots snapshots, Instant now, Progress progress) {
    Map<String, Position> moved = new HashMap<>();
    for (Input input : inputs) {
      Position end = input.intake().end();
      Position kept = input.position().notPast(end);
      if (!kept.equals(input.position())) {
        progress.say(
            "the log of "
                + input.name()
                + " has lost what it held from "
                + kept
                + " to "
                + input.position()
                + "; the lake has it, and reading goes on behind it");
        input.moveTo(kept);
        moved.put(input.name(), kept);
      }
    }
    if (!moved.isEmpty()) {
      snapshots.discard();
      try (EpochWriter writer = lake.begin()) {
        writer.commit(now, moved);
      }
    }
  }
}
