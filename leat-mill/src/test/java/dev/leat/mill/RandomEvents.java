package dev.leat.mill;

import dev.leat.log.Entry;
import dev.leat.log.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events without a key, in a topic, some of them broken; those may be corrected later. */
final class RandomEvents implements RandomSource {
  private final Dice dice;
  private final String topic;
  private long events;
  private long broken;

  RandomEvents(Dice dice, long seed) {
    this.dice = dice;
    this.topic = "events-" + seed;
  }

  @Override
  public String yaml() {
    return """
    kind: kafka
    tables:
      events:
        topic: %s
        columns: {session: varchar, kind: varchar, at: timestamp not null, amount: bigint, json: varchar}
        time: at
    """
        .formatted(topic);
  }

  /** Queries join it with itself by all its columns, so it keeps those. */
  @Override
  public void changeContract() {}

  @Override
  public void happen(Log log) {
    List<Entry> entries = new ArrayList<>();
    for (int i = dice.onceIn(20) ? 300 : dice.below(40); i > 0; i--) {
      if (dice.onceIn(20)) {
        broken++;
        entries.add(RandomOrders.entry(dice.coin() ? "{\"at\": \"never\"}" : "no JSON"));
      } else {
        events++;
        entries.add(RandomOrders.entry(event()));
      }
    }
    RandomOrders.append(log, topic, entries);
  }

  private String event() {
    return """
    {"session": %s, "kind": %s, "at": "%s", "amount": %s, "json": %s}\
    """
        .formatted(
            dice.maybe("\"p" + dice.below(4) + "\""),
            dice.maybe(dice.coin() ? "\"click\"" : "\"order\""),
            Dice.START.plusSeconds(dice.below(600)),
            dice.maybe(dice.between(-20, 100) + ""),
            dice.maybe("\"{\\\"page\\\": \\\"/" + dice.below(3) + "\\\"}\""));
  }

  /** A good record for a broken one, which is good from now on. */
  String correction() {
    broken--;
    events++;
    return event();
  }

  /** A broken record has been dropped. */
  void dropped() {
    broken--;
  }

  @Override
  public void settle() {}

  @Override
  public Map<String, Long> rows() {
    return Map.of("events", events);
  }

  @Override
  public long broken() {
    return broken;
  }

  @Override
  public void close() {}
}
