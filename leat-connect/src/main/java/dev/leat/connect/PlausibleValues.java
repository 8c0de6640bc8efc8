package dev.leat.connect;

import dev.leat.model.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Values that look like what a column's name says. Within one event they fit each other: a session
 * keeps its country and its browser, a product its price.
 */
final class PlausibleValues {
  private static final int SESSIONS = 60;
  private static final double SESSION_ENDS = 0.04;

  private static final List<String> PAGES =
      List.of("/", "/products", "/product", "/search", "/cart", "/checkout", "/account", "/help");
  private static final List<String> COUNTRIES =
      List.of("USA", "Germany", "France", "UK", "Spain", "Japan", "Australia", "Italy", "Norway");
  private static final List<String> BROWSERS = List.of("Chrome", "Safari", "Firefox", "Edge");
  private static final List<String> REFERRERS =
      List.of("direct", "search", "newsletter", "social", "partner");
  private static final List<String> DEVICES = List.of("phone", "desktop", "tablet");
  private static final List<String> ACTIONS = List.of("view", "click", "add", "remove", "buy");
  private static final List<String> STATES = List.of("ok", "pending", "failed");
  private static final List<String> CURRENCIES = List.of("USD", "EUR", "GBP");
  private static final List<String> WORDS =
      List.of("amber", "birch", "cedar", "dune", "ember", "fern", "grove", "heath");

  private final Map<String, List<String>> candidates = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Random random;
  private final long seed;
  private final long[] sessions = new long[SESSIONS];
  private long started;
  private long made;
  private long session;
  private String product = "";

  PlausibleValues(Map<String, List<String>> candidates, Random random, long seed) {
    candidates.forEach((column, values) -> {
      if (!values.isEmpty()) {
        this.candidates.put(column, List.copyOf(values));
      }
    });
    this.random = random;
    this.seed = seed;
    for (int i = 0; i < SESSIONS; i++) {
      sessions[i] = ++started;
    }
  }

  /** Begins an event: chooses whose it is. */
  void nextEvent() {
    made++;
    product = "";
    int slot = random.nextInt(SESSIONS);
    if (random.nextDouble() < SESSION_ENDS) {
      sessions[slot] = ++started;
    }
    session = sessions[slot];
  }

  /** Text that no other event of this seed has. */
  String unique() {
    return "%08x-%012x".formatted(mix(seed) >>> 32, mix(seed ^ mix(made)) >>> 16)
        + "-"
        + Long.toString(made, 36);
  }

  long uniqueNumber() {
    return made;
  }

  String text(String name) {
    List<String> given = candidates.get(name);
    if (given != null) {
      String chosen = skewed(given);
      product = name.contains("product") || name.contains("item") ? chosen : product;
      return chosen;
    }
    if (has(name, "session", "visit")) {
      return "s%010x".formatted(mix(seed ^ session) >>> 24);
    }
    if (has(name, "user", "customer", "member", "account")) {
      return "u" + (1000 + Math.floorMod(mix(session), 5000));
    }
    if (has(name, "url", "page", "path", "link")) {
      return has(name, "url") ? "https://shop.example" + skewed(PAGES) : skewed(PAGES);
    }
    if (has(name, "country", "nation")) {
      return ofSession(COUNTRIES, 1);
    }
    if (has(name, "browser", "agent")) {
      return ofSession(BROWSERS, 2);
    }
    if (has(name, "device", "platform", "channel")) {
      return ofSession(DEVICES, 3);
    }
    if (has(name, "refer", "campaign", "medium")) {
      return ofSession(REFERRERS, 4);
    }
    if (has(name, "currency")) {
      return ofSession(CURRENCIES, 5);
    }
    if (has(name, "action", "event", "type", "kind")) {
      return skewed(ACTIONS);
    }
    if (has(name, "status", "state")) {
      return skewed(STATES);
    }
    if (has(name, "product", "item", "sku", "code")) {
      product = "P" + (100 + skewed(400));
      return product;
    }
    return has(name, "id") ? Long.toString(1 + skewed(10_000)) : skewed(WORDS);
  }

  long integer(String name) {
    List<String> given = candidates.get(name);
    if (given != null) {
      return Long.parseLong(skewed(given));
    }
    if (has(name, "quantity", "qty", "count", "items")) {
      return 1 + skewed(8);
    }
    if (has(name, "user", "customer", "session")) {
      return 1000 + Math.floorMod(mix(session), 5000);
    }
    if (has(name, "status")) {
      return skewed(List.of(200L, 304L, 404L, 500L));
    }
    return has(name, "id", "number") ? 1 + skewed(10_000) : random.nextInt(100);
  }

  /** A number with at most the digits of a type. */
  String decimal(String name, Type.Decimal type) {
    List<String> given = candidates.get(name);
    if (given != null) {
      return skewed(given);
    }
    double value;
    if (has(name, "price", "amount", "total", "cost", "value")) {
      value =
          product.isEmpty()
              ? 5 + skewed(200)
              : 10 + Math.floorMod(product.hashCode(), 19_000) / 100.0;
    } else if (has(name, "temp")) {
      value = 20 + 4 * random.nextGaussian();
    } else if (has(name, "lat")) {
      value = random.nextDouble() * 120 - 60;
    } else if (has(name, "lon", "lng")) {
      value = random.nextDouble() * 360 - 180;
    } else {
      value = random.nextDouble() * 100;
    }
    double most = Math.pow(10, type.precision() - type.scale()) - 1;
    double fitting = Math.max(-most, Math.min(most, value));
    return BigDecimal.valueOf(fitting).setScale(type.scale(), RoundingMode.HALF_UP).toPlainString();
  }

  private static boolean has(String name, String... parts) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String part : parts) {
      if (lower.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private String ofSession(List<String> from, int salt) {
    long chosen = Math.floorMod(mix(session * 31 + salt), (long) from.size() * from.size());
    return from.get((int) (from.size() - 1 - (long) Math.sqrt(chosen)));
  }

  private <T> T skewed(List<T> from) {
    return from.get(skewed(from.size()));
  }

  /** A number under {@code n}, the small ones more often. */
  private int skewed(int n) {
    double uniform = random.nextDouble();
    return (int) (uniform * uniform * n);
  }

  private static long mix(long value) {
    long h = (value + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
    return h ^ (h >>> 31);
  }
}
