package dev.leat.bench;

import java.nio.charset.StandardCharsets;

/**
 * Deterministic events in the shape of Nexmark: of 50 events 1 is a person, 3 are auctions, 46 are
 * bids; half the bids go to a hot auction, three quarters come from a hot bidder. Event {@code n}
 * is a function of {@code n} alone.
 */
final class NexmarkGenerator {
  static final int CHANNELS = 10_000;
  static final int TEXTS = 4_096;
  private static final long BASE_MILLIS = 1_436_918_400_000L;
  private static final int EVENTS_PER_MILLI = 10;
  private static final int FIRST_ID = 1_000;
  static final String[] HOT = {"Google", "Facebook", "Baidu", "Apple"};

  /** What an event is. */
  enum Kind {
    PERSON,
    AUCTION,
    BID
  }

  final String[] channels = new String[CHANNELS];
  final String[] urls = new String[CHANNELS];
  final String[] texts = new String[TEXTS];
  private long state;

  Kind kind = Kind.BID;
  long millis;
  long id;
  long auction;
  long bidder;
  long price;
  long expiresMillis;
  int category;

  /** Index into {@link #urls}; below {@code HOT.length} the channel is a hot one. */
  int url;

  boolean hotChannel;
  int text;

  NexmarkGenerator() {
    state = 42;
    for (int i = 0; i < CHANNELS; i++) {
      channels[i] = "channel-" + i;
      urls[i] =
          "https://www.nexmark.com/%s/%s/%s/item.htm?query=1&channel_id=%d"
              .formatted(letters(5), letters(5), letters(5), i);
    }
    for (int i = 0; i < TEXTS; i++) {
      texts[i] = letters(32);
    }
  }

  String channel() {
    return hotChannel ? HOT[url] : channels[url];
  }

  void generate(long n) {
    state = n * 0x632BE59BD9B4E019L + 7;
    int offset = (int) (n % 50);
    millis = BASE_MILLIS + n / EVENTS_PER_MILLI;
    if (offset < 1) {
      kind = Kind.PERSON;
      id = FIRST_ID + lastPerson(n);
    } else if (offset < 4) {
      kind = Kind.AUCTION;
      id = FIRST_ID + lastAuction(n);
      expiresMillis = millis + 1 + below(2 * (100 * 50 / 3 / EVENTS_PER_MILLI));
      category = 10 + (int) below(5);
    } else {
      kind = Kind.BID;
      auction = FIRST_ID + (below(2) > 0 ? lastAuction(n) / 100 * 100 : someAuction(n));
      bidder = FIRST_ID + (below(4) > 0 ? lastPerson(n) / 100 * 100 + 1 : somePerson(n));
      price = Math.round(Math.pow(10, fraction() * 6) * 100);
      hotChannel = below(2) > 0;
      url = (int) below(hotChannel ? HOT.length : CHANNELS);
      text = (int) below(TEXTS);
    }
  }

  private static long lastAuction(long n) {
    long group = n / 50;
    long offset = n % 50;
    if (offset < 1) {
      return Math.max(0, (group - 1) * 3 + 2);
    }
    return Math.max(0, group * 3 + Math.min(2, offset - 1));
  }

  private static long lastPerson(long n) {
    return n / 50;
  }

  private long somePerson(long n) {
    long people = lastPerson(n) + 1;
    long active = Math.min(people, 1_000);
    return people - active + below(active + 10);
  }

  private long someAuction(long n) {
    long last = lastAuction(n);
    long first = Math.max(last - 100, 0);
    return first + below(last - first + 11);
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private long below(long bound) {
    return (next() >>> 1) % bound;
  }

  private double fraction() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  private String letters(int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + below(26));
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
