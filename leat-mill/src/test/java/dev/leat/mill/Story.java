package dev.leat.mill;

import dev.leat.data.Batch;
import dev.leat.data.BatchBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows that every story begins with, and the one change to them: in all sources at once. */
final class Story {
  private static final long DAY = 20_000;
  private static final long MIDNIGHT = DAY * 86_400_000_000L;
  private static final long MINUTE = 60_000_000L;
  private static final Object NONE = BatchBuilder.NULL;

  final Sources sources = new Sources(new SplittableRandom(0));

  /** The rows it begins with, as a step. */
  final Map<String, Batch> begun;

  Story() {
    begun =
        step(
            Map.of(
                "orders",
                List.of(
                    order(1, 1L, "tea", 2L, 350, 0, 0.5),
                    order(2, 1L, "tea", 4L, 350, 5, 0.75),
                    order(3, 2L, "cup", 1L, 1200, 9, NONE),
                    order(4, 2L, NONE, NONE, 90, 12, 0.25),
                    order(5, NONE, "cup", 3L, 1150, 70, 1.5)),
                "customers",
                List.of(row(1L, "Ada", "UK", 10_000L), row(2L, "Bo", "SE", NONE)),
                "events",
                List.of(
                    row("a", "click", MIDNIGHT, 3L, "{\"page\": \"/\"}"),
                    row("a", "order", MIDNIGHT + 2 * MINUTE, 5L, NONE),
                    row("b", "click", MIDNIGHT + 3 * MINUTE, NONE, "{\"page\": \"/cup\"}"))),
            Map.of());
  }

  /** One order is corrected, one comes, one goes; a customer moves; an event comes late. */
  Map<String, Batch> change() {
    return step(
        Map.of(
            "orders",
            List.of(order(2, 1L, "tea", 5L, 350, 5, 0.75), order(6, 2L, "cup", 3L, 1150, 20, 2.0)),
            "customers",
            List.of(row(2L, "Bo", "NO", NONE)),
            "events",
            List.of(row("a", "click", MIDNIGHT + MINUTE, 8L, NONE))),
        Map.of(
            "orders",
            List.of(
                order(2, 1L, "tea", 4L, 350, 5, 0.75), order(5, NONE, "cup", 3L, 1150, 70, 1.5)),
            "customers",
            List.of(row(2L, "Bo", "SE", NONE))));
  }

  private static List<Optional<Object>> order(
      long id,
      Object customer,
      Object product,
      Object quantity,
      long cents,
      long minute,
      Object weight) {
    return row(
        id,
        customer,
        product,
        quantity,
        cents,
        MIDNIGHT + minute * MINUTE,
        DAY + minute / 60,
        weight,
        id % 2);
  }

  private static List<Optional<Object>> row(Object... values) {
    return Arrays.stream(values)
        .map(value -> value == NONE ? Optional.empty() : Optional.of(value))
        .toList();
  }

  private Map<String, Batch> step(
      Map<String, List<List<Optional<Object>>>> come,
      Map<String, List<List<Optional<Object>>>> go) {
    Map<String, Batch> changes = new LinkedHashMap<>();
    for (String source : Sources.SCHEMAS.keySet()) {
      BatchBuilder builder = new BatchBuilder(Sources.schema(source));
      go.getOrDefault(source, List.of()).forEach(row -> Bag.append(builder, row, -1));
      come.getOrDefault(source, List.of()).forEach(row -> Bag.append(builder, row, 1));
      Batch batch = builder.build();
      Objects.requireNonNull(sources.content.get(source)).add(batch);
      changes.put(source, batch);
    }
    return changes;
  }

  /** What is no longer there, and what is new. */
  static String difference(List<String> before, List<String> after) {
    List<String> gone = new ArrayList<>(before);
    List<String> come = new ArrayList<>(after);
    after.forEach(gone::remove);
    before.forEach(come::remove);
    return Stream.concat(gone.stream().map(row -> "- " + row), come.stream().map(row -> "+ " + row))
        .collect(Collectors.joining("\n"));
  }
}
