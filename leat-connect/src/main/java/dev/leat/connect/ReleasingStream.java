package dev.leat.connect;

import dev.leat.data.Position;
import dev.leat.model.Schema;
import dev.leat.model.SourceTable;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A stream, and the extracts of those of its records that came out of quarantine. In a position the
 * topic's partitions keep their numbers; partition p of the extracts is -1 - p.
 */
final class ReleasingStream implements Intake {
  private final Intake topic;
  private final ExtractIntake released;

  ReleasingStream(Intake topic, ExtractIntake released) {
    this.topic = topic;
    this.released = released;
  }

  @Override
  public SourceTable table() {
    return topic.table();
  }

  @Override
  public Schema schema() {
    return topic.schema();
  }

  @Override
  public Position end() {
    return withReleased(topic.end());
  }

  @Override
  public Position known(Position from) {
    return withReleased(topic.known(topic(from)));
  }

  @Override
  public Optional<String> identity() {
    return topic.identity();
  }

  private Position withReleased(Position end) {
    Position extracts = released.end();
    return extracts.offset(0) == 0 ? end : both(end, extracts);
  }

  @Override
  public boolean hasMore(Position from, Position until) {
    return topic.hasMore(topic(from), topic(until))
        || released.hasMore(extracts(from), extracts(until));
  }

  @Override
  public Slice read(Position from, Position until, int maxRows) {
    Position extracts = extracts(from);
    Slice slice = topic.read(topic(from), topic(until), maxRows);
    if (slice.oldest().isPresent() || !released.hasMore(extracts, extracts(until))) {
      return moved(slice, both(slice.next(), extracts));
    }
    Slice out = released.read(extracts, extracts(until), maxRows);
    return moved(out, both(slice.next(), out.next()));
  }

  /** Which of two records of one key comes first is only told by the topic, not beside it. */
  @Override
  public boolean keepsOrder(Position from, Position until) {
    return extracts(from).equals(extracts(until)) && topic.keepsOrder(topic(from), topic(until));
  }

  private static Slice moved(Slice slice, Position next) {
    return new Slice(slice.rows(), slice.rejected(), next, slice.oldest());
  }

  private static Position topic(Position position) {
    return new Position(position.offsets().tailMap(0));
  }

  private static Position extracts(Position position) {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    position.offsets().headMap(0).forEach((part, offset) -> offsets.put(-1 - part, offset));
    return new Position(offsets);
  }

  private static Position both(Position topic, Position extracts) {
    Map<Integer, Long> offsets = new TreeMap<>(topic.offsets());
    extracts.offsets().forEach((part, offset) -> offsets.put(-1 - part, offset));
    return new Position(new TreeMap<>(offsets));
  }

  @Override
  public void close() {
    topic.close();
    released.close();
  }
}
