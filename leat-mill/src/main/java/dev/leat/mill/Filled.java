package dev.leat.mill;

import dev.leat.lake.Epoch;
import dev.leat.model.LeatException;
import dev.leat.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a fill did.
 *
 * @param failures why topics of other clusters could not be read to their end, or tables could not
 *     be filled: the mill goes on from where they stand
 * @param stopped the latter, by table
 */
public record Filled(
    Recovery.Fill fill,
    Optional<Epoch> epoch,
    long rows,
    List<LeatException> failures,
    Map<String, Problem> stopped) {

  public Filled {
    failures = List.copyOf(failures);
    stopped = Map.copyOf(stopped);
  }

  static Filled nothing(List<LeatException> failures, Map<String, Problem> stopped) {
    return new Filled(Recovery.Fill.NONE, Optional.empty(), 0, failures, stopped);
  }
}
