package dev.leat.mill;

import dev.leat.log.Entry;
import dev.leat.log.Log;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Orders as a stream with a key: some are sent again, and count once. */
final class RandomOrders implements RandomSource {
  private static final String MORE = "more: varchar";

  private final Dice dice;
  private final String topic;
  private final Set<Long> ids = new HashSet<>();
  private String before = "";
  private String after = "";

  RandomOrders(Dice dice, long seed) {
    this.dice = dice;
    this.topic = "orders-" + seed;
  }

  @Override
  public String yaml() {
    return """
    kind: http
    tables:
      orders:
        topic: %s
        columns: {%sid: bigint not null, customer: integer, product: varchar, quantity: integer, price: "decimal(10,2)", at: timestamp, day: date, weight: double, paid: boolean%s}
        key: [id]
    """
        .formatted(topic, before, after);
  }

  @Override
  public void changeContract() {
    before = dice.onceIn(3) ? MORE + ", " : "";
    after = before.isEmpty() && dice.coin() ? ", " + MORE : "";
  }

  @Override
  public void happen(Log log) {
    List<Entry> entries = new ArrayList<>();
    for (int i = dice.onceIn(8) ? 300 : dice.below(30); i > 0; i--) {
      long id = dice.below(200);
      ids.add(id);
      entries.add(
          entry(
              """
              {"id": %d, "customer": %s, "product": %s, "quantity": %s, "price": %s, "at": %s, "day": %s, "weight": %s, "paid": %s, "more": %s}\
              """
                  .formatted(
                      id,
                      dice.maybe(dice.below(6) + ""),
                      dice.maybe("\"p" + dice.below(5) + "\""),
                      dice.maybe(dice.between(-2, 11) + ""),
                      dice.maybe(dice.price()),
                      dice.maybe("\"" + dice.time() + "\""),
                      dice.maybe("\"" + dice.day() + "\""),
                      dice.maybe(dice.between(-3, 8) * 0.1 + ""),
                      dice.maybe(dice.coin() + ""),
                      dice.maybe("\"m\""))));
    }
    append(log, topic, entries);
  }

  static void append(Log log, String topic, List<Entry> entries) {
    if (!entries.isEmpty()) {
      log.append(topic, entries).join();
    }
  }

  static Entry entry(String json) {
    return Entry.of(json.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void settle() {}

  @Override
  public Map<String, Long> rows() {
    return Map.of("orders", (long) ids.size());
  }

  @Override
  public long broken() {
    return 0;
  }

  @Override
  public void close() {}
}
